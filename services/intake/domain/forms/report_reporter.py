"""F2, block A: who reports, and how the report came in (domain.md 2.1)."""

from typing import Final

from services.intake.domain.forms.field import (
    Answers,
    Block,
    Field,
    Kind,
    Needed,
    Question,
    Sensitivity,
    When,
)
from shared.contracts.protection import FieldClass

_REPORTER = FieldClass.REPORTER
_I, _S = Sensitivity.IDENTITY, Sensitivity.SPECIAL


def _named(block: Answers, _whole: Answers) -> bool:
    return block.get("reporter_type") != "ANONIM"


def _from_elsewhere(block: Answers, _whole: Answers) -> bool:
    return block.get("channel") in ("RUJUKAN_MASUK", "PELIMPAHAN")


NAMED: Final = When("bila pelapor tidak anonim", "unless anonymous", _named)
FROM_ELSEWHERE: Final = When(
    "bila kasus datang dari lembaga lain",
    "when another agency sent the case",
    _from_elsewhere,
    here=False,
)

REPORTER: Final = Block(
    "reporter",
    "Pelapor",
    "Reporter",
    (
        Question(
            "channel",
            "Bagaimana pengaduan ini masuk?",
            "How did the report come in?",
            (
                Field("channel", "Kanal", "Channel", Kind.CODE, needed=Needed.MUST, of="CL15"),
                Field(
                    "reported_at",
                    "Waktu pengaduan",
                    "Reported at",
                    Kind.MOMENT,
                    needed=Needed.MUST,
                ),
                Field(
                    "arrival_mode",
                    "Cara datang",
                    "How the person came",
                    Kind.CODE,
                    needed=Needed.WANTED,
                    of="CL37",
                ),
            ),
        ),
        Question(
            "referred",
            "Dari lembaga mana kasus ini?",
            "Which agency sent this case?",
            (
                Field(
                    "referring_agency",
                    "Lembaga pengirim",
                    "Sending agency",
                    Kind.TEXT,
                    _REPORTER,
                    needed=Needed.WANTED,
                    when=FROM_ELSEWHERE,
                ),
                Field(
                    "referral_letter_no",
                    "Nomor surat",
                    "Letter number",
                    Kind.TEXT,
                    FieldClass.INTERNAL_NOTES,
                    needed=Needed.WANTED,
                    when=FROM_ELSEWHERE,
                ),
                Field(
                    "services_already_given",
                    "Layanan yang sudah diberikan",
                    "Services already given",
                    Kind.LONG_TEXT,
                    FieldClass.HEALTH,
                    _S,
                    Needed.WANTED,
                    FROM_ELSEWHERE,
                ),
            ),
        ),
        Question(
            "who",
            "Siapa yang melapor?",
            "Who is reporting?",
            (
                Field(
                    "reporter_type", "Pelapor", "Reporter", Kind.CODE, needed=Needed.MUST, of="CL14"
                ),
                Field(
                    "name",
                    "Nama pelapor",
                    "Reporter's name",
                    Kind.TEXT,
                    _REPORTER,
                    _I,
                    Needed.WANTED,
                    NAMED,
                ),
                Field(
                    "relation_to_victim",
                    "Hubungan dengan korban",
                    "Relation to the victim",
                    Kind.TEXT,
                    _REPORTER,
                    _I,
                    when=NAMED,
                ),
            ),
        ),
        Question(
            "contact",
            "Bagaimana pelapor dapat dihubungi?",
            "How can the reporter be reached?",
            (
                Field(
                    "phone",
                    "Nomor telepon",
                    "Phone",
                    Kind.TEXT,
                    _REPORTER,
                    _I,
                    Needed.WANTED,
                    NAMED,
                    most=30,
                ),
                Field("address", "Alamat", "Address", Kind.TEXT, _REPORTER, _I, when=NAMED),
            ),
        ),
    ),
)
