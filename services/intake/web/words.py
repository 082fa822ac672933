"""Sentences for codes that only screens say: tasks, the lines of a timeline, standings."""

from collections.abc import Mapping
from typing import Final

from shared.contracts.referral_words import ContentField
from shared.contracts.validation import worded

#: Kinds of tasks, as monitoring names them.
TASKS: Final[Mapping[str, str]] = {
    "meet-danger": worded("Tanggapan pertama: risiko tinggi"),
    "ask-partner": worded("Mitra belum menjawab: hubungi"),
    "ask-about-service": worded("Layanan belum dimulai: tanyakan"),
    "refer-again": worded("Pilih mitra pengganti"),
    "answer-partner": worded("Mitra bertanya: jawab"),
    "contact": worded("Pemantauan: cukup, kurang, atau berlebih?"),
    "see-that-partner-stops": worded("Pastikan mitra berhenti"),
    "settle-answer": worded("Jawaban yang dicatat dibantah mitra"),
}

#: What the lines of a timeline say, by the topic of the event.
LINES: Final[Mapping[str, str]] = {
    "report.received": worded("Pengaduan diterima"),
    "report.responded": worded("Tanggapan pertama diberikan"),
    "report.screened": worded("Skrining keselamatan diisi"),
    "report.ended": worded("Pengaduan selesai tanpa kasus"),
    "consent.given": worded("Persetujuan diberikan"),
    "consent.refused": worded("Persetujuan ditolak"),
    "consent.withdrawn": worded("Persetujuan dicabut"),
    "case.opened": worded("Kasus dibuka"),
    "case.assigned": worded("Manajer kasus ditunjuk"),
    "case.accompanied": worded("Pendamping kasus berubah"),
    "case.screened": worded("Skrining kasus diisi"),
    "case.risk_changed": worded("Tingkat risiko berubah"),
    "case.stage_moved": worded("Kasus berpindah tahap"),
    "case.counselled": worded("Konseling dasar diadakan"),
    "case.duty_settled": worded("Laporan wajib diselesaikan"),
    "case.reassessment_opened": worded("Penilaian ulang singkat dibuka"),
    "case.reassessed": worded("Penilaian ulang singkat dijawab"),
    "case.closed": worded("Kasus ditutup"),
    "case.reopened": worded("Kasus dibuka kembali"),
    "need.recorded": worded("Kebutuhan dicatat"),
    "plan.agreed": worded("Rencana disepakati"),
    "referral.sent": worded("Rujukan dikirim"),
    "referral.seen": worded("Mitra membuka rujukan"),
    "referral.received": worded("Mitra mempertimbangkan rujukan"),
    "referral.information_asked": worded("Mitra bertanya"),
    "referral.information_given": worded("Pertanyaan mitra dijawab"),
    "referral.accepted": worded("Mitra menerima rujukan"),
    "referral.declined": worded("Mitra tidak dapat menerima"),
    "referral.cancelled": worded("Rujukan dibatalkan"),
    "referral.expired": worded("Rujukan lewat batas waktu"),
    "referral.waitlisted": worded("Masuk daftar tunggu"),
    "referral.scheduled": worded("Ada janji temu"),
    "referral.no_show_recorded": worded("Penerima layanan tidak datang"),
    "referral.appointment_cancelled": worded("Janji temu batal"),
    "referral.progress_reported": worded("Mitra melaporkan kemajuan"),
    "referral.held": worded("Layanan ditunda"),
    "referral.resumed": worded("Layanan berjalan lagi"),
    "referral.revised": worded("Permintaan diubah"),
    "referral.cancellation_asked": worded("Pembatalan diminta"),
    "referral.continued": worded("Mitra melanjutkan layanan"),
    "referral.completed": worded("Layanan selesai"),
    "referral.result_added": worded("Hasil susulan masuk"),
    "referral.failed": worded("Layanan gagal"),
    "referral.abandoned": worded("Rujukan ditinggalkan"),
    "referral.consent_withdrawn": worded("Rujukan dihentikan: persetujuan dicabut"),
    "referral.stop_acknowledged": worded("Mitra menyatakan berhenti"),
    "referral.loop_closed": worded("Hasil rujukan sudah dibaca"),
    "referral.answer_contested": worded("Mitra membantah jawaban yang dicatat"),
    "adequacy.judged": worded("Kecukupan layanan dinilai"),
    "deadline.missed": worded("Tenggat terlewat"),
}
SOMETHING: Final = worded("Ada kejadian baru")

#: What should have happened, by the rule of its deadline (domain.md 2.9).
DEADLINES: Final[Mapping[str, str]] = {
    "T01": worded("tanggapan pertama, risiko tinggi"),
    "T02": worded("tanggapan pertama, risiko sedang"),
    "T03": worded("tanggapan pertama, risiko rendah"),
    "T04": worded("tindak lanjut pengaduan"),
    "T08": worded("laporan polisi untuk kekerasan seksual"),
    "T22": worded("pemantauan"),
    "T24": worded("jawaban atau layanan pertama mitra"),
    "T24-respond": worded("jawaban mitra"),
    "T24-serve": worded("layanan pertama mitra"),
    "other": worded("tugas dalam kasus ini"),
}

#: How a referral stands, in a word or two.
STANDINGS: Final[Mapping[str, str]] = {
    "requested": worded("Menunggu jawaban"),
    "received": worded("Dipertimbangkan"),
    "accepted": worded("Diterima mitra"),
    "rejected": worded("Tidak dapat diterima"),
    "in-progress": worded("Berjalan"),
    "on-hold": worded("Ditunda"),
    "completed": worded("Selesai"),
    "failed": worded("Gagal"),
    "cancelled": worded("Dibatalkan"),
    "entered-in-error": worded("Salah kirim"),
    "expired": worded("Lewat batas waktu"),
}

#: The doors through which something came in.
DOORS: Final[Mapping[str, str]] = {
    "api": worded("sistem mitra"),
    "fhir": worded("sistem mitra"),
    "portal": worded("portal mitra"),
    "letter": worded("surat"),
    "phone": worded("telepon"),
    "system": worded("sistem RAJUT"),
    "staff": worded("ruang kerja petugas"),
}

#: Why a report may end without a case.
ENDINGS: Final[Mapping[str, str]] = {
    "ADVICE_GIVEN": worded("Sudah diberi informasi atau saran"),
    "OUTSIDE_MANDATE": worded("Di luar kewenangan"),
    "DUPLICATE": worded("Sudah dilaporkan sebelumnya"),
    "NOT_VERIFIED": worded("Tidak dapat diverifikasi"),
}

#: What each field of a referral is called.
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
