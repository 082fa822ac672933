"""Shows an error of ours as a page, where the API would answer with a problem document."""

from typing import Any, Final

from flask import Blueprint, render_template

from shared.contracts.validation import worded
from shared.errors import RajutError
from shared.http.problems import audited
from shared.web.language import current_language, say

_TITLES: Final = {
    401: worded("Silakan masuk lagi"),
    403: worded("Anda tidak dapat membuka halaman ini"),
    404: worded("Halaman tidak ditemukan"),
    409: worded("Keadaannya sudah berubah"),
    412: worded("Orang lain baru saja mengubah ini"),
    429: worded("Terlalu banyak percobaan"),
    503: worded("Sedang tidak dapat dipakai"),
}
_OTHERWISE: Final = worded("Ada yang tidak beres")


def problem_page(error: RajutError, **more: Any) -> tuple[str, int]:
    """The page of an error and its status; `more` goes to the layout."""
    title = say(_TITLES.get(error.status, _OTHERWISE))
    sentence = error.says(current_language())
    return render_template(
        "rajut/problem.html", title=title, sentence=sentence, **more
    ), error.status


def show_problems(routes: Blueprint) -> None:
    """Let every page of a blueprint end in `problem_page` where one of our errors is raised.

    What is denied inside a page is a row of the audit trail, as it is at the API.
    """
    routes.register_error_handler(RajutError, lambda error: problem_page(audited(error)))
