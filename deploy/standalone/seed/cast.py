"""Who takes part in the training: a unit, its people, and the partners of the five scenarios."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from deploy.standalone.network import Network
from services.auth.actions.institutions import register_institution
from services.auth.actions.people import invite_person
from services.auth.domain.person import Newcomer
from services.auth.storage.work import Work, begin
from services.intake.actions.units import open_unit
from services.intake.storage.work import begin as begin_intake
from shared.clock import now
from shared.contracts.event import Publisher
from shared.contracts.protection import UnitKind
from shared.contracts.roles import Role
from shared.contracts.vocabulary import InstitutionKind

_UNIT: Final = "UPTD PPA Latihan"

#: Institution of the training: its name and its kind. The names say that they are made up.
INSTITUTIONS: Final[Mapping[str, tuple[str, InstitutionKind]]] = {
    "uptd": (_UNIT, InstitutionKind.UPTD_PPA),
    "rs": ("RS Latihan", InstitutionKind.RS),
    "polres": ("Unit PPA Latihan", InstitutionKind.POLRES_PPA),
    "psikolog-a": ("Psikolog Latihan A", InstitutionKind.PSIKOLOG),
    "psikolog-b": ("Psikolog Latihan B", InstitutionKind.PSIKOLOG),
    "advokat": ("Advokat Latihan", InstitutionKind.ADVOKAT),
    "rumah-aman": ("Rumah Aman Latihan", InstitutionKind.RUMAH_AMAN),
    "lksa": ("LKSA Latihan", InstitutionKind.LKSA),
    "bp3mi": ("BP3MI Latihan", InstitutionKind.BP3MI),
}

#: Sign-in name: institution, what she is called, her roles.
PEOPLE: Final[Mapping[str, tuple[str, str, frozenset[Role]]]] = {
    "admin": ("uptd", "Admin Latihan", frozenset({Role.ADMIN_SISTEM})),
    "petugas": ("uptd", "Petugas Latihan", frozenset({Role.PETUGAS_PENGADUAN})),
    "manajer": ("uptd", "Manajer Latihan", frozenset({Role.MANAJER_KASUS})),
    "supervisor": ("uptd", "Supervisor Latihan", frozenset({Role.SUPERVISOR})),
    "kepala": ("uptd", "Kepala Latihan", frozenset({Role.KEPALA_UPTD})),
    "dokter": ("rs", "Dokter Latihan", frozenset({Role.KOORDINATOR_MITRA})),
    "kanit": ("polres", "Kanit Latihan", frozenset({Role.KOORDINATOR_MITRA})),
    "psikolog-a": ("psikolog-a", "Psikolog Latihan A", frozenset({Role.PEKERJA_MITRA})),
    "psikolog-b": ("psikolog-b", "Psikolog Latihan B", frozenset({Role.PEKERJA_MITRA})),
    "advokat": ("advokat", "Advokat Latihan", frozenset({Role.PEKERJA_MITRA})),
    "rumah-aman": ("rumah-aman", "Pengasuh Latihan", frozenset({Role.PEKERJA_MITRA})),
}


@dataclass(frozen=True)
class Cast:
    """The identifiers of the institutions by key, and of the people by sign-in name."""

    institutions: Mapping[str, UUID]
    people: Mapping[str, UUID]
    codes: Mapping[str, str] = field(default_factory=dict)
    """Invitations of those who were made just now, by sign-in name."""

    @property
    def unit_id(self) -> UUID:
        """The training unit."""
        return self.institutions["uptd"]


def call_together(network: Network) -> tuple[Cast, bool]:
    """Return the cast, made when it is not there yet, and whether it was made just now."""
    with begin(network.parts[Publisher.AUTH].ground) as work:
        there = _found(work)
        if there is not None:
            return there, False
        made = _make(work, now())
    # Before intake hears of the institution: a unit it does not know yet would open as a real one.
    with begin_intake(network.parts[Publisher.INTAKE].ground) as intake:
        open_unit(intake, made.unit_id, UnitKind.TRAINING, at=now())
    network.deliver()
    return made, True


def _found(work: Work) -> Cast | None:
    named = {one.name: one.id for one in work.institutions.find()}
    if _UNIT not in named:
        return None
    people = {person.sign_in: person.id for person in work.people.find()}
    institutions = {key: named[name] for key, (name, _) in INSTITUTIONS.items()}
    return Cast(institutions, {sign_in: people[sign_in] for sign_in in PEOPLE})


def _make(work: Work, at: datetime) -> Cast:
    institutions = {
        key: register_institution(work, None, kind=kind, name=name, at=at).id
        for key, (name, kind) in INSTITUTIONS.items()
    }
    invited = {
        sign_in: invite_person(
            work,
            None,
            institution_id=institutions[key],
            newcomer=Newcomer(name=name, sign_in=sign_in, roles=roles),
            at=at,
        )
        for sign_in, (key, name, roles) in PEOPLE.items()
    }
    people = {sign_in: person.id for sign_in, (person, _) in invited.items()}
    return Cast(institutions, people, {sign_in: code for sign_in, (_, code) in invited.items()})
