"""The administrator's pages: who works here, who takes part, and codes to tell in person.

Without JavaScript and without a case in sight: an administrator reads no case content.
"""

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from services.auth.actions import institutions as institution_actions
from services.auth.actions import people as actions
from services.auth.api.admin_words import STANDING_WORDS, role_words, roles_for
from services.auth.api.policies import ADMINISTRATORS
from services.auth.domain.person import Newcomer
from services.auth.storage.work import begin
from shared.clock import now
from shared.contracts.roles import Role
from shared.contracts.vocabulary import InstitutionKind
from shared.errors import AlreadyThere, Invalid, RajutError
from shared.http.guard import actor, parts
from shared.web.front import page
from shared.web.problems import show_problems

HOME: Final = "/auth/kelola"

pages = Blueprint("admin", __name__)
show_problems(pages)
Shown = str | tuple[str, int] | Response


@pages.get(HOME)
@page(ADMINISTRATORS)
def start() -> Shown:
    """Show every institution and the people of one of them."""
    chosen = request.args.get("lembaga", type=UUID) or actor().org
    with begin(parts().ground) as work:
        everyone = institution_actions.list_institutions(work, actor())
        people = actions.people_of(work, actor(), chosen) if chosen else []
    here = next((one for one in everyone if one.id == chosen), None)
    return _show("people.html", institutions=everyone, people=people, here=here)


@pages.get(f"{HOME}/lembaga")
@page(ADMINISTRATORS)
def ask_institution() -> Shown:
    """Ask for a new institution."""
    return _show("institution.html", values={}, errors={})


@pages.post(f"{HOME}/lembaga")
@page(ADMINISTRATORS, changes=True)
def register_institution() -> Shown:
    """Take an institution into the network."""
    try:
        kind = _kind(request.form.get("kind", ""))
        with begin(parts().ground) as work:
            made = institution_actions.register_institution(
                work, actor(), kind=kind, name=request.form.get("name", ""), at=now()
            )
    except Invalid as error:
        return _again("institution.html", error)
    return redirect(f"{HOME}?lembaga={made.id}", code=303)


@pages.get(f"{HOME}/lembaga/<uuid:institution_id>/undang")
@page(ADMINISTRATORS)
def ask_person(institution_id: UUID) -> Shown:
    """Ask for somebody to invite."""
    return _show("invite.html", **_about(institution_id), values={}, errors={})


@pages.post(f"{HOME}/lembaga/<uuid:institution_id>/undang")
@page(ADMINISTRATORS, changes=True)
def invite(institution_id: UUID) -> Shown:
    """Invite somebody and show the code once."""
    try:
        newcomer = Newcomer(
            name=request.form.get("name", ""),
            sign_in=request.form.get("sign_in", ""),
            roles=_roles(request.form.getlist("roles")),
        )
        with begin(parts().ground) as work:
            person, code = actions.invite_person(
                work, actor(), institution_id=institution_id, newcomer=newcomer, at=now()
            )
    except (Invalid, AlreadyThere) as error:
        return _again("invite.html", error, **_about(institution_id))
    return _show("told_code.html", person=person, code=code)


@pages.post(f"{HOME}/orang/<uuid:person_id>/kode")
@page(ADMINISTRATORS, changes=True)
def another_code(person_id: UUID) -> Shown:
    """Let somebody enrol anew; for one who has come in before, a second administrator agrees."""
    with begin(parts().ground) as work:
        person, code = actions.reset_person(work, actor(), person_id, at=now())
    return _show("told_code.html", person=person, code=code)


@pages.post(f"{HOME}/orang/<uuid:person_id>/henti")
@page(ADMINISTRATORS, changes=True)
def stop(person_id: UUID) -> Shown:
    """End somebody's access everywhere, now."""
    with begin(parts().ground) as work:
        person = actions.stop_person(work, actor(), person_id, at=now())
    return redirect(f"{HOME}?lembaga={person.institution_id}", code=303)


def _about(institution_id: UUID) -> dict[str, Any]:
    with begin(parts().ground) as work:
        here = institution_actions.read_institution(work, actor(), institution_id)
    return {"here": here, "roles": roles_for(here.kind)}


def _kind(code: str) -> InstitutionKind:
    try:
        return InstitutionKind(code)
    except ValueError:
        raise Invalid(fields={"kind": ["wrong_code"]}) from None


def _roles(given: list[str]) -> frozenset[Role]:
    try:
        return frozenset(Role(role) for role in given)
    except ValueError:
        raise Invalid(fields={"roles": ["wrong_code"]}) from None


def _again(template: str, error: RajutError, **more: Any) -> tuple[str, int]:
    errors = {name: told[0] for name, told in error.fields.items()}
    values = request.form.to_dict() | {"roles": request.form.getlist("roles")}
    return _show(template, values=values, errors=errors, **more), 422


def _show(template: str, **values: Any) -> str:
    words = {"role_words": role_words, "standing_words": STANDING_WORDS, "home": HOME}
    return render_template(f"auth/{template}", me=actor().id, **words, **values)
