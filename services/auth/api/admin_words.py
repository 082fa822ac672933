"""The words for roles and standings on the administrator's pages."""

from collections.abc import Mapping
from typing import Final

from services.auth.domain.person import Standing
from services.auth.domain.roles import roles_of
from shared.contracts.roles import Role
from shared.contracts.validation import worded
from shared.contracts.vocabulary import InstitutionKind
from shared.web.labels import label
from shared.web.language import say

_ADDED: Final[Mapping[Role, str]] = {
    Role.KEPALA_DINAS: worded("Kepala dinas"),
    Role.TITIK_FOKUS: worded("Titik fokus pelanggaran petugas"),
    Role.ADMIN_SISTEM: worded("Administrator sistem"),
    Role.PEKERJA_MITRA: worded("Petugas lembaga mitra"),
    Role.KOORDINATOR_MITRA: worded("Koordinator lembaga mitra"),
}
STANDING_WORDS: Final[Mapping[Standing, str]] = {
    Standing.INVITED: worded("Diundang, belum masuk"),
    Standing.ACTIVE: worded("Aktif"),
    Standing.STOPPED: worded("Dihentikan"),
}


def role_words(role: Role) -> str:
    """Return the words for a role: those of CL35, or ours for a role the design adds."""
    return say(_ADDED[role]) if role in _ADDED else label("CL35", role.value)


def roles_for(kind: InstitutionKind) -> list[Role]:
    """Return the roles that people of such an institution may have, in a stable order."""
    allowed = roles_of(kind)
    return [role for role in Role if role in allowed]
