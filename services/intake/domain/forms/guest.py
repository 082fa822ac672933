"""F1 Buku Tamu: who came in, and what for. It lies open on the counter (domain.md 2.1).

There is no field for the kind of case or for the name of the person it may be about.
"""

from typing import Final

from services.intake.domain.forms.field import Field, Kind, Needed, Sensitivity, one_page
from services.intake.domain.forms.lists import PURPOSES
from shared.contracts.protection import FieldClass

_I, _MUST = Sensitivity.IDENTITY, Needed.MUST

GUEST: Final = one_page(
    "F1",
    "Buku tamu",
    "Guest book",
    Field(
        "visitor_alias",
        "Nama atau sapaan tamu",
        "What the visitor is called",
        Kind.TEXT,
        FieldClass.REPORTER,
        _I,
        _MUST,
        most=120,
    ),
    Field("origin", "Datang dari", "Comes from", Kind.TEXT, FieldClass.REPORTER, _I),
    Field("purpose", "Keperluan", "Purpose", Kind.CODE, needed=_MUST, options=PURPOSES),
    Field("channel", "Cara datang", "How", Kind.CODE, needed=_MUST, of="CL15"),
    Field("arrived_at", "Waktu datang", "Arrived at", Kind.MOMENT, needed=_MUST),
)
