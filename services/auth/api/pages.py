"""The page for signing in: a name and a password, then the code of the device."""

from typing import Any, Final

from authlib.oauth2.rfc6749 import OAuth2Error
from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from services.auth.actions.sign_in import (
    Attempt,
    CodeNotRight,
    NotRight,
    open_sign_in,
    show_code,
    show_password,
)
from services.auth.actions.tokens import may_use
from services.auth.api import browser
from services.auth.api.oauth_request import from_address
from services.auth.api.oauth_server import Server
from services.auth.domain.person import Person
from services.auth.storage.work import begin
from shared.clock import now
from shared.errors import RajutError, TooMany
from shared.http.guard import anyone
from shared.web.csrf import ForgedForm
from shared.web.language import current_language

_WHY: Final = "nobody is signed in before signing in"
Shown = AnyResponse | str


def blueprint(server: Server) -> Blueprint:
    """Build the pages of one authorization server."""
    routes = Blueprint("sign_in", __name__)

    @routes.get("/auth/authorize")
    @anyone(_WHY)
    def ask() -> Shown:
        grant = _grant(server)
        if isinstance(grant, Response):
            return grant
        return _code_page(server) if _half_way(server) else _password_page(server)

    @routes.post("/auth/authorize")
    @anyone(_WHY)
    def answer() -> Shown:
        grant = _grant(server)
        if isinstance(grant, Response):
            return grant
        try:
            browser.check_form(server.web)
        except ForgedForm as error:
            return _password_page(server, error)
        if "code" in request.form:
            return _with_code(server, grant)
        return _with_password(server, grant)

    return routes


def _grant(server: Server) -> Any:
    """Return the grant that is asked for, or the answer to a request that is not right."""
    try:
        return server.get_consent_grant(from_address(request, public_url=server.web.public_url))
    except OAuth2Error as error:
        if error.redirect_uri:
            return server.error_response(error)
        # Nobody is ever sent to an address that is not a front's own (RFC 9700, 4.11.2).
        return make_response(render_template("auth/not_from_here.html"), 400)


def _with_password(server: Server, grant: Any) -> Shown:
    attempt = Attempt(
        sign_in=request.form.get("sign_in", ""),
        password=request.form.get("password", ""),
        address=browser.address(),
    )
    try:
        person, cookie = show_password(server.ground, attempt, request=_asked(), at=now())
    except (NotRight, TooMany) as error:
        return _password_page(server, error)
    if not person.second_factor_needed:
        return _let_in(server, grant, person)
    return browser.keep(_redirect(request.full_path), server.web, cookie)


def _with_code(server: Server, grant: Any) -> Shown:
    cookie = request.cookies.get(browser.cookie_name(server.web), "")
    typed = request.form["code"]
    try:
        person = show_code(server.ground, cookie, typed, request=_asked(), at=now())
    except (CodeNotRight, TooMany) as error:
        again = _half_way(server)
        return _code_page(server, error) if again else _password_page(server, error)
    return _let_in(server, grant, person)


def _let_in(server: Server, grant: Any, person: Person) -> Shown:
    """Send the browser back with a code; without one when this front is not for her."""
    fits = may_use(server.ground, person, grant.client.machine)
    asked = from_address(request, public_url=server.web.public_url)
    response: Response = server.create_authorization_response(
        asked, grant_user=person if fits else None, grant=grant
    )
    return browser.drop(response, server.web)


def _password_page(server: Server, error: RajutError | None = None) -> Response:
    cookie = browser.cookie(server.web)
    page = render_template(
        "auth/sign_in.html",
        csrf=browser.form_token(cookie),
        values={"sign_in": request.form.get("sign_in", "")},
        errors=_told(error, "sign_in"),
    )
    return browser.keep(make_response(page, _status_of(error)), server.web, cookie)


def _code_page(server: Server, error: RajutError | None = None) -> Response:
    cookie = browser.cookie(server.web)
    page = render_template(
        "auth/code.html",
        csrf=browser.form_token(cookie),
        again=request.full_path,
        errors=_told(error, "code"),
    )
    return make_response(page, _status_of(error))


def _told(error: RajutError | None, field: str) -> dict[str, str]:
    return {} if error is None else {field: error.says(current_language())}


def _status_of(error: RajutError | None) -> int:
    return 200 if error is None else error.status if error.status != 401 else 400


def _half_way(server: Server) -> bool:
    cookie = request.cookies.get(browser.cookie_name(server.web), "")
    with begin(server.ground) as work:
        return open_sign_in(work, cookie, request=_asked(), at=now()) is not None


def _asked() -> str:
    """Return what is asked, so that half a sign-in for one front serves no other."""
    names = ("client_id", "redirect_uri", "state", "code_challenge")
    return "\n".join(request.args.get(name, "") for name in names)


def _redirect(to: str) -> Response:
    return make_response(redirect(to, code=303))
