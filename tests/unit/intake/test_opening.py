"""Which answers open which fields is read off the forms themselves."""

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.forms.consent import CONSENT
from services.intake.domain.forms.duty import DUTY
from services.intake.domain.forms.field import Field, Kind, Option, When
from services.intake.domain.forms.looping import CLOSURE
from services.intake.web.opening import asked

SCOPE, METHOD, BASIS = (CONSENT.blocks[0].field(name) for name in ("scope", "method", "basis"))


def opened_by(field, code):
    """Return the names of the fields that an answer of the consent form opens."""
    (group,) = (one for one in asked(CONSENT.blocks[0].fields) if field in one.fields)
    marks = group.marks(field, code).split()
    return [each.name for number, each in enumerate(group.opens, 1) if str(number) in marks]


def test_only_a_consent_for_a_referral_asks_who_receives_what():
    assert opened_by(SCOPE, "RUJUKAN") == ["institution_id", "service", "field_classes"]
    assert opened_by(SCOPE, "LAYANAN") == []


def test_a_witness_is_asked_for_when_it_was_spoken():
    assert opened_by(METHOD, "LISAN_BERSAKSI") == ["witness"]
    assert opened_by(METHOD, "TANDA_TANGAN") == []


def test_every_ground_but_consent_asks_why():
    others = [code for code in BASIS.codes if opened_by(BASIS, code) == ["basis_reason"]]

    assert others == [code for code in BASIS.codes if code != "consent"]


def test_either_of_two_answers_opens_a_field_that_both_may_need():
    only = (Option("X", "x", "x"),)
    views = [Field(f"view_{who}", "P", "V", Kind.CODE, options=only) for who in "ab"]
    either = When("bila x", "when x", lambda block, _: "X" in {block.get(v.name) for v in views})
    cause = Field("cause", "Sebab", "Cause", when=either)

    (group,) = asked([*views, cause])

    assert group.fields == tuple(views)
    assert group.opens == (cause,)
    assert [group.marks(view, "X") for view in views] == ["1", "1"]


@given(st.sampled_from([CONSENT, CLOSURE, DUTY]), st.data())
def test_no_field_is_lost_or_asked_twice(form, data):
    some = data.draw(st.lists(st.sampled_from(form.blocks[0].fields), unique=True))

    shown = [each for group in asked(some) for each in (*group.fields, *group.opens)]

    assert sorted(each.name for each in shown) == sorted(each.name for each in some)
