"""The portal's words for moves, states and shared fields, in the language of the page."""

from collections.abc import Mapping
from typing import Final

from services.referral.domain.moves import Move, Party
from shared.contracts.referral_words import (
    BusinessState,
    ContentField,
    Door,
    ReferralResult,
    Urgency,
)
from shared.contracts.validation import worded
from shared.web.labels import label

STATES: Final[Mapping[BusinessState, str]] = {
    BusinessState.AWAITING_INFORMATION: worded("menunggu jawaban UPTD"),
    BusinessState.WAITLISTED: worded("daftar tunggu"),
    BusinessState.SCHEDULED: worded("ada janji temu"),
    BusinessState.NO_SHOW: worded("tidak hadir"),
    BusinessState.APPOINTMENT_CANCELLED: worded("janji temu dibatalkan"),
    BusinessState.UNDER_WAY: worded("layanan berjalan"),
    BusinessState.WAITING_PERSON: worded("menunggu orangnya"),
    BusinessState.WAITING_DOCUMENT: worded("menunggu dokumen"),
    BusinessState.CANCEL_REQUESTED: worded("UPTD minta dihentikan"),
    BusinessState.EXPIRED: worded("lewat batas waktu"),
    BusinessState.ABANDONED: worded("ditinggalkan UPTD"),
    BusinessState.LOOP_CLOSED: worded("ditutup manajer kasus"),
}

MOVES: Final[Mapping[Move, str]] = {
    Move.SEND: worded("Rujukan dikirim"),
    Move.SEE: worded("Rujukan dibuka"),
    Move.RECEIVE: worded("Rujukan dipertimbangkan"),
    Move.ASK_INFORMATION: worded("Pertanyaan dikirim"),
    Move.GIVE_INFORMATION: worded("Pertanyaan dijawab"),
    Move.ACCEPT: worded("Rujukan diterima"),
    Move.DECLINE: worded("Rujukan tidak dapat diterima"),
    Move.CANCEL: worded("Rujukan dibatalkan UPTD"),
    Move.EXPIRE: worded("Rujukan berakhir tanpa jawaban"),
    Move.WAITLIST: worded("Masuk daftar tunggu"),
    Move.SCHEDULE: worded("Janji temu ditetapkan"),
    Move.RECORD_NO_SHOW: worded("Orangnya tidak hadir"),
    Move.CANCEL_APPOINTMENT: worded("Janji temu dibatalkan"),
    Move.REPORT_PROGRESS: worded("Layanan dilaporkan"),
    Move.HOLD: worded("Layanan ditunda"),
    Move.RESUME: worded("Layanan dilanjutkan"),
    Move.REVISE: worded("UPTD mengubah jumlah layanan"),
    Move.ASK_CANCELLATION: worded("UPTD meminta dihentikan"),
    Move.AGREE_TO_CANCEL: worded("Penghentian disetujui"),
    Move.GO_ON: worded("Layanan diteruskan"),
    Move.COMPLETE: worded("Layanan selesai"),
    Move.ADD_RESULT: worded("Hasil susulan dikirim"),
    Move.FAIL: worded("Layanan tidak dapat diselesaikan"),
    Move.ASK_ABANDONMENT: worded("UPTD menilai mitra tidak menjawab"),
    Move.ABANDON: worded("Rujukan ditinggalkan UPTD"),
    Move.WITHDRAW_CONSENT: worded("Persetujuan ditarik, layanan dihentikan"),
    Move.ACKNOWLEDGE_STOP: worded("Penghentian dipastikan"),
    Move.CLOSE_LOOP: worded("Rujukan ditutup manajer kasus"),
    Move.ASK_RETRACTION: worded("UPTD meminta rujukan ditarik"),
    Move.RETRACT: worded("Rujukan ditarik karena keliru"),
    Move.HAND_OVER: worded("Kasus dilimpahkan ke unit lain"),
    Move.ATTACH_PLAN_ITEM: worded("Rencana layanan dilengkapi"),
    Move.CONTEST: worded("Jawaban yang dicatat disanggah"),
}

PARTIES: Final[Mapping[Party, str]] = {
    Party.UNIT: worded("UPTD"),
    Party.CASE_MANAGER: worded("UPTD"),
    Party.PARTNER: worded("lembaga Anda"),
    Party.CLOCK: worded("sistem"),
    Party.INTAKE: worded("sistem"),
}

DOORS: Final[Mapping[Door, str]] = {
    Door.API: worded("sistem lembaga"),
    Door.FHIR: worded("sistem lembaga"),
    Door.PORTAL: worded("portal"),
    Door.LETTER: worded("surat, dicatat petugas"),
    Door.PHONE: worded("telepon, dicatat petugas"),
}

URGENCIES: Final[Mapping[Urgency, str]] = {
    Urgency.SEGERA: worded("Segera, jawab dalam 1 jam"),
    Urgency.H24: worded("Jawab dalam 24 jam"),
    Urgency.D3: worded("Jawab dalam 3 hari"),
    Urgency.RUTIN: worded("Rutin"),
}

RESULTS: Final[Mapping[ReferralResult, str]] = {
    ReferralResult.GIVEN: worded("Layanan diberikan seluruhnya"),
    ReferralResult.GIVEN_IN_PART: worded("Layanan diberikan sebagian"),
    ReferralResult.ASSESSED_ONLY: worded("Hanya diperiksa atau dinilai"),
    ReferralResult.NOT_NEEDED_ANY_MORE: worded("Sudah tidak diperlukan lagi"),
}

FIELDS: Final[Mapping[ContentField, str]] = {
    ContentField.FULL_NAME: worded("Nama lengkap"),
    ContentField.CALL_NAME: worded("Nama panggilan"),
    ContentField.SEX: worded("Jenis kelamin"),
    ContentField.AGE: worded("Umur"),
    ContentField.BIRTH_DATE: worded("Tanggal lahir"),
    ContentField.NIK: worded("NIK"),
    ContentField.FAMILY: worded("Keluarga"),
    ContentField.GUARDIAN_STATUS: worded("Wali"),
    ContentField.SCHOOL_CLASS: worded("Sekolah dan kelas"),
    ContentField.COMPANION_NAME: worded("Pendamping"),
    ContentField.CONTACT_WAY: worded("Cara menghubungi"),
    ContentField.SAFETY_NOTES: worded("Catatan keamanan"),
    ContentField.SUMMARY: worded("Ringkasan"),
    ContentField.SERVICES_GIVEN: worded("Layanan yang sudah diberikan"),
    ContentField.DEVELOPMENTS: worded("Perkembangan"),
    ContentField.CHRONOLOGY: worded("Kronologi"),
    ContentField.INCIDENT_TIME: worded("Waktu kejadian"),
    ContentField.INCIDENT_PLACE: worded("Tempat kejadian"),
    ContentField.INCIDENT_TYPE: worded("Jenis kejadian"),
    ContentField.EVIDENCE_LIST: worded("Daftar bukti"),
    ContentField.STATUTORY_CLOCK: worded("Batas waktu menurut undang-undang"),
    ContentField.LEGAL_STEPS: worded("Langkah hukum"),
    ContentField.DOCUMENTS: worded("Dokumen"),
    ContentField.DOCUMENT_NEEDED: worded("Dokumen yang diperlukan"),
    ContentField.OFFENCE: worded("Perkara"),
    ContentField.ROUTE: worded("Rute perjalanan"),
    ContentField.TPPO_BLOCK: worded("Keterangan TPPO"),
    ContentField.PROTECTION_NEED: worded("Perlindungan yang diperlukan"),
    ContentField.CARE_SITUATION: worded("Keadaan pengasuhan"),
    ContentField.SUPPORT_NEEDED: worded("Dukungan yang diperlukan"),
    ContentField.TASK: worded("Tugas"),
    ContentField.COMPLAINTS: worded("Keluhan kesehatan"),
    ContentField.PREGNANCY: worded("Kehamilan"),
    ContentField.PRESENTING_PROBLEM: worded("Masalah utama"),
    ContentField.MEDICAL_MUST_KNOWS: worded("Hal kesehatan yang harus diketahui"),
    ContentField.SPV_NUMBER: worded("Nomor surat permintaan visum"),
    ContentField.RISK_LEVEL: worded("Tingkat risiko"),
    ContentField.PERPETRATOR_IDENTITY: worded("Terlapor"),
    ContentField.PERPETRATOR_RELATION: worded("Hubungan terlapor"),
}

#: Fields that hold a code of a list.
_CODED: Final[Mapping[ContentField, str]] = {
    ContentField.SEX: "CL12",
    ContentField.RISK_LEVEL: "CL27",
}


def in_words(field: ContentField, text: str) -> str:
    """Return what a field says; a code in its words."""
    try:
        return label(_CODED[field], text)
    except KeyError:
        return text
