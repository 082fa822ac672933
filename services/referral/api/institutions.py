"""The directory of partners."""

from typing import Any
from uuid import UUID

from marshmallow import RAISE

from services.referral.actions.directory import change_institution, enter_institution
from services.referral.api.policies import DIRECTORY_KEEPERS, DIRECTORY_READERS
from services.referral.api.schemas import one_of
from services.referral.api.shapes import InstitutionSchema, InstitutionShape, NewInstitutionSchema
from services.referral.domain.institution import Institution
from services.referral.queries.directory import get_institution, search_directory
from services.referral.storage.work import Work, begin
from shared.contracts.scopes import Scope
from shared.contracts.vocabulary import Service
from shared.http.etag import must_match, tag_of
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.schemas import Strict
from shared.http.transaction import changes, reads

routes = Routes(
    "institutions",
    __name__,
    url_prefix="/api/referral/v1/institutions",
    description="The directory of partners: who gives which service, and how fast.",
)


class DirectoryQuery(Strict):
    """What is looked for: a service (``PSI_TERAPI``) or a whole field of help (``PSI``)."""

    service = one_of(Service)


@routes.get("")
@needs(Scope.DIRECTORY_READ, policy=DIRECTORY_READERS)
@reads(begin)
@routes.arguments(DirectoryQuery, location="query", unknown=RAISE)
@routes.response(200, InstitutionShape(many=True))
def search(work: Work, wanted: dict[str, Any]) -> list[Institution]:
    """List the institutions that take part and give a service, by name."""
    return search_directory(work, actor(), wanted.get("service"))


@routes.get("/<uuid:institution_id>")
@needs(Scope.DIRECTORY_READ, policy=DIRECTORY_READERS)
@reads(begin)
@routes.response(200, InstitutionShape)
def one(work: Work, institution_id: UUID) -> Any:
    """Read one entry."""
    found = get_institution(work, actor(), institution_id)
    return found, {"ETag": tag_of(found.version)}


@routes.post("")
@needs(Scope.DIRECTORY_WRITE, policy=DIRECTORY_KEEPERS)
@changes(begin)
@routes.arguments(NewInstitutionSchema)
@routes.response(201, InstitutionShape)
def enter(work: Work, entry: dict[str, Any]) -> Any:
    """Enter an institution under the id that auth gave it."""
    made = enter_institution(work, actor(), entry)
    return made, {"ETag": tag_of(made.version)}


@routes.put("/<uuid:institution_id>")
@needs(Scope.DIRECTORY_WRITE, policy=DIRECTORY_KEEPERS)
@changes(begin)
@routes.arguments(InstitutionSchema)
@routes.response(200, InstitutionShape)
def change(work: Work, entry: dict[str, Any], institution_id: UUID) -> Any:
    """Change an entry; If-Match names the version you saw."""
    seen = must_match()
    made = change_institution(work, actor(), institution_id, seen=seen, entry=entry)
    return made, {"ETag": tag_of(made.version)}
