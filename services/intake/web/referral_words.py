"""Sentences for the history of a referral: its moves, and how each is known to be true."""

from collections.abc import Mapping
from typing import Final

from shared.contracts.validation import worded

#: What each move says, as the referral service names it.
MOVES: Final[Mapping[str, str]] = {
    "send": worded("Rujukan dikirim"),
    "see": worded("Mitra membuka rujukan"),
    "receive": worded("Mitra mempertimbangkan rujukan"),
    "ask_information": worded("Mitra bertanya"),
    "give_information": worded("Pertanyaan mitra dijawab"),
    "accept": worded("Mitra menerima rujukan"),
    "decline": worded("Mitra tidak dapat menerima"),
    "cancel": worded("Rujukan dibatalkan"),
    "expire": worded("Rujukan lewat batas waktu"),
    "waitlist": worded("Masuk daftar tunggu"),
    "schedule": worded("Ada janji temu"),
    "record_no_show": worded("Penerima layanan tidak datang"),
    "cancel_appointment": worded("Janji temu batal"),
    "report_progress": worded("Mitra melaporkan kemajuan"),
    "hold": worded("Layanan ditunda"),
    "resume": worded("Layanan berjalan lagi"),
    "revise": worded("Permintaan diubah"),
    "ask_cancellation": worded("Pembatalan diminta"),
    "agree_to_cancel": worded("Mitra setuju berhenti"),
    "go_on": worded("Mitra melanjutkan layanan"),
    "complete": worded("Layanan selesai"),
    "add_result": worded("Hasil susulan masuk"),
    "fail": worded("Layanan gagal"),
    "ask_abandonment": worded("Diminta: tinggalkan mitra yang diam"),
    "abandon": worded("Rujukan ditinggalkan"),
    "withdraw_consent": worded("Rujukan dihentikan: persetujuan dicabut"),
    "acknowledge_stop": worded("Mitra menyatakan berhenti"),
    "close_loop": worded("Hasil rujukan sudah dibaca"),
    "ask_retraction": worded("Diminta: tarik rujukan yang salah kirim"),
    "retract": worded("Rujukan ditarik karena salah kirim"),
    "hand_over": worded("Rujukan dilimpahkan"),
    "attach_plan_item": worded("Rujukan dihubungkan dengan rencana"),
    "contest": worded("Mitra membantah jawaban yang dicatat"),
}

#: How it is known that it was they.
VERIFIED: Final[Mapping[str, str]] = {
    "signed-in": worded("masuk dengan akun sendiri"),
    "machine-key": worded("kunci sistem mitra terbukti"),
    "evidence": worded("dicatat petugas dengan bukti"),
    "system": worded("oleh sistem RAJUT"),
}
