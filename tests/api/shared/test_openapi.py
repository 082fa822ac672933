"""The OpenAPI document of an application is valid and tells of its errors as they are."""

import pytest
from openapi_spec_validator import validate

from shared.http.problems import MEDIA_TYPE
from tests.support.sheet_app import PREFIX, RAISED, an_error, every_error


@pytest.fixture
def database_url(tmp_path):
    """One kind of database is enough where the database is not what is tested."""
    return f"sqlite:///{tmp_path / 'database.sqlite3'}"


@pytest.fixture
def document(web):
    return web.get("/api/intake/v1/openapi.json").json


def operations(document):
    return {
        (method, path): told
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if isinstance(told, dict)
    }


def resolved(document, told):
    while "$ref" in told:
        *_, section, name = told["$ref"].split("/")
        told = document["components"][section][name]
    return told


def test_the_document_is_valid(document):
    validate(document)

    assert document["openapi"].startswith("3.1")


def test_every_error_of_every_route_is_a_problem_document(document):
    for where, told in operations(document).items():
        errors = {s: a for s, a in told["responses"].items() if s == "default" or int(s) >= 400}
        assert "default" in errors, where
        for status, answer in errors.items():
            content = resolved(document, answer)["content"]
            assert list(content) == [MEDIA_TYPE], (where, status)
            assert content[MEDIA_TYPE]["schema"]["$ref"].endswith("/Problem"), (where, status)


def test_what_is_right_is_told_as_json(document):
    (created,) = (
        told["responses"]["201"]
        for where, told in operations(document).items()
        if where[0] == "post" and "201" in told["responses"]
    )

    assert list(created["content"]) == ["application/json"]


def test_a_list_of_codes_is_named_in_the_document(document):
    risk = document["components"]["schemas"]["Written"]["properties"]["risk"]

    assert risk["enum"] == ["TINGGI", "SEDANG", "RENDAH"]


def test_no_field_is_let_in_that_the_document_does_not_name(document):
    assert document["components"]["schemas"]["Written"]["additionalProperties"] is False


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_a_problem_document_holds_what_the_document_says(web, document, kind):
    RAISED["it"] = an_error(kind)
    named = set(document["components"]["schemas"]["Problem"]["properties"])

    assert set(web.get(f"{PREFIX}/raised/it").json) <= named
