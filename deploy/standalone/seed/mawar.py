"""The training's first scenario, carried to its adequacy loop (domain.md 7.1, "Ibu Mawar")."""

from typing import Any, Final

from deploy.standalone.seed.reports import KTP, KTP_SAFETY
from deploy.standalone.seed.story import Answers, Story
from shared.contracts.event import Publisher

_LAYANAN: Final = {
    "scope": "LAYANAN",
    "decision": "GIVEN",
    "basis": "consent",
    "giver": "CLIENT",
    "explained_limits": True,
    "rights_explained": True,
    "language": "id",
    "method": "TANDA_TANGAN",
}
_CLASSES: Final = ["identity", "contact", "narrative", "health", "alleged_perpetrator", "risk"]
_SCREENING: Final = {
    "is_ppa_mandate": True,
    "primary_class": "KTP",
    "authority": "KOTA",
    "risk_level": "TINGGI",
    "risk_basis": "Dicekik, diancam dibunuh, tidak ada tempat aman.",
    "decision": "LANJUT",
}
_COUNSELLING: Final = {
    "held_at": "2026-03-03T13:30:00+08:00",
    "mode": "TATAP_MUKA",
    "concerns": "Takut pulang; memikirkan anak.",
    "decision": "LANJUT",
    "reason": "Perlu terapi dan bantuan hukum.",
    "agrees": True,
}


def tell(story: Story) -> dict[str, str]:
    """Tell the scenario; returns the ids of its case and referrals by name."""
    story.at("2026-03-02 09:10")
    case = story.opens(KTP, KTP_SAFETY)
    at = f"/cases/{case['id']}"
    story.does("manajer", f"{at}/consents", _LAYANAN)
    story.does("manajer", f"{at}/next-stage")
    story.at("2026-03-02 09:40")
    story.does("manajer", f"{at}/screening", _SCREENING)
    done = {"case": str(case["id"])}
    done |= _emergency(story, case)
    _plan(story, case)
    return done | _therapy(story, case)


def judge(story: Story, case_id: str, referral_id: str) -> None:
    """On 27 March two of four sessions were given, and she says it is too little."""
    story.at("2026-03-27 10:00")
    judged = {
        "service": "PSI_TERAPI",
        "referral_id": referral_id,
        "manager_view": "CUKUP",
        "person_view": "KURANG",
        "cause": "PENYAMPAIAN",
    }
    record = {
        "contact_at": "2026-03-27T09:30:00+08:00",
        "contacted": "KLIEN",
        "mode": "TELEPON",
        "judgements": [judged],
        "risk_now": "SEDANG",
        "action": "ASESMEN_ULANG",
        "next_contact_at": "2026-04-09T10:00:00+08:00",
        "person_words": "Jadwalnya jauh dan tidak ada yang mengantar.",
    }
    story.judges({"id": case_id}, record)


def _emergency(story: Story, case: Answers) -> dict[str, str]:
    story.at("2026-03-02 10:00")
    exam = _item(story, case, "SEHAT", "MED_VER", "Luka diperiksa dan dicatat")
    doctor = _send(story, case, exam, "rs", "SEGERA", "Mohon visum dan pengobatan.", now=True)
    story.at("2026-03-02 10:05")
    law = _item(story, case, "HUKUM", "HKM_LP", "Laporan polisi dibuat")
    police = _send(story, case, law, "polres", "SEGERA", "Mohon laporan diterima.", now=True)
    story.at("2026-03-02 10:20")
    story.answers("kanit", police, "acceptance", {})
    story.at("2026-03-02 10:25")
    story.answers("dokter", doctor, "acceptance", {})
    story.at("2026-03-02 14:00")
    story.answers("dokter", doctor, "completion", {"result": "given", "note": "Visum dibuat."})
    story.at("2026-03-02 15:00")
    bed = _item(story, case, "AMAN", "RSO_SHELTER", "Aman bersama anak-anak")
    shelter = _send(story, case, bed, "rumah-aman", "SEGERA", "Satu ibu, dua anak.", now=True)
    story.answers("rumah-aman", shelter, "acceptance", {})
    return {"visum": doctor, "police": police, "shelter": shelter}


def _plan(story: Story, case: Answers) -> None:
    at = f"/cases/{case['id']}"
    story.at("2026-03-03 13:00")
    story.does("manajer", f"{at}/next-stage")
    _item(story, case, "PSIKO", "PSI_TERAPI", "Tidur nyenyak, tidak takut", sessions=4)
    story.does("manajer", f"{at}/plan/agreement")
    story.does("manajer", f"{at}/next-stage")
    story.does("manajer", f"{at}/counselling", _COUNSELLING)


def _therapy(story: Story, case: Answers) -> dict[str, str]:
    plan = story.line("manajer", Publisher.INTAKE).get(f"/api/intake/v1/cases/{case['id']}/plan")
    item = next(one for one in plan["items"] if one["service"] == "PSI_TERAPI")
    question = "Mohon terapi trauma empat kali; apakah dapat mulai minggu ini?"
    story.at("2026-03-04 09:00")
    first = _send(story, case, item, "psikolog-a", "24JAM", question)
    story.at("2026-03-05 13:00")
    story.answers("psikolog-a", first, "refusal", {"reason": "AT_CAPACITY"})
    story.at("2026-03-06 10:00")
    second = _send(story, case, item, "psikolog-b", "24JAM", question)
    story.answers("psikolog-b", second, "acceptance", {})
    story.at("2026-03-13 11:00")
    done = {"sessions_done": 1, "sessions_planned": 4, "note": "Sesi pertama."}
    story.answers("psikolog-b", second, "progress", done)
    story.at("2026-03-26 11:00")
    done = {"sessions_done": 2, "sessions_planned": 4, "note": "Sesi kedua."}
    story.answers("psikolog-b", second, "progress", done)
    return {"first": first, "second": second}


def _item(
    story: Story, case: Answers, domain: str, service: str, goal: str, *, sessions: int = 1
) -> dict[str, Any]:
    at = f"/cases/{case['id']}"
    need = {"domain": domain, "need": goal, "urgency": "1", "agrees": True, "source": "KLIEN"}
    kept = story.does("manajer", f"{at}/needs", need)
    wanted = {"need_id": kept["id"], "service": service, "mode": "RUJUKAN", "goal": goal}
    item = story.does(
        "manajer", f"{at}/plan/items", wanted | {"escort": "DENGAN", "planned_sessions": sessions}
    )
    return story.does("manajer", f"{at}/plan/items/{item['id']}/decision", {"decision": "SETUJU"})


def _send(  # noqa: PLR0913 - a referral is these six things
    story: Story,
    case: Answers,
    item: Answers,
    partner: str,
    urgency: str,
    question: str,
    *,
    now: bool = False,
) -> str:
    consent = _LAYANAN | {
        "scope": "RUJUKAN",
        "institution_id": str(story.cast.institutions[partner]),
        "service": item["service"],
        "field_classes": _CLASSES,
    }
    story.does("manajer", f"/cases/{case['id']}/consents", consent)
    wish = {
        "template": ["call_name", "sex", "age", "contact_way", "summary", "risk_level"],
        "urgency": urgency,
        "question": question,
        "content": {"summary": "Ringkasan latihan: perlu bantuan sesuai pertanyaan."},
        "emergency": now,
    }
    return story.refers(case, item, partner, wish)
