"""F3 Lembar Persetujuan: what the person allows, one recipient at a time (domain.md 2.1)."""

from typing import Final

from services.intake.domain.forms.field import (
    Answers,
    Field,
    Kind,
    Needed,
    Option,
    Rule,
    Sensitivity,
    When,
    one_page,
)
from services.intake.domain.forms.lists import LANGUAGES
from shared.contracts.protection import FieldClass, LegalBasis

GIVERS: Final = (
    Option("CLIENT", "Penerima layanan sendiri", "The person"),
    Option("PARENT", "Orang tua", "A parent"),
    Option("OTHER_GUARDIAN", "Wali lain", "Another guardian"),
    Option("COURT", "Pengadilan", "A court"),
    Option("UPTD_BEST_INTEREST", "UPTD, tanpa persetujuan", "The unit, without consent"),
)
DECISIONS: Final = (
    Option("GIVEN", "Setuju", "Yes"),
    Option("REFUSED", "Tidak setuju", "No"),
    Option("NOT_NOW", "Belum dapat diminta", "Cannot be asked now"),
)
ASSENTS: Final = (
    Option("YA", "Ya", "Yes"),
    Option("TIDAK", "Tidak", "No"),
    Option("BELUM_MAMPU", "Belum mampu", "Not able yet"),
)
METHODS: Final = (
    Option("TANDA_TANGAN", "Tanda tangan", "Signature"),
    Option("CAP_JEMPOL", "Cap jempol", "Thumb print"),
    Option("LISAN_BERSAKSI", "Lisan, dengan saksi", "Spoken, with a witness"),
)
BASES: Final = (
    Option(LegalBasis.CONSENT.value, "Persetujuan", "Consent"),
    Option(LegalBasis.LEGAL_DUTY.value, "Kewajiban hukum", "Legal duty"),
    Option(LegalBasis.VITAL_INTEREST.value, "Kepentingan vital", "Vital interest"),
    Option(
        LegalBasis.BEST_INTEREST_OF_THE_CHILD.value,
        "Kepentingan terbaik anak",
        "Best interest of the child",
    ),
)
FIELD_CLASSES: Final = (
    Option(FieldClass.IDENTITY.value, "Nama dan identitas", "Name and identity"),
    Option(FieldClass.CONTACT.value, "Cara menghubungi yang aman", "Safe contact"),
    Option(FieldClass.WHEREABOUTS.value, "Tempat tinggal", "Where she or he lives"),
    Option(FieldClass.NARRATIVE.value, "Ringkasan kejadian", "Summary of what happened"),
    Option(FieldClass.HEALTH.value, "Kesehatan dan keadaan khusus", "Health and condition"),
    Option(FieldClass.ALLEGED_PERPETRATOR.value, "Terlapor", "Alleged perpetrator"),
    Option(FieldClass.RISK.value, "Tingkat risiko", "Risk level"),
)


def _for_referral(block: Answers, _whole: Answers) -> bool:
    return block.get("scope") == "RUJUKAN"


def _spoken(block: Answers, _whole: Answers) -> bool:
    return block.get("method") == "LISAN_BERSAKSI"


def _without_consent(block: Answers, _whole: Answers) -> bool:
    return block.get("basis") not in (None, "", LegalBasis.CONSENT.value)


FOR_REFERRAL: Final = When("untuk rujukan", "for a referral", _for_referral)
SPOKEN: Final = When("bila lisan", "when spoken", _spoken)
WITHOUT_CONSENT: Final = When("bila tanpa persetujuan", "when without consent", _without_consent)

_MUST = Needed.MUST
_NAME = FieldClass.IDENTITY
_I, _S = Sensitivity.IDENTITY, Sensitivity.SPECIAL


def _not_explained(block: Answers, _whole: Answers) -> bool:
    given = block.get("decision") == "GIVEN"
    return given and not (block.get("explained_limits") and block.get("rights_explained"))


CONSENT: Final = one_page(
    "F3",
    "Lembar persetujuan",
    "Consent",
    Field("scope", "Untuk apa", "What for", Kind.CODE, needed=_MUST, of="CL32"),
    Field(
        "institution_id",
        "Lembaga penerima",
        "Receiving institution",
        Kind.REFERENCE,
        needed=_MUST,
        when=FOR_REFERRAL,
    ),
    Field("service", "Layanan", "Service", Kind.CODE, when=FOR_REFERRAL, of="CL16"),
    Field(
        "field_classes",
        "Data yang boleh dibagikan",
        "What may be shared",
        Kind.CODES,
        needed=_MUST,
        when=FOR_REFERRAL,
        options=FIELD_CLASSES,
    ),
    Field("purpose", "Tujuan", "Purpose", Kind.TEXT, FieldClass.INTERNAL_NOTES, most=300),
    Field("decision", "Keputusan", "Decision", Kind.CODE, needed=_MUST, options=DECISIONS),
    Field("basis", "Dasar", "Basis", Kind.CODE, needed=_MUST, options=BASES),
    Field(
        "basis_reason",
        "Alasan tanpa persetujuan",
        "Why without consent",
        Kind.TEXT,
        FieldClass.INTERNAL_NOTES,
        needed=_MUST,
        when=WITHOUT_CONSENT,
        most=1000,
    ),
    Field("giver", "Siapa yang memutuskan", "Who decides", Kind.CODE, needed=_MUST, options=GIVERS),
    Field("giver_name", "Nama pemberi", "Name of the giver", Kind.TEXT, _NAME, _I),
    Field("relation", "Hubungan dengan anak", "Relation to the child", Kind.TEXT, _NAME, _I),
    Field(
        "child_assent",
        "Apakah anak menyetujui?",
        "Does the child assent?",
        Kind.CODE,
        FieldClass.HEALTH,
        _S,
        options=ASSENTS,
    ),
    Field(
        "explained_limits",
        "Batas kerahasiaan sudah dijelaskan (kewajiban lapor, keselamatan)",
        "The limits of confidentiality were explained (duty to report, safety)",
        Kind.YES_NO,
        needed=_MUST,
    ),
    Field(
        "rights_explained",
        "Hak penerima layanan sudah dijelaskan",
        "The person's rights were explained",
        Kind.YES_NO,
        needed=_MUST,
    ),
    Field("language", "Bahasa", "Language", Kind.CODE, needed=_MUST, options=LANGUAGES),
    Field("interpreter", "Juru bahasa", "Interpreter", Kind.TEXT, _NAME, _I),
    Field("method", "Cara", "How", Kind.CODE, needed=_MUST, options=METHODS),
    Field("witness", "Saksi", "Witness", Kind.TEXT, _NAME, _I, _MUST, SPOKEN),
    Field("valid_until", "Berlaku sampai", "Valid until", Kind.MOMENT),
    rules=(Rule("explained_limits", "not_valid", _not_explained),),
)
