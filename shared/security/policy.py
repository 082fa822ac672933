"""Policies: who may use a route at all. Which rows they see is a predicate in the SQL."""

from dataclasses import dataclass

from shared.contracts.roles import Role


@dataclass(frozen=True)
class Policy:
    """A named rule: one of ``roles`` is needed; ``says`` tells in one sentence why."""

    name: str
    says: str
    roles: frozenset[Role]
