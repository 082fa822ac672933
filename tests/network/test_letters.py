"""What partners say by letter or telephone, written down on the staff pages."""

import pytest

from shared.contracts.event import Publisher
from tests.support.desk import now_in_parts
from tests.support.journey import REFERRAL, a_case_with_an_item, allow_sharing, send_referral
from tests.support.town_desk import TownDesk

pytestmark = pytest.mark.slow

LETTER = {"door": "letter", "evidence": "Surat 12/2026"}


@pytest.fixture
def letters(town):
    """A way to write an answer down, and to see how the referral stands then."""
    at, item_id = a_case_with_an_item(town)
    allow_sharing(town, at, "psikolog-b")
    referral = send_referral(town, at, item_id, "psikolog-b")
    town.deliver()
    page = f"/kasus/{at.rsplit('/', 1)[1]}/rujukan/{referral['id']}"
    desk = TownDesk(town, "manajer")
    asked = town.line("manajer", Publisher.REFERRAL)

    def write(move, **typed):
        answer = desk.press(f"{page}/jawaban", move=move, **(LETTER | typed))
        assert answer.status_code == 303, answer.text
        town.deliver()
        found = asked.get(f"{REFERRAL}/referrals/{referral['id']}")
        return found["standing"], found.get("business_state")

    return desk, f"{page}/jawaban", write


def test_a_partner_without_a_system_can_do_the_whole_work_by_letter(letters):
    desk, form, write = letters
    assert write("ask_information", note="Perlu juru bahasa?")[1] == "awaiting-information"
    assert 'value="ask_information"' not in desk.open(form), "it has asked already"
    assert write("accept") == ("accepted", None)
    appointment = now_in_parts("appointment_at") | {"appointment_at-year": "2090"}
    assert write("schedule", **appointment) == ("in-progress", "scheduled")
    assert write("record_no_show") == ("in-progress", "no-show")
    assert write("report_progress", sessions_done="2") == ("in-progress", "under-way")
    held = write("hold", waiting_for="waiting-person", note="Belum dapat dihubungi")
    assert held == ("on-hold", "waiting-person")
    assert write("resume") == ("in-progress", "under-way")
    done = write("complete", result="given", sessions_done="4", note="Selesai sesuai rencana")
    assert done == ("completed", None)
    assert write("add_result", note="Surat keterangan menyusul") == ("completed", None)


def test_an_answer_by_letter_needs_what_shows_it_and_what_belongs_to_it(letters):
    desk, form, write = letters
    bare = desk.press(form, move="accept", door="letter", evidence="")
    assert bare.status_code == 422
    assert desk.press(form, move="ask_information", **LETTER).status_code == 422
    write("accept")

    refused = desk.press(form, move="resume", note="Mulai lagi.", **LETTER)

    assert refused.status_code == 409
    assert "govuk-warning-text" in refused.text
    assert "Mulai lagi." in refused.text, "nothing is lost"
