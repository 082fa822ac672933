"""F4 Skrining Keselamatan: nine questions, asked first, in under two minutes (domain.md 2.1)."""

from typing import Final

from services.intake.domain.forms.field import Field, Kind, Needed, Sensitivity, one_page
from services.intake.domain.forms.lists import TELL
from shared.contracts.protection import FieldClass


def _asks(name: str, id_: str, en: str) -> Field:
    return Field(
        name,
        id_,
        en,
        Kind.CODE,
        FieldClass.HEALTH,
        Sensitivity.SPECIAL,
        Needed.MUST,
        options=TELL,
    )


SAFETY: Final = one_page(
    "F4",
    "Skrining keselamatan",
    "Safety screening",
    _asks("can_talk_now", "Apakah sekarang aman untuk berbicara?", "Is it safe to talk now?"),
    _asks(
        "with_perpetrator_now",
        "Apakah terlapor sedang bersamanya?",
        "Is the alleged perpetrator with her or him now?",
    ),
    _asks("injured_now", "Apakah sedang terluka?", "Is she or he injured now?"),
    _asks(
        "incident_within_72h",
        "Apakah ada kekerasan seksual dalam 72 jam terakhir?",
        "Was there sexual violence in the last 72 hours?",
    ),
    _asks("threat_to_kill", "Apakah ada ancaman pembunuhan?", "Was there a threat to kill?"),
    _asks(
        "weapon_access",
        "Apakah terlapor dapat mengambil senjata?",
        "Can the alleged perpetrator get at a weapon?",
    ),
    _asks(
        "suicidal_thought",
        "Apakah ada pikiran mengakhiri hidup?",
        "Are there thoughts of suicide?",
    ),
    _asks(
        "child_alone_with_perpetrator",
        "Apakah ada anak yang sendirian bersama terlapor?",
        "Is a child alone with the alleged perpetrator?",
    ),
    _asks(
        "safe_place_tonight",
        "Apakah ada tempat aman untuk malam ini?",
        "Is there a safe place for tonight?",
    ),
)
