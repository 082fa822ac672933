"""Change a limit of a deadline rule, for deadlines that begin from now on."""

from datetime import timedelta

from services.monitoring.domain.rules import AppliesIf, Limit, Rule, Rules
from services.monitoring.storage import finding
from services.monitoring.storage.work import Work
from shared.contracts.monitoring import DeadlineRule
from shared.errors import NotFound
from shared.identifiers import new_id
from shared.security.actor import Actor


def set_limit(
    work: Work, actor: Actor, rule: DeadlineRule, applies_if: AppliesIf, *, limit_seconds: int
) -> Rule:
    """Set the unit's own limit; raise NotFound, StatuteStands, LimitNamedElsewhere or Invalid."""
    if actor.org is None:
        raise NotFound
    Rules.of().get(rule, applies_if).limited_to(timedelta(seconds=limit_seconds))
    own = finding.limit_of(work, actor.org, rule, applies_if)
    now = work.clock.now(actor.org)
    if own is None:
        own = work.limits.add(
            Limit(
                id=new_id(),
                unit_id=actor.org,
                rule=rule,
                applies_if=applies_if,
                limit_seconds=limit_seconds,
                set_by=actor.id,
                set_at=now,
            )
        )
    else:
        own.limit_seconds, own.set_by, own.set_at = limit_seconds, actor.id, now
        work.limits.save(own)
    work.audit.wrote(actor, "set limit", "limit", [own.id])
    return finding.rules_of(work, actor.org).get(rule, applies_if)
