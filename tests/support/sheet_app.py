"""A web application over the toy's sheets: one route of each kind the services have."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Flask, make_response
from sqlalchemy import tuple_

from shared.contracts.protection import FieldClass
from shared.contracts.roles import Role
from shared.contracts.scopes import Scope
from shared.errors import Invalid, MoveNotAllowed, RajutError
from shared.http import etag, paging
from shared.http.factory import make_app
from shared.http.guard import actor, anyone, needs, parts
from shared.http.parts import Parts
from shared.http.routes import Routes
from shared.http.schemas import CodeField, Strict
from shared.http.transaction import changes, reads
from shared.security.policy import Policy
from tests.support.sheets import Sheet, SheetWork, begin, sheets

OFFICERS = Policy("officers", "Officers write sheets.", frozenset({Role.PETUGAS_PENGADUAN}))
HEADS = Policy("heads", "Heads of the unit only.", frozenset({Role.KEPALA_UPTD}))
PREFIX = "/api/intake/v1/sheets"
#: Errors that a test wants the route `/raised` to raise, by name.
RAISED: dict[str, Exception] = {}


class Written(Strict):
    """What is sent to make a sheet."""

    name = ma.fields.String(required=True, validate=ma.validate.Length(max=40))
    risk = CodeField("CL27", load_default="RENDAH")
    born = ma.fields.Date()
    age = ma.fields.Integer(validate=ma.validate.Range(0, 120))
    inner = ma.fields.List(ma.fields.Nested({"risk": CodeField("CL27", required=True)}))


class Shown(Strict):
    """What is shown of a sheet."""

    id = ma.fields.UUID()
    name = ma.fields.String()
    risk = ma.fields.String()
    seen_at = ma.fields.AwareDateTime()


class Wish(Strict):
    """Optional wishes, in a body that may be empty."""

    note = ma.fields.String(load_default="")


routes = Routes("sheets", __name__, url_prefix=PREFIX, description="The toy's sheets.")


@routes.post("")
@needs(Scope.REPORT_WRITE, policy=OFFICERS)
@changes(begin)
@routes.arguments(Written)
@routes.response(201, Shown)
def write(work: SheetWork, payload: dict[str, Any]) -> Any:
    """Write a sheet."""
    sheet = work.sheets.add(Sheet(name=payload["name"], risk=payload["risk"]))
    work.audit.wrote(actor(), "write", "sheet", [sheet.id], [FieldClass.IDENTITY])
    return sheet, 201, {"ETag": etag.tag_of(sheet.version)}


@routes.get("")
@needs(Scope.REPORT_READ, policy=OFFICERS)
@reads(begin)
@routes.response(200, Shown(many=True))
def listed(work: SheetWork) -> Any:
    """List sheets, oldest id first."""
    limit = paging.limit_asked()
    after = paging.cursor_asked(kinds=(datetime.fromisoformat, UUID))
    order = (sheets.c.seen_at, sheets.c.id)
    where = (
        [] if after is None else [tuple_(*order) > tuple_(*after, types=[c.type for c in order])]
    )
    found = work.sheets.find(*where, order=order, limit=limit + 1)
    page = paging.page(found, limit, lambda one: (one.seen_at.isoformat(), one.id))
    return page.items, 200, paging.link_header(page)


@routes.get("/<uuid:sheet_id>")
@needs(Scope.REPORT_READ, policy=OFFICERS)
@reads(begin)
@routes.response(200, Shown)
def shown(work: SheetWork, sheet_id: UUID) -> Any:
    """Show a sheet."""
    sheet = work.sheets.get(sheet_id)
    if same := etag.unchanged(sheet.version):
        return same
    work.audit.read(actor(), "show", "sheet", [sheet.id], [FieldClass.IDENTITY])
    return sheet, 200, {"ETag": etag.tag_of(sheet.version)}


@routes.put("/<uuid:sheet_id>/name")
@needs(Scope.REPORT_WRITE, policy=OFFICERS)
@changes(begin)
@routes.arguments(Written)
@routes.response(200, Shown)
@routes.alt_response(412)
def rename(work: SheetWork, payload: dict[str, Any], sheet_id: UUID) -> Any:
    """Change a name; needs If-Match."""
    seen = etag.must_match()
    sheet = work.sheets.get(sheet_id)
    etag.check_match(seen, sheet.version)
    work.sheets.save(replace_name(sheet, payload["name"]))
    return sheet


@routes.post("/<uuid:sheet_id>/acceptance")
@needs(Scope.REPORT_WRITE, policy=OFFICERS, key="required")
@changes(begin)
@routes.arguments(Wish)
@routes.response(200, Shown)
def accept(work: SheetWork, payload: dict[str, Any], sheet_id: UUID) -> Any:
    """Make a move that always needs a key."""
    return work.sheets.get(sheet_id)


@routes.delete("/<uuid:sheet_id>")
@needs(Scope.REPORT_WRITE, Scope.CASE_MANAGE, policy=OFFICERS)
@changes(begin)
def remove(work: SheetWork, sheet_id: UUID) -> Any:
    """Needs two scopes; no officer has the second."""
    work.sheets.remove(sheet_id)
    return make_response("", 204)


@routes.get("/settings")
@needs(Scope.REPORT_READ, policy=HEADS)
@reads(begin)
@routes.response(200, Wish)
def settings(work: SheetWork) -> Any:
    """Only for heads."""
    return {"note": "head"}


@routes.get("/raised/<name>")
@anyone("a test asks")
def raised(name: str) -> Any:
    """Raise what the test wants, from a place with something to hide in its variables."""
    hidden = "9972055207930001"
    assert hidden
    raise RAISED[name]


@routes.post("/open")
@anyone("a test asks")
@changes(begin)
@routes.arguments(Wish)
@routes.response(200, Wish)
def open_to_all(work: SheetWork, payload: dict[str, Any]) -> Any:
    """Take what anybody sends."""
    return payload


@routes.get("/asked")
@anyone("a test asks")
@routes.arguments(Wish, location="query")
@routes.response(200, Wish)
def asked(payload: dict[str, Any]) -> Any:
    """Take arguments of the query."""
    return payload


@routes.get("/called-in-transaction")
@anyone("a test asks")
@reads(begin)
def called_in_transaction(work: SheetWork) -> Any:
    """Do what nobody may: call another service while a transaction is open."""
    from shared.contracts.event import Publisher

    return parts().calls.to(Publisher.REFERRAL).get("/x")


def replace_name(sheet: Sheet, name: str) -> Sheet:
    return replace(sheet, name=name)


def an_app(of: Parts) -> Flask:
    """The application, made as the services make theirs."""
    return make_app(of, title="Toy", routes=[routes])


def every_error() -> list[type[RajutError]]:
    """Every error class of the kit that a caller may be shown."""
    from shared import errors

    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    return [kind for kind in kinds if issubclass(kind, RajutError)]


def an_error(kind: type[RajutError]) -> RajutError:
    """One error of this class."""
    if kind is MoveNotAllowed:
        return MoveNotAllowed("Rujukan", "terima", "ditolak")
    if kind is Invalid:
        return Invalid(fields={"persons.0.sex": ["wrong_code"], "born": ["impossible_date"]})
    return kind()
