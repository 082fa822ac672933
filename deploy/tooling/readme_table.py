"""The tables of the main README: the four services, and which path belongs to whom."""

from importlib import import_module

from deploy.services import PATHS
from shared.contracts.event import Publisher


def four_services() -> str:
    """One line a service: the promise that its package makes."""
    lines = ["| service | what it is for | more |", "|---|---|---|"]
    for of in Publisher:
        promise = " ".join((import_module(f"services.{of}").__doc__ or "").split())
        lines.append(f"| `services/{of}` | {promise} | [README](services/{of}/README.md) |")
    return "\n".join(lines)


def paths() -> str:
    """One line a path prefix and its owner; the router and the proxy use the same table."""
    lines = ["| path | service |", "|---|---|"]
    return "\n".join(lines + [f"| `{prefix}` | {of} |" for prefix, of in PATHS])
