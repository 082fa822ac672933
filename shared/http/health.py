"""``/healthz``, ``/readyz`` and ``/metrics`` of a service."""

from flask import Blueprint, Response, jsonify
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy import func, select

from shared.clock import now
from shared.http.guard import anyone, parts
from shared.http.parts import Parts
from shared.storage.inbox import State


def blueprint(prefix: str) -> Blueprint:
    """Build the three routes under a service's own prefix."""
    routes = Blueprint("health", __name__, url_prefix=prefix)

    @routes.get("/healthz")
    @anyone("whether the process is alive is no secret")
    def healthz() -> Response:
        return jsonify(status="ok")

    @routes.get("/readyz")
    @anyone("whether the database answers is no secret")
    def readyz() -> Response:
        with parts().ground.database.read() as connection:
            connection.execute(select(1))
        return jsonify(status="ok")

    @routes.get("/metrics")
    @anyone("counts of events only; the proxy does not publish it")
    def metrics() -> Response:
        return Response(measured(parts()), mimetype="text/plain; version=0.0.4")

    return routes


def measured(of: Parts) -> bytes:
    """Return the service's figures in the Prometheus text form."""
    registry = CollectorRegistry()
    outbox, inbox = of.ground.kit.outbox.rows, of.ground.kit.inbox.rows
    with of.ground.database.read() as connection:
        oldest = connection.execute(
            select(func.min(outbox.c.recorded_at)).where(outbox.c.sent_at.is_(None))
        ).scalar_one()
        counted = {
            state: connection.execute(
                select(func.count()).select_from(inbox).where(inbox.c.state == state)
            ).scalar_one()
            for state in (State.PENDING, State.PARKED)
        }
    age = (now() - oldest).total_seconds() if oldest else 0.0
    _gauge(registry, "outbox_oldest_seconds", "Age of the oldest event not sent.", age)
    _gauge(registry, "inbox_pending", "Events waiting.", counted[State.PENDING])
    _gauge(registry, "inbox_parked", "Events put aside for an operator.", counted[State.PARKED])
    return generate_latest(registry)


def _gauge(registry: CollectorRegistry, name: str, says: str, value: float) -> None:
    Gauge(f"rajut_{name}", says, registry=registry).set(value)
