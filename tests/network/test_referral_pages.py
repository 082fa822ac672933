"""What staff do with a referral on its page, from the partner's question to the closed loop."""

import re
from datetime import timedelta

import pytest

from shared.clock import now
from shared.contracts.event import Publisher
from tests.support.desk import now_in_parts
from tests.support.journey import (
    MONITORING,
    REFERRAL,
    a_case_with_an_item,
    allow_sharing,
    send_referral,
)
from tests.support.town_desk import TownDesk

pytestmark = pytest.mark.slow


@pytest.fixture
def sent(town):
    """A town, the address of the page of a referral that was sent there, and the referral's id."""
    at, item_id = a_case_with_an_item(town)
    allow_sharing(town, at, "psikolog-b")
    referral = send_referral(town, at, item_id, "psikolog-b")
    town.deliver()
    return town, f"/kasus/{at.rsplit('/', 1)[1]}/rujukan/{referral['id']}", referral["id"]


def partner_does(town, referral_id, what, body=None):
    """The partner makes a move, and the network hears of it."""
    line = town.line("psikolog-b", Publisher.REFERRAL)
    line.post(f"{REFERRAL}/inbox/{referral_id}/{what}", body, key=f"{what}-1")
    town.deliver()


def known(town, referral_id):
    return town.line("manajer", Publisher.REFERRAL).get(f"{REFERRAL}/referrals/{referral_id}")


def tasks(town):
    line = town.line("manajer", Publisher.MONITORING)
    return {one["kind"] for one in line.get(f"{MONITORING}/tasks", mine="1", open="1")["items"]}


def test_a_partners_question_is_answered_and_its_clock_runs_on(sent):
    town, page, referral_id = sent
    desk = TownDesk(town, "manajer")
    assert f"{page}/langkah/jawab" not in desk.open(page)
    partner_does(town, referral_id, "question", {"note": "Apakah perlu juru bahasa?"})

    assert f'href="{page}/langkah/jawab"' in desk.open("/"), "the task leads to the answer"
    case = page.split("/rujukan")[0]
    assert f'href="{page}/langkah/jawab"' in desk.open(case), "it is the case's next step, too"
    shown = desk.open(page)
    assert "Apakah perlu juru bahasa?" in shown
    assert f"{page}/langkah/jawab" in shown
    assert known(town, referral_id)["resting_since"]
    form = f"{page}/langkah/jawab"
    assert "Apakah perlu juru bahasa?" in desk.open(form)
    assert desk.press(form, note="").status_code == 422
    assert desk.press(form, note="Ya, bahasa Sasak.").headers["Location"] == page
    town.deliver()

    assert known(town, referral_id).get("resting_since") is None
    assert "answer-partner" not in tasks(town)
    assert "langkah/jawab" not in desk.open(case)
    assert "Ya, bahasa Sasak." in desk.open(page)


def test_the_history_says_through_which_door_and_how_it_is_known(sent):
    town, page, _ = sent
    desk = TownDesk(town, "manajer")
    typed = {"move": "accept", "door": "letter", "evidence": "Surat 12/2026"}
    assert desk.press(f"{page}/jawaban", **typed).status_code == 303

    shown = desk.open(page)

    assert "Mitra menerima rujukan" in shown
    assert "melalui surat" in shown
    assert "Surat 12/2026" in shown


def test_a_task_that_no_event_ends_is_marked_as_done_on_the_start_page(sent):
    town, page, referral_id = sent
    partner_does(town, referral_id, "acceptance")
    town.network.tick(now() + timedelta(days=90))
    town.deliver()
    desk = TownDesk(town, "manajer")

    shown = desk.open("/")
    assert "Layanan belum dimulai: tanyakan" in shown
    assert f'href="{page}"' in shown
    address = done_address(town, shown, "ask-about-service")
    assert desk.press(address, "/").headers["Location"] == "/"

    assert "ask-about-service" not in tasks(town)
    again = desk.press(address, "/")
    assert again.status_code == 409
    assert "govuk-warning-text" in again.text


def test_a_missed_deadline_is_settled_with_what_shows_it(sent):
    town, page, _ = sent
    case = page.split("/rujukan")[0]
    town.network.tick(now() + timedelta(days=90))
    town.deliver()
    desk = TownDesk(town, "manajer")

    assert f'href="{case}/tenggat"' in desk.open(case)
    listed = desk.open(f"{case}/tenggat")
    address = re.search(rf'href="({case}/tenggat/[0-9a-f-]+)"', listed)[1]
    met = now_in_parts("met_at")
    assert desk.press(address, **met).status_code == 422, "evidence is obligatory"
    ahead = desk.press(address, **met | {"met_at-year": "2090"}, evidence="LP/12/2026")
    assert ahead.status_code == 422
    assert "LP/12/2026" in ahead.text, "nothing is lost"

    assert desk.press(address, **met, evidence="LP/12/2026").headers["Location"] == case
    assert address not in desk.open(f"{case}/tenggat")


def done_address(town, shown, kind):
    """Where the button of the only open task of a kind posts to."""
    line = town.line("manajer", Publisher.MONITORING)
    found = line.get(f"{MONITORING}/tasks", mine="1", open="1")["items"]
    (task,) = [one for one in found if one["kind"] == kind]
    address = f"/tugas/{task['id']}/selesai"
    assert f'action="{address}"' in shown
    return address


def test_a_referral_is_taken_back_before_work_has_begun(sent):
    town, page, referral_id = sent
    desk = TownDesk(town, "manajer")
    form = f"{page}/langkah/batal"
    assert f"{page}/langkah/minta-batal" not in desk.open(page)
    assert desk.press(form, note="Tanpa alasan").status_code == 422

    assert desk.press(form, reason="NEED_CHANGED").status_code == 303
    town.deliver()

    assert known(town, referral_id)["standing"] == "cancelled"
    shown = desk.open(page)
    assert f"{page}/langkah/batal" not in shown
    assert f"{page}/langkah/tutup" in shown
    assert desk.press(f"{page}/langkah/tutup", note="Cari layanan lain.").status_code == 303
    assert known(town, referral_id)["business_state"] == "loop-closed"


def test_work_that_has_begun_is_changed_called_off_and_asked_to_stop(sent):
    town, page, referral_id = sent
    partner_does(town, referral_id, "acceptance")
    meeting = {"appointment_at": (now() + timedelta(days=2)).isoformat()}
    partner_does(town, referral_id, "appointment", meeting)
    desk = TownDesk(town, "manajer")
    assert f"{page}/langkah/batal-janji" in desk.open(page)

    desk.press(f"{page}/langkah/ubah", sessions_planned="6", note="Enam pertemuan.")
    desk.press(f"{page}/langkah/batal-janji")
    assert known(town, referral_id)["business_state"] == "appointment-cancelled"
    desk.press(f"{page}/langkah/minta-batal", reason="SAFETY")

    standing = known(town, referral_id)
    assert standing["business_state"] == "cancel-requested"
    assert standing["sessions_planned"] == 6
    late = desk.press(f"{page}/langkah/ubah", page, note="Lagi.")
    assert late.status_code == 409
    assert "Lagi." in late.text, "nothing is lost"


def test_a_referral_sent_in_error_is_retracted_by_two_people(sent):
    town, page, referral_id = sent
    form = f"{page}/langkah/salah-kirim"
    manager = TownDesk(town, "manajer")
    assert manager.press(form, note="Salah lembaga.").status_code == 303
    assert "Menunggu orang kedua." in manager.open(page)
    alone = manager.press(form, note="Setuju sendiri.")
    assert alone.status_code == 403
    assert "Setuju sendiri." in alone.text

    supervisor = TownDesk(town, "supervisor")
    assert "Setujui: tarik rujukan yang salah kirim" in supervisor.open(page)
    assert supervisor.press(form, note="Benar, keliru.").status_code == 303

    assert known(town, referral_id)["standing"] == "entered-in-error"


def test_a_partner_that_is_not_silent_is_not_given_up(sent):
    town, page, referral_id = sent
    partner_does(town, referral_id, "acceptance")
    desk = TownDesk(town, "manajer")

    refused = desk.press(f"{page}/langkah/tinggalkan", note="Diam saja.")

    assert refused.status_code == 409
    assert "Mitra belum melewati batas diam." in refused.text
    assert known(town, referral_id).get("abandonment_asked_by") is None
