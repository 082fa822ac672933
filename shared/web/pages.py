"""Wires a front (staff, partners, signing in) for server-rendered pages."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from flask import Flask
from jinja2 import BaseLoader, ChoiceLoader, PackageLoader, PrefixLoader

from shared.http.problems import ENGLISH
from shared.web import assets, headers, labels, language, quick_exit, times
from shared.web.catalogue import english


def prepare(app: Flask) -> None:
    """Give an application the layout, the macros, the languages, the assets and the headers.

    Make the application with `static_folder=None`; raises ValueError otherwise, since two owners
    of /static would hide each other.
    """
    if app.has_static_folder:
        raise ValueError("Make the Flask application with static_folder=None.")
    app.extensions[ENGLISH] = english()
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.loader = ChoiceLoader(_loaders(app))
    app.jinja_env.globals.update(_globals())
    app.register_blueprint(assets.blueprint())
    app.after_request(headers.compress)
    app.after_request(headers.protect)
    app.after_request(language.remember_language)


def choice_items(choices: Iterable[Any], chosen: Any) -> list[dict[str, Any]]:
    """The lines of radios, checkboxes or a list, with what was chosen marked."""
    marked = {str(each) for each in (chosen if isinstance(chosen, list | tuple) else [chosen])}
    return [_item(choice, marked) for choice in choices]


def _item(choice: Any, marked: set[str]) -> dict[str, Any]:
    if not isinstance(choice, Mapping):
        code, text = choice
        choice = {"value": code, "text": text}
    item = dict(choice)
    if "divider" in item:
        return item
    for wrapped, key in (("hint", "text"), ("conditional", "html")):
        if isinstance(item.get(wrapped), str):
            item[wrapped] = {key: item[wrapped]}
    is_chosen = str(item["value"]) in marked
    return item | {"checked": is_chosen, "selected": is_chosen}


def _loaders(app: Flask) -> list[BaseLoader]:
    own = [app.jinja_loader] if app.jinja_loader else []
    return [
        *own,
        PackageLoader("shared.web"),
        PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    ]


def _globals() -> dict[str, Any]:
    return {
        "_": language.say,
        "current_language": language.current_language,
        "address_in": language.address_in,
        "explain": language.explain,
        "asset": assets.asset,
        "choice_items": choice_items,
        "choices": labels.choices,
        "label": labels.label,
        "new_key": lambda: str(uuid4()),
        "quick_exit_address": lambda: quick_exit.ADDRESS,
        "show_date": times.show_date,
        "show_time": times.show_time,
        "show_clock": times.show_clock,
        "show_left": times.show_left,
        "urgency": times.urgency,
    }
