"""Blueprints of the JSON edge: flask-smorest with problem documents in its documentation."""

from typing import Any

from flask_smorest import Blueprint

from shared.http.schemas import Problem


class Routes(Blueprint):  # type: ignore[misc] # flask-smorest has no types
    """The routes of one noun. Every answer that is an error is a problem document."""

    def __init__(self, name: str, module: str, **named: Any) -> None:
        super().__init__(name, module, **named)
        self.DEFAULT_ERROR_SCHEMA = Problem
