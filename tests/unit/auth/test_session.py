from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.auth.domain.grants import (
    ResourceUnknown,
    ScopeUnknown,
    granted,
    resource_of,
    scopes_asked,
    service_of,
)
from services.auth.domain.session import LIMITS, EndedBy, Session
from services.auth.domain.sign_in import SignIn
from services.auth.domain.signing import SigningKey, Standing, rotation_due
from shared.contracts.auth import AccessOf
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.contracts.scopes import AUDIENCE, GRANTED, Scope
from shared.identifiers import new_id

AT = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
STAFF = LIMITS["staff-web"]


def a_session() -> Session:
    return Session.open(
        new_id(),
        person_id=new_id(),
        machine_id=new_id(),
        asked=frozenset(),
        limits=STAFF,
        at=AT,
    )


def test_the_limits_are_those_that_were_decided() -> None:
    portal = LIMITS["partner-portal"]
    assert (STAFF.whole, STAFF.idle) == (timedelta(hours=10), timedelta(minutes=30))
    assert (portal.whole, portal.idle) == (timedelta(hours=8), timedelta(minutes=15))


@given(st.lists(st.integers(1, 3600), max_size=80))
def test_a_session_never_outlives_its_day_nor_a_long_rest(pauses: list[int]) -> None:
    session, at = a_session(), AT
    for pause in pauses:
        at += timedelta(seconds=pause)
        alive = timedelta(seconds=pause) < STAFF.idle and at < AT + STAFF.whole
        assert session.good(at=at) is alive
        if not alive:
            return
        session.used(limits=STAFF, at=at)


def test_an_ended_session_is_never_good_again_and_keeps_its_first_reason() -> None:
    session = a_session()

    told = session.end(EndedBy.REUSE, at=AT)
    session.end(EndedBy.SIGN_OUT, at=AT + timedelta(seconds=1))

    assert (told.subject_kind, told.subject_id) == (AccessOf.SESSION, session.id)
    assert session.ended_by is EndedBy.REUSE
    assert not session.good(at=AT)


@given(
    st.sets(st.sampled_from(Role), min_size=1),
    st.sampled_from(Publisher),
    st.sets(st.sampled_from(Scope)),
)
def test_a_token_carries_only_what_is_granted_owned_and_asked(
    roles: set[Role], audience: Publisher, asked: set[Scope]
) -> None:
    try:
        scopes = granted(roles, audience=audience, asked=frozenset(asked))
    except ScopeUnknown:
        assert asked & AUDIENCE[audience]
        return
    assert scopes <= AUDIENCE[audience]
    assert scopes <= frozenset[Scope]().union(*(GRANTED[role] for role in roles))
    assert not asked or scopes <= asked


def test_an_administrator_gets_no_scope_of_a_case_anywhere() -> None:
    held = {s for p in Publisher for s in granted({Role.ADMIN_SISTEM}, audience=p)}
    assert not held & {Scope.CASE_READ, Scope.CASE_WRITE, Scope.REPORT_READ, Scope.REFERRAL_READ}


def test_a_scope_or_resource_nobody_knows_is_refused() -> None:
    assert service_of(resource_of(Publisher.INTAKE)) is Publisher.INTAKE
    for resource in (
        "",
        "intake",
        "urn:rajut:",
        "urn:rajut:bank",
        "urn:rajut:intake urn:rajut:auth",
    ):
        with pytest.raises(ResourceUnknown):
            service_of(resource)
    with pytest.raises(ScopeUnknown):
        scopes_asked("case:read everything")
    assert scopes_asked(None) == frozenset()


def test_a_sign_in_ends_after_ten_minutes_or_five_wrong_codes() -> None:
    sign_in = SignIn(
        id=new_id(), cookie_digest="c", request_digest="r", person_id=new_id(), begun_at=AT
    )

    assert sign_in.open(at=AT + timedelta(minutes=10))
    assert not sign_in.open(at=AT + timedelta(minutes=10, seconds=1))
    for _ in range(5):
        assert sign_in.open(at=AT)
        sign_in.wrong()
    assert not sign_in.open(at=AT)


def a_key(standing: Standing, *, days: float) -> SigningKey:
    then = AT - timedelta(days=days)
    return SigningKey(
        id=new_id(), kid="k", public={}, private="", standing=standing, made_at=then, since=then
    )


@pytest.mark.parametrize(
    ("current", "following", "due"),
    [(89.9, 89.9, False), (90, 1, True), (90, 0.9, False), (200, 2, True)],
)
def test_a_key_signs_ninety_days_and_its_follower_is_shown_a_day_before(
    current: float, following: float, due: bool
) -> None:
    keys = [a_key(Standing.CURRENT, days=current), a_key(Standing.NEXT, days=following)]
    assert rotation_due(keys, at=AT) is due


def test_without_a_key_one_is_due_and_an_old_one_is_believed_until_its_tokens_are_over() -> None:
    old = a_key(Standing.CURRENT, days=90)
    assert rotation_due([], at=AT)

    old.retire(at=AT)

    assert not old.over(at=AT + timedelta(minutes=5))
    assert old.over(at=AT + timedelta(hours=2))
