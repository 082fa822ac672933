"""/codes: the code lists with their labels in both languages."""

from typing import Any

import marshmallow as ma

from shared.contracts.codes import codes, label
from shared.errors import NotFound
from shared.http.guard import anyone
from shared.http.routes import Routes
from shared.http.schemas import Strict

routes = Routes(
    "codes", __name__, url_prefix="/api/intake/v1/codes", description="Code lists (CL01 to CL40)."
)


class LabelShape(Strict):
    """One code and what it is called."""

    code = ma.fields.String()
    id = ma.fields.String()
    en = ma.fields.String()


@routes.get("/<string:name>")
@anyone("what the codes mean is no secret, and partners need it before they have an account")
@routes.response(200, LabelShape(many=True))
def listed(name: str) -> list[dict[str, Any]]:
    """Read a list such as ``CL16``, or ``AREA`` for the kelurahan."""
    try:
        found = codes(name)
    except KeyError:
        raise NotFound("codes") from None
    return [
        {"code": code, "id": label(name, code), "en": label(name, code, "en")} for code in found
    ]
