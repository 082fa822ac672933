"""Chooses the language of a page and says a sentence in it; Indonesian is the source.

A message is its Indonesian sentence; English stands in translations/en.po, one catalogue
for all services, read once at the start. Without a request everything is Indonesian.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final
from urllib.parse import urlencode

from flask import Response, has_request_context, request

from shared.contracts.validation import VALIDATION, code_of, is_standard, limit_of
from shared.errors import Said
from shared.web.catalogue import english

LANGUAGES: Final = ("id", "en")
COOKIE: Final = "bahasa"
_A_YEAR: Final = 365 * 24 * 3600


@cache
def _english() -> Mapping[str, str]:
    return english()


def current_language() -> str:
    """The language asked for in the address, kept in the cookie, or preferred by the browser."""
    if not has_request_context():
        return LANGUAGES[0]
    for wished in (request.args.get(COOKIE), request.cookies.get(COOKIE)):
        if wished in LANGUAGES:
            return wished
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def say(sentence: str, /, **names: object) -> str:
    """The sentence in the language of the page, with its {placeholders} filled in."""
    words = (_english().get(sentence) if current_language() == "en" else None) or sentence
    return words.format(**names) if names else words


def explain(message: str) -> str:
    """A validation message for a person's eyes: a standard one by its code, others translated."""
    if isinstance(message, Said) and current_language() == "en":
        return message.en
    if not is_standard(message):
        return say(message)
    sentence = VALIDATION[code_of(message)][LANGUAGES.index(current_language())]
    limit = limit_of(message)
    return sentence if limit is None else sentence + " " + say("Batasnya {limit}.", limit=limit)


def address_in(language: str) -> str:
    """The address of this very page in another language."""
    asked = [pair for pair in request.args.items(multi=True) if pair[0] != COOKIE]
    return request.path + "?" + urlencode([*asked, (COOKIE, language)])


def remember_language(response: Response) -> Response:
    """Keep a language that was asked for in the address; the cookie holds nothing else."""
    wished = request.args.get(COOKIE)
    if wished in LANGUAGES:
        response.set_cookie(
            COOKIE,
            wished,
            max_age=_A_YEAR,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
    return response
