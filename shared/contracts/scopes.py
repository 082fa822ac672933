"""OAuth scopes. A route needs all it names, besides a role and the policy on the row."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from shared.contracts.event import Publisher
from shared.contracts.roles import Role


class Scope(StrEnum):
    """What a token is good for; ``<thing>:<verb>``, one owner each."""

    REPORT_WRITE = "report:write"
    """Write the guest book and reports."""
    REPORT_READ = "report:read"
    """Read the unit's reports."""
    CASE_READ = "case:read"
    """Read cases one may see."""
    CASE_WRITE = "case:write"
    """Fill in the forms of a case and move it on."""
    CASE_MANAGE = "case:manage"
    """Assign, agree plans, reopen, close."""
    CONSENT_RECORD = "consent:record"
    """Record what a person allows, and its withdrawal."""
    UNIT_SET = "unit:set"
    """Change the settings of a unit."""
    REFERRAL_SEND = "referral:send"
    """Make the unit's moves on its referrals."""
    REFERRAL_READ = "referral:read"
    """Read the referrals one sent or received."""
    REFERRAL_RESPOND = "referral:respond"
    """Make the partner's moves on referrals to one's institution."""
    DIRECTORY_READ = "directory:read"
    """Search the partner directory."""
    DIRECTORY_WRITE = "directory:write"
    """Keep the partner directory."""
    MONITORING_READ = "monitoring:read"
    """Read timelines, deadlines and tasks."""
    MONITORING_WRITE = "monitoring:write"
    """Write monitoring records and settle tasks."""
    CALENDAR_WRITE = "calendar:write"
    """Keep holidays and office hours."""
    PERSON_MANAGE = "person:manage"
    """Enrol, change and stop people."""
    PERSON_LIST = "person:list"
    """Read the names of the people of one's own institution."""
    INSTITUTION_MANAGE = "institution:manage"
    """Register and suspend institutions."""
    MACHINE_MANAGE = "machine:manage"
    """Register the OAuth clients of institutions and their keys."""
    SESSION_REVOKE = "session:revoke"
    """End sessions and tokens of others."""
    AUDIT_READ = "audit:read"
    """Read the audit trail."""


#: The service that owns each scope: a token for that audience carries it.
AUDIENCE: Final[Mapping[Publisher, frozenset[Scope]]] = {
    Publisher.INTAKE: frozenset(
        {
            Scope.REPORT_WRITE,
            Scope.REPORT_READ,
            Scope.CASE_READ,
            Scope.CASE_WRITE,
            Scope.CASE_MANAGE,
            Scope.CONSENT_RECORD,
            Scope.UNIT_SET,
            Scope.AUDIT_READ,
        }
    ),
    Publisher.REFERRAL: frozenset(
        {
            Scope.REFERRAL_SEND,
            Scope.REFERRAL_READ,
            Scope.REFERRAL_RESPOND,
            Scope.DIRECTORY_READ,
            Scope.DIRECTORY_WRITE,
            Scope.AUDIT_READ,
        }
    ),
    Publisher.MONITORING: frozenset(
        {
            Scope.MONITORING_READ,
            Scope.MONITORING_WRITE,
            Scope.CALENDAR_WRITE,
            Scope.AUDIT_READ,
        }
    ),
    Publisher.AUTH: frozenset(
        {
            Scope.PERSON_MANAGE,
            Scope.PERSON_LIST,
            Scope.INSTITUTION_MANAGE,
            Scope.MACHINE_MANAGE,
            Scope.SESSION_REVOKE,
            Scope.AUDIT_READ,
        }
    ),
}

_CASEWORK = frozenset(
    {
        Scope.REPORT_WRITE,
        Scope.REPORT_READ,
        Scope.CASE_READ,
        Scope.CASE_WRITE,
        Scope.CONSENT_RECORD,
        Scope.REFERRAL_SEND,
        Scope.REFERRAL_READ,
        Scope.DIRECTORY_READ,
        Scope.MONITORING_READ,
        Scope.PERSON_LIST,
    }
)
_MANAGING = _CASEWORK | {Scope.CASE_MANAGE, Scope.MONITORING_WRITE}

#: What each role may be granted. The token holds what the roles grant and the client asks for.
GRANTED: Final[Mapping[Role, frozenset[Scope]]] = {
    Role.PETUGAS_PENGADUAN: _CASEWORK,
    Role.PENDAMPING: _CASEWORK,
    Role.MANAJER_KASUS: _MANAGING,
    Role.SUPERVISOR: _MANAGING,
    Role.KEPALA_UPTD: _MANAGING
    | {Scope.UNIT_SET, Scope.CALENDAR_WRITE, Scope.DIRECTORY_WRITE, Scope.AUDIT_READ},
    Role.ADMIN_DATA: frozenset({Scope.REPORT_READ, Scope.MONITORING_READ, Scope.DIRECTORY_READ}),
    Role.TENAGA_AHLI: frozenset({Scope.CASE_READ, Scope.CASE_WRITE, Scope.MONITORING_READ}),
    Role.SATGAS: frozenset({Scope.REPORT_WRITE}),
    Role.AUDITOR: frozenset({Scope.AUDIT_READ}),
    Role.KEPALA_DINAS: frozenset({Scope.AUDIT_READ}),
    Role.TITIK_FOKUS: frozenset(),
    Role.ADMIN_SISTEM: frozenset(
        {
            Scope.PERSON_MANAGE,
            Scope.PERSON_LIST,
            Scope.INSTITUTION_MANAGE,
            Scope.MACHINE_MANAGE,
            Scope.SESSION_REVOKE,
            Scope.DIRECTORY_READ,
            Scope.DIRECTORY_WRITE,
            Scope.CALENDAR_WRITE,
            Scope.UNIT_SET,
            Scope.AUDIT_READ,
        }
    ),
    Role.PEKERJA_MITRA: frozenset({Scope.REFERRAL_READ, Scope.REFERRAL_RESPOND}),
    Role.KOORDINATOR_MITRA: frozenset({Scope.REFERRAL_READ, Scope.REFERRAL_RESPOND}),
    Role.MESIN_MITRA: frozenset({Scope.REFERRAL_READ, Scope.REFERRAL_RESPOND}),
    Role.LAYANAN: frozenset({Scope.DIRECTORY_READ, Scope.PERSON_LIST}),
}
