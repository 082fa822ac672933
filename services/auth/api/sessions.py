"""One's own sessions: which are open, and ending one."""

from uuid import UUID

from services.auth.actions.sessions import end_own_session, open_sessions
from services.auth.api.policies import SESSION_OWNERS
from services.auth.api.schemas import SessionSchema
from services.auth.domain.session import Session
from services.auth.storage.work import Work, begin
from shared.clock import now
from shared.contracts.scopes import Scope
from shared.http.guard import actor, needs
from shared.http.routes import Routes
from shared.http.transaction import changes, reads

routes = Routes(
    "sessions",
    __name__,
    url_prefix="/api/auth/v1/sessions",
    description="Where one is signed in oneself.",
)


@routes.get("")
@needs(Scope.PERSON_LIST, policy=SESSION_OWNERS)
@reads(begin)
@routes.response(200, SessionSchema(many=True))
def listed(work: Work) -> list[Session]:
    """List one's own open sessions, the last used first."""
    return open_sessions(work, actor().id, at=now())


@routes.delete("/<uuid:session_id>")
@needs(Scope.PERSON_LIST, policy=SESSION_OWNERS)
@changes(begin)
@routes.response(204)
def end(work: Work, session_id: UUID) -> None:
    """End one of one's own sessions."""
    end_own_session(work, actor(), session_id, at=now())
