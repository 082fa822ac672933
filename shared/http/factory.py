"""Builds the web application of a service."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from flask import Blueprint, Flask, Response, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from shared.http import health, problems
from shared.http.guard import PARTS, Access, marked, refuse_to_start_open
from shared.http.parts import Parts
from shared.http.routes import Described
from shared.identifiers import new_id
from shared.log import logger
from shared.storage.work import correlation_id

#: A caller may name its own only as a UUID: any other text could tell something, and it travels.
_CORRELATION: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LARGEST_BODY: Final = 1024 * 1024


def make_app(
    parts: Parts,
    *,
    title: str,
    routes: Sequence[Any] = (),
    pages: Sequence[Blueprint] = (),
    dress: Callable[[Flask], None] = lambda _: None,
) -> Flask:
    """Build an application: JSON routes, pages, problem documents, health, correlation.

    ``dress`` prepares it for pages (``shared.web.pages.prepare``) before the routes are checked.
    Raises RouteWithoutAccess when a route names no access.
    """
    app = Flask(f"services.{parts.publisher}", static_folder=None)
    app.extensions[PARTS] = parts
    app.config.update(_settings(parts, title))
    app.json.sort_keys = False  # type: ignore[attr-defined]
    api = Described(app)
    for blueprint in routes:
        api.register_blueprint(blueprint)
    app.register_blueprint(health.blueprint(f"/api/{parts.publisher}/v1"))
    for blueprint in pages:
        app.register_blueprint(blueprint)
    dress(app)
    problems.register(app)
    _correlate(app)
    _open_documents(app)
    refuse_to_start_open(app)
    if parts.web.trusted_proxies:
        hops = parts.web.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _settings(parts: Parts, title: str) -> dict[str, Any]:
    return {
        "API_TITLE": title,
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": f"/api/{parts.publisher}/v1",
        "OPENAPI_JSON_PATH": "openapi.json",
        "API_SPEC_OPTIONS": {
            "components": {
                "securitySchemes": {
                    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "at+jwt"}
                }
            },
            "security": [{"bearer": []}],
            "servers": [{"url": "/"}],
        },
        "MAX_CONTENT_LENGTH": _LARGEST_BODY,
        "MAX_FORM_PARTS": 500,
        "PROPAGATE_EXCEPTIONS": False,
        "TRAP_HTTP_EXCEPTIONS": False,
    }


def _correlate(app: Flask) -> None:
    @app.before_request
    def begin_correlation() -> None:
        given = request.headers.get("X-Correlation-Id", "")
        fits = _CORRELATION.fullmatch(given)
        g.correlation_token = correlation_id.set(given if fits else str(new_id()))

    @app.after_request
    def tell_correlation(response: Response) -> Response:
        response.headers["X-Correlation-Id"] = correlation_id.get()
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cache-Control", "no-store")
        # The route's pattern is logged, never the address: ids and codes stay out of the log.
        logger("http").info(
            "answered",
            method=request.method,
            route=str(request.url_rule or "?"),
            status=response.status_code,
            correlation_id=correlation_id.get(),
        )
        return response

    @app.teardown_request
    def end_correlation(_: BaseException | None) -> None:
        token = g.pop("correlation_token", None)
        if token is not None:
            correlation_id.reset(token)


def _open_documents(app: Flask) -> None:
    """Let anybody read the OpenAPI document: what the API looks like is no secret."""
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith("api-docs."):
            app.view_functions[endpoint] = marked(_plain(view), Access(frozenset(), None, "docs"))


def _plain(view: Any) -> Any:
    def shown(*args: Any, **named: Any) -> Any:
        return view(*args, **named)

    return shown
