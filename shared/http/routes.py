"""Blueprints of the JSON edge: flask-smorest with problem documents in its documentation."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from flask_smorest import Api, Blueprint

from shared.http.bodies import Reader
from shared.http.problems import MEDIA_TYPE
from shared.http.schemas import Problem

V = TypeVar("V", bound=Callable[..., Any])


class Described(Api):  # type: ignore[misc] # flask-smorest has no types
    """The OpenAPI document, in which every error is a problem document."""

    ERROR_SCHEMA = Problem

    def _register_responses(self) -> None:
        self.DEFAULT_RESPONSE_CONTENT_TYPE = MEDIA_TYPE  # only errors are registered by name
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE


class Routes(Blueprint):  # type: ignore[misc] # flask-smorest has no types
    """The routes of one noun. Every answer that is an error is a problem document."""

    ARGUMENTS_PARSER = Reader()

    def alt_response(self, status_code: int, response: Any = None, **named: Any) -> Any:
        """Document another answer; an error is a problem document."""
        if status_code >= 400 and response is None:
            named = {"schema": Problem, "content_type": MEDIA_TYPE} | named
        return super().alt_response(status_code, response, **named)

    if TYPE_CHECKING:  # the decorators of flask-smorest, which let a view keep its type

        def _decorator(self, *told: Any, **named: Any) -> Callable[[V], V]: ...

        get = post = put = patch = delete = route = arguments = response = _decorator
