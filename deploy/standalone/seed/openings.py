"""Opens the five scenarios in the training unit, the first as far as its adequacy loop."""

from deploy.standalone.network import Network
from deploy.standalone.seed import mawar
from deploy.standalone.seed.cast import Cast
from deploy.standalone.seed.directory import fill_directory
from deploy.standalone.seed.reports import OPENINGS
from deploy.standalone.seed.story import Story


def open_scenarios(network: Network, cast: Cast) -> None:
    """Tell the beginnings in the order of the calendar; the unit's clock ends at the last one."""
    fill_directory(network, cast)
    story = Story(network, cast)
    early = [opening for opening in OPENINGS if opening[0] < "2026-03"]
    for moment, report, safety in early:
        story.at(moment)
        story.opens(report, safety)
    told = mawar.tell(story)
    mawar.judge(story, told["case"], told["second"])
    for moment, report, safety in OPENINGS[len(early) :]:
        story.at(moment)
        story.opens(report, safety)
