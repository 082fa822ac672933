"""Which roles may stand together, where, and which need a second factor."""

from typing import Final

from shared.contracts.roles import PARTNERS, STAFF, Role
from shared.contracts.validation import worded
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import Invalid

#: No person is one of these.
_MACHINES: Final = frozenset({Role.MESIN_MITRA, Role.LAYANAN})
_PARTNER_PEOPLE: Final = PARTNERS - _MACHINES
_UNIT_PEOPLE: Final = frozenset(Role) - PARTNERS - _MACHINES

#: Who reads nothing needs no second factor: an agent of the kelurahan only files reports.
_WITHOUT_SECOND_FACTOR: Final = frozenset({Role.SATGAS})


def roles_of(kind: InstitutionKind) -> frozenset[Role]:
    """Return the roles that people of such an institution may have."""
    return _UNIT_PEOPLE if kind is InstitutionKind.UPTD_PPA else _PARTNER_PEOPLE


def check_roles(roles: frozenset[Role], *, kind: InstitutionKind) -> None:
    """Raise Invalid when the roles do not fit together or the kind of institution."""
    allowed = roles_of(kind)
    if not roles:
        raise Invalid(fields={"roles": [worded("Pilih sedikitnya satu peran.")]})
    if roles - allowed:
        raise Invalid(fields={"roles": [worded("Peran ini tidak ada pada lembaga itu.")]})
    # DESIGN 5: a system administrator reads no case content, not even by another hat.
    if Role.ADMIN_SISTEM in roles and roles & (STAFF | {Role.SATGAS}):
        raise Invalid(
            fields={"roles": [worded("Administrator sistem tidak boleh menangani kasus.")]}
        )


def second_factor_needed(roles: frozenset[Role]) -> bool:
    """Tell whether somebody with these roles must show a code besides the password."""
    return bool(roles - _WITHOUT_SECOND_FACTOR)
