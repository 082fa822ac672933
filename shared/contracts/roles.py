"""Who people and machines are in the network (CL35, and the roles the design adds)."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody does here; one person may hold several."""

    PETUGAS_PENGADUAN = "PETUGAS_PENGADUAN"
    """Complaint officer: guest book, reports, consent, screening."""
    PENDAMPING = "PENDAMPING"
    """Case companion."""
    MANAJER_KASUS = "MANAJER_KASUS"
    """Case manager: owns the case, its plan, its monitoring."""
    SUPERVISOR = "SUPERVISOR"
    """Supervisor (a social worker): the second pair of eyes."""
    KEPALA_UPTD = "KEPALA_UPTD"
    """Head of the unit."""
    ADMIN_DATA = "ADMIN_DATA"
    """Data clerk."""
    TENAGA_AHLI = "TENAGA_AHLI"
    """Retained expert of the unit."""
    SATGAS = "SATGAS"
    """Kelurahan task force or agent: files reports, reads nothing."""
    AUDITOR = "AUDITOR"
    """Reads aggregates and the audit trail, no case content."""
    KEPALA_DINAS = "KEPALA_DINAS"
    """Head of the department above the unit: aggregates and approvals."""
    TITIK_FOKUS = "TITIK_FOKUS"
    """Focal point for misconduct by staff or partners."""
    ADMIN_SISTEM = "ADMIN_SISTEM"
    """System administrator: people, institutions, keys; no case content."""
    PEKERJA_MITRA = "PEKERJA_MITRA"
    """Somebody who works at a partner."""
    KOORDINATOR_MITRA = "KOORDINATOR_MITRA"
    """The one who answers for a partner's people and capacity."""
    MESIN_MITRA = "MESIN_MITRA"
    """A partner's own system."""
    LAYANAN = "LAYANAN"
    """One of the four services, acting for nobody."""


#: Roles of the people of a unit (the staff workspace lets these in).
STAFF: Final = frozenset(
    {
        Role.PETUGAS_PENGADUAN,
        Role.PENDAMPING,
        Role.MANAJER_KASUS,
        Role.SUPERVISOR,
        Role.KEPALA_UPTD,
        Role.ADMIN_DATA,
        Role.TENAGA_AHLI,
    }
)

#: Roles of partners (the portal and the partner API let these in).
PARTNERS: Final = frozenset({Role.PEKERJA_MITRA, Role.KOORDINATOR_MITRA, Role.MESIN_MITRA})
