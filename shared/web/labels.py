"""Says a code of codes.json in the language of the page."""

import json
from functools import cache
from importlib.resources import files

from shared.web.language import current_language


def label(code_list: str, code: str) -> str:
    """The words of a code of a list, "TINGGI" of CL27 say; raises KeyError for an unknown one."""
    row = _labels()[code_list][code]
    return row.get(current_language()) or row["id"]


def choices(code_list: str) -> list[tuple[str, str]]:
    """Every code of a list with its words, in the list's order, for radios and lists."""
    return [(code, label(code_list, code)) for code in _labels()[code_list]]


@cache
def _labels() -> dict[str, dict[str, dict[str, str]]]:
    lists = json.loads(files("shared.contracts").joinpath("codes.json").read_text("utf-8"))["lists"]
    return {name: {row["code"]: row for row in each["rows"]} for name, each in lists.items()}
