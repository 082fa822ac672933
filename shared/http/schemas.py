"""Marshmallow schemas all APIs build on: unknown fields refused, codes checked, pages shaped."""

from typing import Any

import marshmallow as ma

from shared.contracts import codes


class Strict(ma.Schema):
    """A body in which every field is known."""

    class Meta:
        """Refuse what we do not know."""

        unknown = ma.RAISE


class CodeField(ma.fields.String):
    """One code of a list of ``codes.json`` (``CL08``, ``AREA``)."""

    default_error_messages = {"wrong_code": "wrong_code"}  # noqa: RUF012 - marshmallow's own form

    def __init__(self, listed: str, **named: Any) -> None:
        told = {"enum": list(codes.codes(listed)), **named.pop("metadata", {})}
        super().__init__(metadata=told, **named)
        self.listed = listed

    def _deserialize(self, value: Any, attr: str | None, data: Any, **named: Any) -> str:
        code = super()._deserialize(value, attr, data, **named)
        if code not in codes.codes(self.listed):
            raise self.make_error("wrong_code")
        return str(code)


class ProblemField(Strict):
    """One field that is not right."""

    field = ma.fields.String(metadata={"description": "Path of the field, dotted."})
    code = ma.fields.String(metadata={"description": "Stable code of what is wrong."})
    id = ma.fields.String(metadata={"description": "In Indonesian."})
    en = ma.fields.String(metadata={"description": "In English."})


class Sentences(Strict):
    """The same sentence in both languages."""

    id = ma.fields.String()
    en = ma.fields.String()


class Problem(Strict):
    """A problem document (RFC 9457). Match on ``code``; sentences may change."""

    type = ma.fields.String()
    title = ma.fields.String()
    status = ma.fields.Integer()
    code = ma.fields.String()
    messages = ma.fields.Nested(Sentences)
    fields_ = ma.fields.List(ma.fields.Nested(ProblemField), data_key="fields")
    correlation_id = ma.fields.String()
