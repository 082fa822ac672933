"""Makes the API's schemas out of the declarations of the forms, so that both say the same."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import marshmallow as ma

from services.intake.domain.forms.field import Block, Field, Form, Kind, Needed
from shared.http.schemas import Strict


class FormSchema(Strict):
    """The answers of one block: checked, and kept the way JSON has them."""

    @ma.post_load
    def as_answers(self, loaded: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return the answers as the domain takes them: codes and ISO times, no objects."""
        return {name: value for name, value in self.dump(loaded).items() if value is not None}


def page_schema(form: Form, name: str) -> type[FormSchema]:
    """Return the schema of a form that fits one page."""
    return block_schema(form.blocks[0], name, says=f"{form.name} {form.id} ({form.en}).")


def block_schema(block: Block, name: str, *, says: str = "") -> type[FormSchema]:
    """Return the schema of one block."""
    made: dict[str, Any] = {field.name: _field(field) for field in block.fields}
    made["__doc__"] = says or f"{block.id} ({block.en})."
    return type(name, (FormSchema,), made)


def _field(field: Field) -> ma.fields.Field[Any]:
    must = field.needed is Needed.MUST and field.when is None
    said = field.asks("en") + (f" ({field.when.en})" if field.when else "")
    told = {"description": said, "x-field-class": field.field_class.value}
    return _MAKERS[field.kind](field, {"required": must, "allow_none": not must, "metadata": told})


def _text(field: Field, named: dict[str, Any]) -> ma.fields.Field[Any]:
    return ma.fields.String(validate=ma.validate.Length(max=field.longest), **named)


def _code(field: Field, named: dict[str, Any]) -> ma.fields.Field[Any]:
    return ma.fields.String(validate=ma.validate.OneOf(field.codes), **named)


def _codes(field: Field, named: dict[str, Any]) -> ma.fields.Field[Any]:
    return ma.fields.List(ma.fields.String(validate=ma.validate.OneOf(field.codes)), **named)


def _number(field: Field, named: dict[str, Any]) -> ma.fields.Field[Any]:
    limits = ma.validate.Range(min=0, max=field.highest)
    return ma.fields.Integer(strict=True, validate=limits, **named)


_MAKERS: Final[Mapping[Kind, Callable[[Field, dict[str, Any]], ma.fields.Field[Any]]]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.NUMBER: _number,
    Kind.YES_NO: lambda _, named: ma.fields.Boolean(truthy={True}, falsy={False}, **named),
    Kind.DATE: lambda _, named: ma.fields.Date(**named),
    Kind.MOMENT: lambda _, named: ma.fields.AwareDateTime(**named),
    Kind.REFERENCE: lambda _, named: ma.fields.UUID(**named),
}
