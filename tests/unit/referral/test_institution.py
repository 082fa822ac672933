"""The directory's rules."""

from datetime import timedelta

import pytest

from services.referral.domain.institution import (
    Institution,
    InstitutionStanding,
    InstitutionSuspended,
    ServiceNotExact,
    ServiceNotOffered,
    offering,
)
from shared.contracts.vocabulary import InstitutionKind, Service
from shared.identifiers import new_id


def an_institution(**facts) -> Institution:
    usual = {
        "id": new_id(),
        "kind": InstitutionKind.PSIKOLOG,
        "name": "Psikolog Latihan A",
        "services": frozenset({Service.PSI_TERAPI}),
    }
    return Institution(**(usual | facts))


def test_it_is_referred_to_only_for_what_it_gives_while_it_takes_part():
    institution = an_institution()
    institution.check_gives(Service.PSI_TERAPI)
    with pytest.raises(ServiceNotOffered):
        institution.check_gives(Service.PSI_PERIKSA)
    with pytest.raises(ServiceNotExact):
        institution.check_gives(Service.PSI)
    institution.standing = InstitutionStanding.SUSPENDED
    with pytest.raises(InstitutionSuspended):
        institution.check_gives(Service.PSI_TERAPI)


def test_the_search_finds_a_service_by_itself_or_by_its_field():
    here = an_institution(name="b")
    other = an_institution(name="A", services=frozenset({Service.PSI_PERIKSA}))
    hidden = [
        an_institution(standing=InstitutionStanding.SUSPENDED),
        an_institution(name=None),
        an_institution(services=frozenset()),
    ]
    everyone = [here, other, *hidden]
    assert offering(everyone, Service.PSI_TERAPI) == [here]
    assert offering(everyone, Service.PSI) == [other, here]
    assert offering(everyone, None) == [other, here]
    assert offering(everyone, Service.MED) == []


def test_its_own_limits_take_the_place_of_the_usual_ones():
    institution = an_institution(limits={"PSI_TERAPI": {"accept": 6, "serve": None}})
    agreed = institution.limit_for(Service.PSI_TERAPI)
    assert (agreed.accept, agreed.serve) == (timedelta(hours=6), timedelta(days=7))
    assert agreed.source == "agreement"
    assert institution.limit_for(Service.PSI_PERIKSA) is None
