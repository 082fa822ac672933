"""Makes the training unit, its scenarios, and sign-ins that are new at each start."""

from deploy.standalone.network import Network
from deploy.standalone.seed.cast import call_together
from deploy.standalone.seed.openings import open_scenarios
from deploy.standalone.seed.sign_ins import renew, told


def seed(network: Network) -> list[str]:
    """Make the training unit if it is not there, renew every sign-in, return what to print."""
    cast, fresh = call_together(network)
    if fresh:
        open_scenarios(network, cast)
    return told(renew(network, cast))
