"""The partners' portal: works without JavaScript, moves once, and shows no more than it may."""

from datetime import timedelta

import pytest

from services.referral.storage.work import begin
from shared.clock import now
from shared.contracts.protection import UnitKind
from shared.contracts.roles import Role
from shared.identifiers import new_id
from shared.web.times import OFFICE
from tests.api.referral.world import CANARY, World, found

TRAINING = "LATIHAN - bukan data nyata"


@pytest.fixture(scope="module")
def portals(tmp_path_factory):
    """One portal for all tests here; each begins anew with its own unit and partners."""
    file = tmp_path_factory.mktemp("portal") / "referral.sqlite3"
    made = World(f"sqlite:///{file}")
    yield made
    made.ground.database.close()


@pytest.fixture
def stranger(portals):
    """A browser that nobody has signed in with."""
    portals.settle()
    return portals


@pytest.fixture
def portal(stranger):
    stranger.sign_in()
    return stranger


def make_training(world) -> None:
    """Let intake tell that the unit only trains."""
    with begin(world.ground) as work:
        work.clock.remember(world.unit, UnitKind.TRAINING, 0)


def code_of(world, referral) -> str:
    return world.as_unit(referral).json["code"]


def a_page(world, **changed) -> tuple[str, str]:
    referral = world.a_referral(**changed)
    return referral, f"/mitra/rujukan/{code_of(world, referral)}"


def tomorrow() -> dict[str, str]:
    day = (now() + timedelta(days=1)).astimezone(OFFICE)
    return {
        "day-day": str(day.day),
        "day-month": str(day.month),
        "day-year": str(day.year),
        "clock": "09.30",
    }


def test_who_is_not_signed_in_is_sent_there_and_comes_back(stranger):
    answer = stranger.open("/j/R-7KQ2M4X3")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/mitra/masuk?ke=%2Fj%2FR-7KQ2M4X3"


def test_the_desk_shows_what_is_to_do_and_sees_nothing(portal):
    referral, page = a_page(portal)
    desk = portal.open("/mitra/tugas")

    assert desk.status_code == 200
    assert page in desk.text
    assert CANARY not in desk.text
    assert portal.as_unit(referral).json["first_seen_at"] is None
    assert page not in portal.open("/mitra/tugas?lihat=selesai").text


def test_one_referral_is_pseudonymous_before_acceptance_and_titles_say_nothing(portal):
    referral, page = a_page(portal)
    shown = portal.open(page)

    assert "Apakah terapi trauma sesuai?" in shown.text
    assert CANARY not in shown.text
    assert portal.as_unit(referral).json["first_seen_at"]
    assert "<title>Layanan mitra - RAJUT</title>" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"


def test_accepting_shows_who_it_is_and_tells_that_the_unit_knows(portal):
    referral, page = a_page(portal)
    answer = portal.press(f"{page}/jawab", page, answer="terima")

    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    shown = portal.open(page).text
    assert "UPTD sudah diberi tahu" in shown
    assert CANARY in shown
    assert portal.as_unit(referral).json["standing"] == "accepted"
    assert portal.history(referral)[-1]["door"] == "portal"
    assert "UPTD sudah diberi tahu" not in portal.open(page).text


def test_a_double_tap_sends_once(portal):
    _referral, page = a_page(portal)
    shown = portal.open(page).text
    form = {"_csrf": found(shown, "_csrf"), "_once": found(shown, "_once"), "answer": "terima"}
    answers = [portal.web.post(f"{page}/jawab", data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert "UPTD sudah diberi tahu" in portal.open(page).text
    assert portal.topics().count("referral.accepted") == 1


def test_a_form_without_its_token_moves_nothing(portal):
    referral, page = a_page(portal)
    assert portal.web.post(f"{page}/jawab", data={"answer": "terima"}).status_code == 403
    assert portal.as_unit(referral).json["standing"] == "requested"


def test_refusing_needs_a_reason_and_keeps_what_was_typed(portal):
    referral, page = a_page(portal)
    leads = portal.press(f"{page}/jawab", page, answer="tolak")
    assert leads.headers["Location"] == f"{page}/tolak"

    wrong = portal.press(f"{page}/tolak", note="Sedang penuh")
    assert wrong.status_code == 422
    assert "Sedang penuh" in wrong.text
    assert 'href="#reason"' in wrong.text
    assert "EXPIRED" not in wrong.text
    other = portal.press(f"{page}/tolak", reason="OTHER", note="")
    assert other.status_code == 422

    done = portal.press(
        f"{page}/tolak",
        reason="AT_CAPACITY",
        suggested_institution_id=str(portal.other),
    )

    assert done.status_code == 303
    sent = portal.as_unit(referral).json
    assert (sent["standing"], sent["suggested_institution_id"]) == ("rejected", str(portal.other))


def test_asking_first(portal):
    referral, page = a_page(portal)
    portal.press(f"{page}/tanya", note="Apakah sudah ada surat?")
    assert portal.as_unit(referral).json["business_state"] == "awaiting-information"
    assert "menunggu jawaban UPTD" in portal.open(page).text


def test_an_appointment_a_session_and_the_end(portal):
    referral, page = a_page(portal)
    portal.press(f"{page}/jawab", page, answer="terima")
    assert portal.press(f"{page}/janji", **tomorrow() | {"clock": "25.00"}).status_code == 422
    past = {"day-day": "1", "day-month": "1", "day-year": "2020", "clock": "09.30"}
    assert "sudah lewat" in portal.press(f"{page}/janji", **past).text
    assert portal.press(f"{page}/janji", **tomorrow()).status_code == 303
    assert portal.as_unit(referral).json["business_state"] == "scheduled"

    assert portal.press(f"{page}/sesi", came="ya", note="x" * 301).status_code == 422
    named = portal.press(f"{page}/sesi", came="ya", note=f"{CANARY} hadir")
    assert named.status_code == 422
    assert "tanpa nama" in named.text
    assert portal.press(f"{page}/sesi", came="ya", note="Hadir", **tomorrow()).status_code == 303
    assert portal.press(f"{page}/sesi", came="tidak", **tomorrow()).status_code == 303
    missed = portal.as_unit(referral).json
    assert (missed["business_state"], missed["sessions_done"]) == ("scheduled", 1)

    assert portal.press(f"{page}/selesai", result="given").status_code == 422
    assert portal.press(f"{page}/selesai", result="given", note="Membaik").status_code == 303
    assert portal.as_unit(referral).json["standing"] == "completed"
    assert portal.press(f"{page}/hasil", note="Surat menyusul").status_code == 303


def test_pausing_resuming_and_failing(portal):
    referral, page = a_page(portal)
    portal.press(f"{page}/jawab", page, answer="terima")
    assert portal.press(f"{page}/daftar-tunggu").status_code == 303
    portal.press(f"{page}/sesi", came="ya")
    portal.press(f"{page}/tunda", waiting_for="waiting-person", note="Sedang bepergian")
    assert portal.as_unit(referral).json["standing"] == "on-hold"
    portal.press(f"{page}/lanjut")
    portal.press(f"{page}/gagal", reason="CLIENT_UNREACHABLE")
    assert portal.as_unit(referral).json["standing"] == "failed"


def test_the_units_wish_to_cancel_is_answered(portal):
    referral, page = a_page(portal)
    portal.press(f"{page}/jawab", page, answer="terima")
    portal.press(f"{page}/sesi", came="ya")
    portal.unit_does(referral, "cancellation-request", {"reason": "CLIENT_DECLINED"})
    assert "UPTD minta dihentikan" in portal.open(page).text
    portal.press(f"{page}/batal", answer="berhenti")
    assert portal.as_unit(referral).json["standing"] == "cancelled"


def test_a_stop_is_acknowledged_and_the_person_is_gone_from_the_page(portal):
    referral, page = a_page(portal)
    portal.press(f"{page}/jawab", page, answer="terima")
    portal.withdraw()
    shown = portal.open(page).text

    assert "Hentikan layanan" in shown
    assert CANARY not in shown
    assert page in portal.open("/mitra/tugas").text
    portal.press(f"{page}/berhenti")
    assert portal.as_unit(referral).json["stop_outstanding"] is False
    assert page not in portal.open("/mitra/tugas").text


def test_an_answer_recorded_by_an_officer_may_be_contested(portal):
    referral, page = a_page(portal)
    body = {"move": "accept", "door": "phone", "evidence": "Telepon 10.15"}
    portal.unit_does(referral, "recorded-answer", body)
    assert f"{page}/sanggah" in portal.open(page).text
    portal.press(f"{page}/sanggah", note="Bukan dari kami")
    assert portal.topics()[-1] == "referral.answer_contested"


def test_a_move_that_came_too_late_is_told_and_changes_nothing(portal):
    referral, page = a_page(portal)
    shown = portal.open(page).text
    portal.unit_does(referral, "cancellation", {"reason": "NEED_CHANGED"})
    before = portal.everything()
    form = {"_csrf": found(shown, "_csrf"), "_once": "k", "answer": "terima"}
    answer = portal.web.post(f"{page}/jawab", data=form)

    assert answer.status_code == 303
    assert portal.everything() == before
    assert "sudah berubah" in portal.open(page).text


def test_a_form_that_no_longer_fits_leads_back_to_the_referral(portal):
    _, page = a_page(portal)
    answer = portal.open(f"{page}/selesai")
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert "sudah berubah" in portal.open(page).text


def test_somebody_elses_referral_and_a_code_that_is_none_are_not_found(stranger):
    _, page = a_page(stranger)
    stranger.sign_in(org=stranger.other)
    assert stranger.open(page).status_code == 404
    assert stranger.press(f"{page}/tanya", "/mitra/tugas", note="x").status_code == 404
    assert stranger.open("/mitra/rujukan/R-AAAAAAAA").status_code == 404
    assert stranger.open("/j/apa-saja").status_code == 404


def test_the_code_on_a_letter_leads_to_its_referral_however_it_is_typed(portal):
    _, page = a_page(portal)
    code = page.rpartition("/")[2]
    assert portal.open(f"/j/{code.lower()}").headers["Location"] == page


def test_a_machine_and_the_staff_have_other_doors(stranger):
    stranger.sign_in(role=Role.MESIN_MITRA)
    assert stranger.open("/mitra/tugas").status_code == 403
    stranger.sign_in(role=Role.MANAJER_KASUS)
    assert stranger.open("/mitra/tugas").status_code == 403


def test_leaving_in_a_hurry_ends_the_visit(portal):
    assert portal.open("/mitra/keluar-cepat").status_code == 303
    assert portal.open("/mitra/tugas").status_code == 303


def test_every_page_reads_in_english_too(portal):
    _, page = a_page(portal)
    for path in ("/mitra/tugas", page, f"{page}/tolak", f"{page}/tanya", f"{page}/jawab"):
        shown = portal.open(f"{path}?bahasa=en").text
        assert 'lang="en"' in shown
        assert "Kirim jawaban" not in shown
        assert "Tugas saya" not in shown


def test_a_partner_that_only_trains_is_told_so_on_every_page(portal):
    _, page = a_page(portal)
    assert TRAINING not in portal.open(page).text

    make_training(portal)

    assert TRAINING in portal.open(page).text
    assert TRAINING in portal.open(f"{page}/tolak").text
    assert TRAINING in portal.open("/mitra/tugas").text


def test_training_beside_real_work_is_told_where_it_is_training(portal):
    _, real = a_page(portal)
    portal.unit, portal.case, portal.consent = new_id(), new_id(), new_id()
    make_training(portal)
    portal.give_consent()
    _, trained = a_page(portal)

    assert TRAINING in portal.open(trained).text
    assert TRAINING not in portal.open(real).text
    assert TRAINING not in portal.open("/mitra/tugas").text


def test_the_header_says_whose_portal_it_is(portal):
    assert "Psikolog Latihan A" in portal.open("/mitra/tugas").text
