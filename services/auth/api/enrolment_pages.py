"""The page for a code told in person: set the password, connect the device, done.

The very first code of an installation also names the unit and its administrator.
"""

from typing import Final

import segno
from flask import Blueprint, Response, make_response, render_template, request

from services.auth.actions import enrolment
from services.auth.actions.enrolment import Enrolment, Opened
from services.auth.api import browser
from services.auth.domain import totp
from services.auth.domain.person import Person
from shared.clock import now
from shared.contracts.roles import PARTNERS, Role
from shared.errors import Invalid, RajutError
from shared.http.guard import anyone
from shared.http.parts import Parts
from shared.web.language import current_language

_WHY: Final = "the one-time code is what lets somebody in"
_TYPED: Final = ("unit_name", "name", "sign_in")


def blueprint(parts: Parts) -> Blueprint:
    """Build the pages for one installation."""
    routes = Blueprint("enrolment", __name__)

    @routes.get("/auth/undangan")
    @routes.get("/auth/pertama", endpoint="first")
    @anyone(_WHY)
    def ask_code() -> Response:
        return _code_page(parts)

    @routes.post("/auth/undangan")
    @anyone(_WHY)
    def with_code() -> Response:
        try:
            browser.check_form(parts.web)
            return _one_step(parts, request.form.get("kode", ""))
        except RajutError as error:
            return _code_page(parts, error)

    return routes


def _one_step(parts: Parts, code: str) -> Response:
    opened = enrolment.open_invitation(parts.ground, code, address=browser.address(), at=now())
    if "password" not in request.form:
        return _form_page(parts, code, opened)
    try:
        person = _enrol(parts, code)
    except Invalid as error:
        return _form_page(parts, code, opened, error)
    return _done_page(person)


def _enrol(parts: Parts, code: str) -> Person:
    names = ("password", "password_again", "totp", *_TYPED)
    typed = Enrolment(code=code, **{name: request.form.get(name, "") for name in names})
    return enrolment.enrol(parts.ground, typed, at=now())


def _code_page(parts: Parts, error: RajutError | None = None) -> Response:
    cookie = browser.cookie(parts.web)
    errors = {} if error is None else {"kode": error.says(current_language())}
    page = render_template("auth/invitation.html", csrf=browser.form_token(cookie), errors=errors)
    status = 200 if error is None else error.status
    return browser.keep(make_response(page, status), parts.web, cookie)


def _form_page(parts: Parts, code: str, opened: Opened, error: Invalid | None = None) -> Response:
    cookie = browser.cookie(parts.web)
    errors = {name: told[0] for name, told in error.fields.items()} if error else {}
    sign_in = opened.sign_in or request.form.get("sign_in", "")
    secret = opened.totp_secret
    page = render_template(
        "auth/enrolment.html",
        csrf=browser.form_token(cookie),
        code=code,
        opened=opened,
        picture=_picture(totp.address(secret, sign_in=sign_in or "rajut")) if secret else None,
        secret=totp.in_groups(secret) if secret else None,
        values={name: request.form.get(name, "") for name in _TYPED},
        errors=errors,
    )
    return browser.keep(make_response(page, 422 if errors else 200), parts.web, cookie)


def _done_page(person: Person) -> Response:
    front = "/auth/kelola" if Role.ADMIN_SISTEM in person.roles else "/"
    front = "/mitra" if person.roles & PARTNERS else front
    return make_response(render_template("auth/enrolled.html", front=front, sign_in=person.sign_in))


def _picture(address: str) -> str:
    """Return the picture that a device reads, as a data address: nothing is fetched for it."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000"))
