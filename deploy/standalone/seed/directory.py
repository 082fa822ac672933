"""Fills in the partner directory of the training: names, services, doors."""

from collections.abc import Mapping
from typing import Any, Final

from deploy.standalone.network import Network
from deploy.standalone.seed.cast import INSTITUTIONS, Cast
from deploy.standalone.speaker import speaker
from shared.contracts.event import Publisher

_BASE: Final = "/api/referral/v1/institutions"

#: What each partner of the training gives (CL16).
SERVICES: Final[Mapping[str, tuple[str, ...]]] = {
    "rs": ("MED_GADAR", "MED_72JAM", "MED_PERIKSA", "MED_VER", "MED_KIA"),
    "polres": ("HKM_LP", "HKM_LINDUNG", "HKM_SIDIK"),
    "psikolog-a": ("PSI_PERIKSA", "PSI_TERAPI", "PSI_KELUARGA"),
    "psikolog-b": ("PSI_PERIKSA", "PSI_TERAPI"),
    "advokat": ("HKM_KONSUL", "HKM_PERDATA", "HKM_SIDANG"),
    "rumah-aman": ("RSO_SHELTER",),
    "lksa": ("RSO_PANTI", "RSO_ASUH"),
    "bp3mi": ("REI_PULANG",),
}


def fill_directory(network: Network, cast: Cast) -> None:
    """Enter every partner under the id that auth gave it, as the head of the unit would."""
    line = speaker(network, cast.people["kepala"]).to(Publisher.REFERRAL)
    for key, services in SERVICES.items():
        path = f"{_BASE}/{cast.institutions[key]}"
        seen = line.ask("GET", path)
        entry = _entry(INSTITUTIONS[key][0], services)
        line.ask("PUT", path, json=entry, headers={"If-Match": seen.headers["ETag"]})


def _entry(name: str, services: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": name,
        "services": list(services),
        "hours": "Sen-Jum 08.00-16.00 WITA",
        "doors": ["portal", "api"],
    }
