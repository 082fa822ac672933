"""Small lists that only the forms of intake know, and conditions that several forms share."""

from datetime import date
from typing import Final

from services.intake.domain.forms.field import Answers, Option, When

TELL: Final = (
    Option("YA", "Ya", "Yes"),
    Option("TIDAK", "Tidak", "No"),
    Option("TIDAK_TAHU", "Tidak tahu", "Not known"),
)
PURPOSES: Final = (
    Option("PENGADUAN", "Pengaduan", "A complaint"),
    Option("KONSULTASI", "Konsultasi", "Advice"),
    Option("INFORMASI", "Informasi", "Information"),
    Option("TAMU_DINAS", "Tamu dinas", "An official visit"),
)
NIK_STATUS: Final = (
    Option("ADA", "Ada", "Has one"),
    Option("TIDAK_PUNYA", "Tidak punya", "Has none"),
    Option("TIDAK_DIKETAHUI", "Tidak diketahui", "Not known"),
    Option("DITOLAK", "Tidak mau menyebutkan", "Would not say"),
)
AGE_GROUPS: Final = (
    Option("ANAK", "Di bawah 18 tahun", "Under 18"),
    Option("DEWASA", "18 tahun ke atas", "18 or older"),
)
LANGUAGES: Final = (
    Option("id", "Bahasa Indonesia", "Indonesian"),
    Option("bima", "Bahasa Bima (Nggahi Mbojo)", "Bimanese (Nggahi Mbojo)"),
    Option("other", "Bahasa lain", "Another language"),
)
ACCOMMODATIONS: Final = (
    Option("JURU_BAHASA_ISYARAT", "Juru bahasa isyarat", "Sign-language interpreter"),
    Option("PENDAMPING", "Pendamping", "A companion"),
    Option("AKSES_FISIK", "Akses fisik", "Physical access"),
    Option("BAHASA_BIMA", "Juru bahasa Bima", "Bimanese interpreter"),
    Option("BACAAN_MUDAH", "Bacaan mudah", "Easy reading"),
    Option("TIDAK_PERLU", "Tidak perlu", "Not needed"),
)
SAFE_MODES: Final = (
    Option("TELEPON", "Telepon", "Phone"),
    Option("PESAN", "Pesan tertulis", "Text message"),
    Option("MELALUI_ORANG_LAIN", "Melalui orang lain", "Through somebody else"),
    Option("KUNJUNGAN", "Kunjungan", "A visit"),
    Option("TIDAK_ADA", "Jangan dihubungi", "Do not contact"),
)
TIMES: Final = (
    Option("SEKALI", "Satu kali", "Once"),
    Option("RENTANG", "Dalam satu rentang waktu", "Over a span of time"),
    Option("BERULANG", "Berulang", "Repeatedly"),
    Option("TIDAK_TAHU", "Tidak tahu", "Not known"),
)
SPHERES: Final = (
    Option("DOMESTIK", "Di dalam rumah tangga", "In the household"),
    Option("PUBLIK", "Di ranah publik", "In public"),
)
SITUATIONS: Final = (
    Option("DAMAI", "Keadaan damai", "Peace"),
    Option("KONFLIK", "Keadaan konflik", "Conflict"),
    Option("BENCANA", "Keadaan bencana", "Disaster"),
)

TRAFFICKING_MEANS: Final = tuple(
    Option(code, id_, en)
    for code, id_, en in (
        ("CARA_BUJUK", "Bujuk rayu/janji kerja", "Deceptive offer"),
        ("CARA_JERAT_UTANG", "Penjeratan utang", "Debt bondage"),
        ("CARA_PAKSA", "Ancaman/kekerasan/penculikan", "Force, abduction"),
        ("CARA_PALSU", "Pemalsuan dokumen/identitas", "Forged documents"),
    )
)
TRAFFICKING_PURPOSES: Final = tuple(
    Option(code, id_, en)
    for code, id_, en in (
        ("TUJUAN_KERJA_PAKSA", "Kerja paksa", "Forced labour"),
        ("TUJUAN_SEKSUAL", "Eksploitasi seksual", "Sexual exploitation"),
        ("TUJUAN_ORGAN", "Transplantasi organ", "Organ removal"),
        ("TUJUAN_ADOPSI", "Adopsi ilegal", "Illegal adoption"),
        ("TUJUAN_LAIN", "Lainnya", "Other"),
    )
)


def age_on(person: Answers, day: date) -> int | None:
    """Return the age on a day, from the birth date or else from the estimate."""
    if person.get("birth_date"):
        born = date.fromisoformat(person["birth_date"])
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    estimate = person.get("age_estimate")
    return estimate if isinstance(estimate, int) else None


def day_of(whole: Answers) -> date | None:
    """Return the day that counts for ages: when it happened, or else when it was reported."""
    happened = (whole.get("incident") or {}).get("incident_from")
    reported = (whole.get("reporter") or {}).get("reported_at")
    stated = happened or reported
    try:
        return date.fromisoformat(str(stated)[:10]) if stated else None
    except ValueError:
        return None


def is_child(person: Answers, whole: Answers) -> bool:
    """Whether the person was under 18; unknown counts as what the officer ticked."""
    day = day_of(whole)
    age = age_on(person, day) if day and _readable(person) else person.get("age_estimate")
    if isinstance(age, int):
        return age < 18
    return person.get("age_group") == "ANAK"


def _readable(person: Answers) -> bool:
    try:
        date.fromisoformat(person.get("birth_date") or "2000-01-01")
    except (TypeError, ValueError):
        return False
    return True


CHILD: Final = When("untuk anak di bawah 18 tahun", "for a child under 18", is_child, here=False)
