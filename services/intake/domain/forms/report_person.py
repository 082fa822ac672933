"""F2, block B: whom the report is about; one filling for each (domain.md 2.1)."""

from typing import Final

from services.intake.domain.forms.field import (
    Answers,
    Block,
    Field,
    Kind,
    Needed,
    Question,
    Rule,
    Sensitivity,
    When,
)
from services.intake.domain.forms.lists import (
    ACCOMMODATIONS,
    AGE_GROUPS,
    CHILD,
    LANGUAGES,
    NIK_STATUS,
    SAFE_MODES,
    TELL,
)
from shared.contracts.protection import FieldClass

_I, _S, _X = Sensitivity.IDENTITY, Sensitivity.SPECIAL, Sensitivity.TEAM_ONLY
_IDENTITY, _HEALTH = FieldClass.IDENTITY, FieldClass.HEALTH
_CONTACT, _WHERE, _WANTED = FieldClass.CONTACT, FieldClass.WHEREABOUTS, Needed.WANTED


def _contactable(block: Answers, _whole: Answers) -> bool:
    return block.get("safe_contact_mode") not in (None, "", "TIDAK_ADA")


def _no_age(block: Answers, _whole: Answers) -> bool:
    return not any(
        block.get(name) not in (None, "") for name in ("birth_date", "age_estimate", "age_group")
    )


CONTACTABLE: Final = When("bila boleh dihubungi", "when she or he may be contacted", _contactable)

_WHO: Final = (
    Question(
        "who",
        "Siapa yang mengalami?",
        "Whom is it about?",
        (
            Field(
                "name",
                "Nama, atau “belum diketahui”",
                "Name, or “not known yet”",
                Kind.TEXT,
                _IDENTITY,
                _I,
                _WANTED,
            ),
            Field("alias", "Nama panggilan", "Call name", Kind.TEXT, _IDENTITY, _I),
            Field("sex", "Jenis kelamin", "Sex", Kind.CODE, needed=Needed.MUST, of="CL12"),
        ),
    ),
    Question(
        "age",
        "Berapa usianya?",
        "How old is she or he?",
        (
            Field("birth_date", "Tanggal lahir", "Birth date", Kind.DATE, _IDENTITY, _S),
            Field(
                "age_estimate",
                "Atau perkiraan usia (tahun)",
                "Or the estimated age (years)",
                Kind.NUMBER,
                _IDENTITY,
                _S,
                most=120,
            ),
            Field(
                "age_group",
                "Atau hanya ini yang diketahui",
                "Or all that is known",
                Kind.CODE,
                options=AGE_GROUPS,
            ),
        ),
    ),
    Question(
        "papers",
        "Apakah ada nomor induk kependudukan (NIK)?",
        "Is there a national identity number (NIK)?",
        (
            Field(
                "nik_status",
                "Nomor induk kependudukan",
                "National identity number",
                Kind.CODE,
                needed=_WANTED,
                options=NIK_STATUS,
            ),
            Field("nik", "NIK (16 angka)", "NIK (16 digits)", Kind.TEXT, _IDENTITY, _I, most=16),
            Field("birth_place", "Tempat lahir", "Birth place", Kind.TEXT, _IDENTITY, _I),
            Field("religion", "Agama", "Religion", Kind.TEXT, _HEALTH, _S, most=60),
        ),
    ),
)
_WHEREABOUTS: Final = (
    Question(
        "home",
        "Di mana tempat tinggalnya?",
        "Where does she or he live?",
        (
            Field(
                "kelurahan",
                "Kelurahan",
                "Kelurahan",
                Kind.CODE,
                _WHERE,
                _I,
                Needed.MUST,
                of="AREA",
            ),
            Field(
                "address_domicile",
                "Alamat tempat tinggal sekarang",
                "Present address",
                Kind.TEXT,
                _WHERE,
                _X,
                _WANTED,
            ),
            Field(
                "address_ktp",
                "Alamat pada kartu tanda penduduk",
                "Address on the identity card",
                Kind.TEXT,
                _WHERE,
                _X,
            ),
        ),
    ),
    Question(
        "safe_contact",
        "Bolehkah dihubungi, dan bagaimana caranya?",
        "May she or he be contacted, and how?",
        (
            Field(
                "safe_contact_mode",
                "Cara yang aman",
                "The safe way",
                Kind.CODE,
                _CONTACT,
                _X,
                Needed.MUST,
                options=SAFE_MODES,
            ),
            Field("phone", "Nomor telepon", "Phone", Kind.TEXT, _CONTACT, _I, most=30),
            Field(
                "safe_contact_hour",
                "Waktu yang aman",
                "The safe time",
                Kind.TEXT,
                _CONTACT,
                _X,
                _WANTED,
                CONTACTABLE,
            ),
            Field(
                "code_word", "Kata sandi", "Code word", Kind.TEXT, _CONTACT, _X, when=CONTACTABLE
            ),
            Field(
                "must_not_answer",
                "Siapa yang tidak boleh tahu",
                "Who must not answer",
                Kind.TEXT,
                _CONTACT,
                _X,
                when=CONTACTABLE,
            ),
        ),
    ),
)
_LIFE: Final = (
    Question(
        "life",
        "Bagaimana pendidikan, pekerjaan, dan keluarganya?",
        "What about schooling, work and family?",
        (
            Field("education", "Pendidikan", "Education", Kind.CODE, needed=_WANTED, of="CL08"),
            Field(
                "putus_sekolah",
                "Putus sekolah",
                "Dropped out of school",
                Kind.YES_NO,
                needed=_WANTED,
                when=CHILD,
            ),
            Field("school_name", "Nama sekolah", "School", Kind.TEXT, _IDENTITY, _I),
            Field("occupation", "Pekerjaan", "Occupation", Kind.CODE, needed=_WANTED, of="CL09"),
            Field(
                "marital_status",
                "Status perkawinan",
                "Marital status",
                Kind.CODE,
                needed=_WANTED,
                of="CL10",
            ),
            Field("children_count", "Jumlah anak", "Children", Kind.NUMBER, most=30),
            Field("siblings", "Saudara kandung", "Siblings", Kind.TEXT, _IDENTITY, _I),
        ),
    ),
    Question(
        "guardian",
        "Siapa orang tua atau walinya?",
        "Who is the parent or guardian?",
        (
            Field(
                "guardian_name",
                "Nama orang tua atau wali",
                "Name of the parent or guardian",
                Kind.TEXT,
                _IDENTITY,
                _I,
                _WANTED,
                CHILD,
            ),
            Field(
                "guardian_relation",
                "Hubungan",
                "Relation",
                Kind.TEXT,
                _IDENTITY,
                _I,
                _WANTED,
                CHILD,
            ),
            Field(
                "guardian_phone", "Telepon", "Phone", Kind.TEXT, _CONTACT, _I, when=CHILD, most=30
            ),
            Field(
                "guardian_conflict",
                "Orang tua atau wali ini terlapor, atau memihak terlapor",
                "This guardian is, or sides with, the alleged perpetrator",
                Kind.YES_NO,
                _HEALTH,
                _S,
                _WANTED,
                CHILD,
            ),
        ),
    ),
    Question(
        "access",
        "Apa yang diperlukan agar dapat dilayani dengan baik?",
        "What is needed to serve her or him well?",
        (
            Field(
                "disability",
                "Disabilitas",
                "Disability",
                Kind.CODES,
                _HEALTH,
                _S,
                _WANTED,
                of="CL13",
            ),
            Field(
                "accommodation",
                "Akomodasi yang layak",
                "Accommodation",
                Kind.CODES,
                _HEALTH,
                _S,
                _WANTED,
                options=ACCOMMODATIONS,
            ),
            Field("language", "Bahasa", "Language", Kind.CODE, needed=_WANTED, options=LANGUAGES),
            Field("pregnant", "Sedang hamil", "Pregnant", Kind.CODE, _HEALTH, _S, options=TELL),
            Field(
                "ampk_category",
                "Kategori anak yang memerlukan perlindungan khusus",
                "Category of a child in need of special protection",
                Kind.CODES,
                _HEALTH,
                _S,
                _WANTED,
                CHILD,
                "CL33",
            ),
        ),
    ),
)

PERSON: Final = Block(
    "persons",
    "Korban atau penerima layanan",
    "Victim or person served",
    _WHO + _WHEREABOUTS + _LIFE,
    repeats=True,
    rules=(Rule("age_group", "required", _no_age),),
)
