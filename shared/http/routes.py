"""Blueprints of the JSON edge: flask-smorest with problem documents in its documentation."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from flask_smorest import Blueprint

from shared.http.schemas import Problem

V = TypeVar("V", bound=Callable[..., Any])


class Routes(Blueprint):  # type: ignore[misc] # flask-smorest has no types
    """The routes of one noun. Every answer that is an error is a problem document."""

    def __init__(self, name: str, module: str, **named: Any) -> None:
        super().__init__(name, module, **named)
        self.DEFAULT_ERROR_SCHEMA = Problem

    if TYPE_CHECKING:  # the decorators of flask-smorest, which let a view keep its type

        def _decorator(self, *told: Any, **named: Any) -> Callable[[V], V]: ...

        get = post = put = patch = delete = route = arguments = response = _decorator
