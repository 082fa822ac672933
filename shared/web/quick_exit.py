"""Leaves in one step: forgets the session and what the browser kept, then opens a neutral page.

Going back afterwards shows the sign-in page. The history itself cannot be erased, and the help
page says so.
"""

from collections.abc import Callable, Sequence
from typing import Final

from flask import Blueprint, Response

from shared.http.guard import anyone

#: The weather: nothing personal, and believable on anyone's screen.
NEUTRAL: Final = "https://www.bmkg.go.id/"
ADDRESS: Final = "/keluar-cepat"


def quick_exit(
    cookies: Sequence[str], *, to: str = NEUTRAL, forget: Callable[[], None] | None = None
) -> Blueprint:
    """The route of the exit; `forget` ends the session on the server as well."""
    routes = Blueprint("quick_exit", __name__)

    @anyone("who must leave may not be asked who she is")
    def leave() -> Response:
        if forget is not None:
            forget()
        answer = Response(status=303, headers={"Location": to})
        for name in cookies:
            answer.delete_cookie(name, secure=name.startswith("__"), httponly=True, samesite="Lax")
        answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    routes.add_url_rule(ADDRESS, "leave", leave, methods=["GET", "POST"])
    return routes
