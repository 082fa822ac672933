"""How the ``rajut`` command says what went wrong: one line, the stable code, no traceback."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from shared.errors import RajutError

P = ParamSpec("P")
R = TypeVar("R")


def refusals_said(command: Callable[P, R]) -> Callable[P, R]:
    """Turn an error of ours into one line in both languages and exit code 1."""

    @wraps(command)
    def said(*args: P.args, **named: P.kwargs) -> R:
        try:
            return command(*args, **named)
        except RajutError as error:
            fields = "".join(f" [{field}: {', '.join(m)}]" for field, m in error.fields.items())
            told = f"{error.says('id')} / {error.says('en')} ({error.code}){fields}"
            raise click.ClickException(told) from None

    return said
