"""Columns that name the class of what they hold; an unclassed column fails the build."""

from typing import Any, Final

from sqlalchemy import Column
from sqlalchemy.types import TypeEngine

from shared.contracts.protection import FieldClass

#: The classes that may lie in clear; all others are encrypted (design, section 5).
IN_CLEAR: Final = frozenset({FieldClass.NONE, FieldClass.RISK})

#: Names for constraints, so that a migration can speak of them on every database.
CONVENTION: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def column(
    name: str,
    kind: TypeEngine[Any] | type[TypeEngine[Any]],
    field_class: FieldClass = FieldClass.NONE,
    *constraints: Any,
    **options: Any,
) -> Column[Any]:
    """Return a column that says which class of personal data it holds (``none`` unless told)."""
    options.setdefault("nullable", False)
    if options.get("primary_key"):
        options["nullable"] = False
    return Column(name, kind, *constraints, info={"class": field_class}, **options)
