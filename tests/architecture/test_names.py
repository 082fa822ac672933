"""Names say what a thing is in the field's words; a name that fits anything says nothing."""

import pytest

from tests.support.source import PACKAGES, definitions, files, short

#: These mean something else here (an OAuth client, a microservice) or nothing at all.
SAYS_NOTHING = {
    *("client", "user", "service", "status", "data", "info", "manager", "handler", "helper"),
    *("util", "common", "base", "core", "process", "do", "misc"),
    *("clients", "users", "managers", "handlers", "helpers", "utils", "bases"),
}
SUFFIXES = ("Service", "Manager", "Handler", "Helper", "Impl", "DTO")
#: Where the word is exact: the kinds of help of CL16 (DESIGN 2), and the four services.
SETTLED = {
    ("shared/contracts/vocabulary.py", "Service"),
    ("deploy/services.py", "Service"),
    ("deploy/services.py", "service"),
    ("services/auth/api/oauth_request.py", "data"),  # what Authlib asks a request for
}


def test_no_module_or_folder_has_a_name_that_says_nothing():
    parts = {
        (part.removesuffix(".py"), short(path))
        for path in files(*PACKAGES)
        for part in short(path).split("/")
    }

    assert not sorted(where for name, where in parts if says_nothing(name))


def test_no_class_or_function_has_a_name_that_says_nothing():
    found = [
        f"{each.where} {each.name}"
        for path in files(*PACKAGES)
        for each in definitions(path)
        if says_nothing(each.name) and (short(path), each.name) not in SETTLED
    ]

    assert not found, "\n".join(["say more with:", *found])


@pytest.mark.parametrize(
    "name", ["utils", "Manager", "_data", "do_it", "ReferralService", "CaseDTO"]
)
def test_a_name_that_says_nothing_is_known(name):
    assert says_nothing(name)


@pytest.mark.parametrize("name", ["referral", "CaseManagement", "process_id", "client_assertion"])
def test_a_name_in_the_words_of_the_field_is_let_through(name):
    assert not says_nothing(name)


def says_nothing(name):
    bare = name.strip("_").lower()
    return bare in SAYS_NOTHING or bare.startswith("do_") or name.endswith(SUFFIXES)
