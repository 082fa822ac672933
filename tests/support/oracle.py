"""What must be true of a network once everything has calmed down, asked of its databases."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from deploy.operations.audit import flaws
from deploy.services import services
from deploy.standalone.network import Network
from shared.contracts.event import Publisher
from shared.storage.inbox import State


@dataclass
class Found:
    """What the databases say: each list is empty when the guarantee held."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def line(self) -> str:
        """One line for a person."""
        counted = {name: len(listed) for name, listed in vars(self).items()}
        return ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in counted.items())


def examine(network: Network) -> Found:
    """Compare every outbox with every inbox, and look for what is stuck or broken."""
    found = Found()
    known = services()
    published = {of: _published(network, of) for of in Publisher}
    for of in Publisher:
        wanted = known[of].following(network.parts[of].ground).aggregates
        _compare(network, of, published, wanted, found)
        found.broken += flaws(network, of)
        found.broken += _integrity(network, of)
    return found


def _published(network: Network, of: Publisher) -> list[Any]:
    rows = network.parts[of].ground.kit.outbox.rows
    with network.parts[of].ground.database.begin() as connection:
        return list(connection.execute(select(rows).order_by(rows.c.id)))


def _compare(
    network: Network,
    of: Publisher,
    published: dict[Publisher, list[Any]],
    wanted: frozenset[str],
    found: Found,
) -> None:
    rows = network.parts[of].ground.kit.inbox.rows
    with network.parts[of].ground.database.begin() as connection:
        arrived = {row.event_id: row for row in connection.execute(select(rows))}
    expected: set[UUID] = set()
    for publisher, sent in published.items():
        found.stuck += [f"{publisher}: {row.topic} is not sent" for row in sent if not row.sent_at]
        if publisher is of:
            continue
        expected |= {row.event_id for row in sent if row.aggregate in wanted}
    found.lost += [f"{of} never got {one}" for one in expected - arrived.keys()]
    found.doubled += [f"{of} got {one} from nobody" for one in arrived.keys() - expected]
    found.stuck += [
        f"{of}: {row.topic} is {row.state}"
        for row in arrived.values()
        if row.state is not State.DONE
    ]
    found.out_of_order += _disorder(of, arrived.values())


def _disorder(of: Publisher, arrived: Any) -> list[str]:
    streams: dict[Any, list[Any]] = defaultdict(list)
    for row in arrived:
        if row.state is State.DONE:
            streams[row.publisher, row.aggregate, row.aggregate_id].append(row)
    wrong = []
    for key, rows in streams.items():
        by_effect = sorted(rows, key=lambda row: (row.done_at, row.sequence))
        sequences = [row.sequence for row in by_effect]
        if sequences != list(range(1, len(sequences) + 1)):
            wrong.append(f"{of}: {key[1]} {sequences}")
    return wrong


def _integrity(network: Network, of: Publisher) -> list[str]:
    database = network.parts[of].ground.database
    if not database.sqlite:
        return []
    with database.begin() as connection:
        said = connection.execute(text("PRAGMA integrity_check")).scalar_one()
    return [] if said == "ok" else [f"{of}: {said}"]
