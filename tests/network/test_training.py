"""The training that ``make demo`` begins with: five scenarios, the first to its adequacy loop."""

from collections import Counter
from dataclasses import replace

import pytest

from deploy.standalone.seed.openings import open_scenarios
from deploy.standalone.seed.sign_ins import renew, told
from shared.contracts.event import Publisher
from tests.support.journey import INTAKE, MONITORING, REFERRAL
from tests.support.network import a_town
from tests.support.oracle import examine

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def training(tmp_path_factory):
    with a_town(tmp_path_factory.mktemp("training") / "data") as town:
        open_scenarios(town.network, town.cast)
        town.deliver()
        yield town


def mawar_of(town):
    cases = town.line("manajer", Publisher.INTAKE).get(f"{INTAKE}/cases", limit="50")
    return next(case for case in cases if case["class_reported"] == "KTP")


def deadlines_of(town, case_id):
    line = town.line("manajer", Publisher.MONITORING)
    return line.get(f"{MONITORING}/deadlines", case_id=case_id, limit="100")["items"]


def test_there_is_one_case_of_each_of_the_five_classes(training):
    cases = training.line("manajer", Publisher.INTAKE).get(f"{INTAKE}/cases", limit="50")

    assert Counter(case["class_reported"] for case in cases) == Counter(
        ["KTP", "KTA", "TPPO", "ABH", "PUA"]
    )


def test_ibu_mawar_stands_in_her_adequacy_loop(training):
    case = mawar_of(training)

    assert case["stage"] == "MONITORING"
    assert case["risk"] == "TINGGI", "one person alone never lowers it"
    assert case["reassessment_id"] is not None
    line = training.line("manajer", Publisher.INTAKE)
    (open_one,) = line.get(f"{INTAKE}/cases/{case['id']}/reassessments")
    assert (open_one["rule"], open_one["cause_judged"]) == ("R1", "PENYAMPAIAN")
    assert open_one["answered_at"] is None


def test_her_therapy_was_refused_by_the_first_and_taken_by_the_second(training):
    case = mawar_of(training)
    line = training.line("manajer", Publisher.REFERRAL)
    sent = line.get(f"{REFERRAL}/referrals", case_id=case["id"], limit="50")["items"]
    therapy = sorted(
        (one for one in sent if one["service"] == "PSI_TERAPI"), key=lambda one: one["requested_at"]
    )

    assert [one["standing"] for one in therapy] == ["rejected", "in-progress"]
    assert therapy[0]["reason"] == "AT_CAPACITY"
    assert therapy[1]["previous_referral_id"] == therapy[0]["id"]
    assert therapy[1]["sessions_done"] == 2


def test_her_clocks_are_those_of_the_oracle(training):
    rules = {row["rule"] for row in deadlines_of(training, mawar_of(training)["id"])}

    assert "T01" in rules, "great danger: a first response at once"
    assert "T08" not in rules, "no sexual act, so no duty to report to the police"


def test_the_childs_case_sets_the_clock_of_the_law(training):
    cases = training.line("manajer", Publisher.INTAKE).get(f"{INTAKE}/cases", limit="50")
    child = next(case for case in cases if case["class_reported"] == "KTA")

    (duty,) = (row for row in deadlines_of(training, child["id"]) if row["rule"] == "T08")
    assert duty["due_at"] == "2026-04-19T05:20:00+00:00", "three days round the clock, Sunday 13.20"


def test_every_event_of_it_arrived_once_and_in_order(training):
    found = examine(training.network)

    assert not any(vars(found).values()), found


def test_the_sign_ins_are_new_each_time(training):
    first = renew(training.network, training.cast)
    second = renew(training.network, replace(training.cast, codes={}))

    assert {one.sign_in for one in first} == {one.sign_in for one in second}
    assert not {one.password for one in first} & {one.password for one in second}
    assert all(one.password in "\n".join(told(second)) for one in second)
