"""``rajut parked``: events that a service gave up on are listed, tried again, or skipped."""

from uuid import UUID

import click

from deploy.operations.ground import opened
from deploy.operations.say import refusals_said
from deploy.standalone.network import Network
from shared.contracts.event import Publisher
from shared.storage import parked as rows
from shared.storage.parked import NotParked, Parked
from shared.storage.work import Ground, Work, begin_with

_service = click.option(
    "--service",
    type=click.Choice([of.value for of in Publisher]),
    help="Where it is parked; needed when one event is parked in several services.",
)
_event = click.argument("event", type=click.UUID)


@click.group()
def parked() -> None:
    """Events that a service gave up on; what comes after them waits. Contents are never shown."""


@parked.command("list")
@_service
@refusals_said
def listed(service: str | None) -> None:
    """List them: service, event, since, topic, aggregate, place in its order, error."""
    with opened() as network:
        for ground in _grounds(network, service):
            for one in _found(ground):
                click.echo("  ".join(_line(ground, one)))


@parked.command()
@_event
@_service
@refusals_said
def show(event: UUID, service: str | None) -> None:
    """Show all there is to know about EVENT but what it says."""
    with opened() as network:
        ground = _where(network, event, service)
        (one,) = _found(ground, event)
        with ground.database.read() as connection:
            behind = rows.held(connection, ground.kit.inbox, one)
        told = {"service": ground.publisher.value} | vars(one) | {"held behind it": behind}
        for name, value in told.items():
            click.echo(f"{name.replace('_', ' ')}: {'' if value is None else value}")


@parked.command()
@_event
@_service
@refusals_said
def replay(event: UUID, service: str | None) -> None:
    """Try EVENT again now, after its cause was mended; prints where it stands then."""
    with opened() as network:
        ground = _where(network, event, service)
        with begin_with(Work, ground) as work:
            rows.replay(work, event)
        network.deliver()
        with ground.database.read() as connection:
            click.echo(rows.state_of(connection, ground.kit.inbox, event))


@parked.command()
@_event
@_service
@click.option("--reason", required=True, help="At most 120 characters, no names.")
@refusals_said
def skip(event: UUID, service: str | None, reason: str) -> None:
    """Go on without EVENT, for good; the reason is kept with it."""
    with opened() as network:
        ground = _where(network, event, service)
        with begin_with(Work, ground) as work:
            rows.skip(work, event, reason=reason)
    click.echo("skipped")


def _grounds(network: Network, service: str | None) -> list[Ground]:
    wanted = [Publisher(service)] if service else list(Publisher)
    return [network.parts[of].ground for of in wanted]


def _where(network: Network, event: UUID, service: str | None) -> Ground:
    """Return the one service in which an event is parked."""
    found = [ground for ground in _grounds(network, service) if _found(ground, event)]
    if not found:
        raise NotParked
    if len(found) > 1:
        names = ", ".join(ground.publisher for ground in found)
        raise click.UsageError(f"parked in {names}: say which with --service")
    return found[0]


def _found(ground: Ground, *events: UUID) -> list[Parked]:
    with ground.database.read() as connection:
        return rows.parked(connection, ground.kit.inbox, *events)


def _line(ground: Ground, one: Parked) -> list[str]:
    return [
        f"{ground.publisher.value:<10}",
        str(one.event_id),
        f"{one.since:%Y-%m-%d %H:%M}Z",
        one.topic,
        str(one.aggregate_id),
        "-" if one.sequence is None else str(one.sequence),
        one.error,
    ]
