"""What happens at every start before the first request, and what is said at the first one."""

from deploy.standalone.network import Network
from services.auth.actions.enrolment import first_admin_code
from services.auth.actions.first_party import ensure_first_party
from services.auth.storage.work import begin
from shared.clock import now
from shared.contracts.event import Publisher


def prepare(network: Network) -> None:
    """Make our own OAuth clients known to auth, and carry what an earlier run left behind."""
    keys = {
        machine: key.as_dict(private=False)
        for parts in network.parts.values()
        for machine, key in parts.machines.items()
    }
    auth = network.parts[Publisher.AUTH]
    with begin(auth.ground) as work:
        ensure_first_party(work, keys, public_url=auth.web.public_url, at=now())
    network.deliver()


def greeting(network: Network) -> list[str]:
    """Return what to print at the start: on an empty installation, the first one-time code."""
    code = first_admin_code(network.parts[Publisher.AUTH].ground)
    if code is None:
        return []
    address = f"{network.parts[Publisher.AUTH].web.public_url}/auth/pertama"
    return [
        f"Kode sekali pakai untuk administrator pertama / code for the first administrator: {code}",
        f"Buka / open: {address}",
    ]
