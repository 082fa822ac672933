"""The one thing to do next in a case, and where everything stands; never a second green button."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from services.intake.actions.policies import CASE_MANAGERS
from services.intake.domain.partner_help import PartnerHelp
from services.intake.domain.stages import ORDER
from services.intake.queries import CaseFile
from shared.contracts.intake import ScreeningDecision
from shared.contracts.referral_words import BusinessState
from shared.contracts.vocabulary import Stage
from shared.security.actor import Actor
from shared.web.language import say


@dataclass(frozen=True)
class Step:
    """What to do, the words on the button, where it leads; ``posts`` when it acts at once."""

    text: str
    button: str
    href: str
    posts: bool = False
    managers: bool = False
    """Whether it is the case manager's (or a supervisor's) to do."""


def next_step(file: CaseFile, who: Actor) -> Step | None:
    """Return the next step of a case; without a button when it is for somebody else to take."""
    step = _step(file)
    if step is None:
        return None
    elses = step.managers and not who.holds(CASE_MANAGERS.roles)
    own_proposal = file.case.closing_proposed_by == who.id
    if not elses and not own_proposal:
        return step
    waits = say("Menunggu orang kedua.") if own_proposal else say("Menunggu manajer kasus.")
    return replace(step, text=f"{step.text} {waits}", button="", posts=False)


def _step(file: CaseFile) -> Step | None:
    at = f"/kasus/{file.case.id}"
    if file.case.manager_id is None:
        asked = say("Belum ada manajer kasus yang bertanggung jawab.")
        return Step(asked, say("Saya tangani"), f"{at}/tunjuk", posts=True, managers=True)
    if file.case.reassessment_id is not None:
        asked = say("Bantuan dinilai belum tepat. Jawab tiga pertanyaan penilaian ulang.")
        return Step(asked, say("Jawab"), f"{at}/penilaian-ulang", managers=True)
    asking = [one for one in file.help if one.business_state is BusinessState.AWAITING_INFORMATION]
    if asking:
        answer = f"{at}/rujukan/{asking[0].id}/langkah/jawab"
        return Step(say("Mitra bertanya: jawab"), say("Jawab"), answer)
    refused = [one for one in file.help if one.needs_another_partner]
    if refused:
        return _another_partner(at, refused[0])
    return _OF_STAGE[file.case.stage](file, at)


def _another_partner(at: str, refused: PartnerHelp) -> Step:
    asked = say("Mitra tidak dapat memberi layanan ini. Pilih mitra pengganti.")
    where = f"{at}/rujukan/{refused.plan_item_id}/mitra" if refused.plan_item_id else ""
    return Step(asked, say("Pilih mitra pengganti"), where or f"{at}/rujukan/baru")


def _engagement(file: CaseFile, at: str) -> Step:
    if not file.facts.safety_screened:
        asked = say("Tanyakan keselamatan lebih dulu: sembilan pertanyaan, dua menit.")
        return Step(asked, say("Isi skrining keselamatan"), f"{at}/keselamatan")
    if not file.facts.consent_decided:
        asked = say("Tanyakan persetujuan untuk menerima layanan.")
        return Step(asked, say("Isi persetujuan"), f"{at}/persetujuan")
    return _on(at, say("Perjumpaan awal selesai. Lanjutkan ke penilaian."))


def _assessment(file: CaseFile, at: str) -> Step:
    if "screened" in {guard.name for guard in file.lacks}:
        asked = say("Tentukan jenis kasus, risiko, dan kewenangan.")
        return Step(asked, say("Isi skrining kasus"), f"{at}/skrining")
    if file.case.screening is not ScreeningDecision.LANJUT:
        asked = say("Skrining menyatakan kasus ini tidak ditangani di sini.")
        return Step(asked, say("Ke terminasi"), f"{at}/keluar", posts=True, managers=True)
    return _on(at, say("Skrining lengkap. Lanjutkan ke perencanaan."))


def _planning(file: CaseFile, at: str) -> Step:
    if not file.facts.services_allowed:
        asked = say("Belum ada persetujuan untuk menerima layanan.")
        return Step(asked, say("Isi persetujuan"), f"{at}/persetujuan")
    if not file.needs:
        asked = say("Catat apa yang diperlukan, menurut penerima layanan sendiri.")
        return Step(asked, say("Catat kebutuhan"), f"{at}/kebutuhan")
    if file.lacks:
        asked = say("Susun rencana dan tanyakan keputusan penerima layanan untuk setiap bagian.")
        return Step(asked, say("Buka rencana"), f"{at}/rencana")
    return _on(at, say("Rencana disepakati. Lanjutkan ke intervensi."))


def _intervention(file: CaseFile, at: str) -> Step:
    if file.case.counselling is None:
        asked = say("Adakan konseling dasar: perlu penanganan lanjut, atau selesai?")
        return Step(asked, say("Catat konseling dasar"), f"{at}/konseling")
    if not file.facts.help_begun:
        asked = say("Kirim rujukan untuk bagian rencana yang disetujui.")
        return Step(asked, say("Buat rujukan"), f"{at}/rujukan/baru")
    return _on(at, say("Bantuan sudah dimulai. Lanjutkan ke pemantauan."))


def _monitoring(file: CaseFile, at: str) -> Step:
    asked = say("Apakah bantuan cukup, kurang, atau berlebih?")
    return Step(asked, say("Nilai kecukupan"), f"{at}/pemantauan", managers=True)


def _evaluation(file: CaseFile, at: str) -> Step:
    return _on(at, say("Evaluasi tujuan bersama penerima layanan, lalu lanjutkan ke terminasi."))


def _termination(file: CaseFile, at: str) -> Step:
    if file.case.closing_reason is not None:
        asked = say("Penutupan menunggu persetujuan orang kedua.")
        agree = f"{at}/terminasi/setuju"
        return Step(asked, say("Setujui penutupan"), agree, posts=True, managers=True)
    asked = say("Isi lembar terminasi.")
    return Step(asked, say("Tutup kasus"), f"{at}/terminasi", managers=True)


def _follow_up(file: CaseFile, at: str) -> None:
    return None


def _on(at: str, asked: str) -> Step:
    return Step(asked, say("Lanjutkan"), f"{at}/lanjut", posts=True)


_OF_STAGE: Final[dict[Stage, Callable[[CaseFile, str], Step | None]]] = {
    Stage.ENGAGEMENT: _engagement,
    Stage.ASSESSMENT: _assessment,
    Stage.PLANNING: _planning,
    Stage.INTERVENTION: _intervention,
    Stage.MONITORING: _monitoring,
    Stage.EVALUATION: _evaluation,
    Stage.TERMINATION: _termination,
    Stage.FOLLOW_UP: _follow_up,
}


def stage_rows(file: CaseFile) -> list[dict[str, str]]:
    """Return the eight stages with where each stands, for the stage list."""
    now = ORDER.index(file.case.stage)
    return [_stage_row(file, stage, place, now) for place, stage in enumerate(ORDER)]


def _stage_row(file: CaseFile, stage: Stage, place: int, now: int) -> dict[str, str]:
    closed = file.case.closed_at is not None
    if place < now or (closed and stage is not Stage.FOLLOW_UP):
        return {"stage": stage, "kind": "done", "standing": say("Selesai")}
    if stage is Stage.TERMINATION and file.facts.open_referrals:
        said = say("Terhalang: {n} rujukan terbuka", n=len(file.facts.open_referrals))
        return {"stage": stage, "kind": "blocked", "standing": said}
    if place == now:
        return {"stage": stage, "kind": "running", "standing": say("Berjalan")}
    return {"stage": stage, "kind": "not-yet", "standing": say("Belum")}
