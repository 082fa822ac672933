"""Files, classes and functions stay small enough to be read in one go."""

import pytest

from tests.support.source import PACKAGES, definitions, files, short

FILE, TEST_FILE, FUNCTION, CLASS, DEPTH = 300, 400, 40, 150, 5


@pytest.mark.parametrize(("folders", "most"), [(PACKAGES, FILE), (("tests",), TEST_FILE)])
def test_no_file_is_too_long(folders, most):
    lengths = {short(path): len(path.read_text().splitlines()) for path in files(*folders)}

    none_over(lengths, most)


def test_no_function_is_too_long():
    none_over(lengths_of(classes=False), FUNCTION)


def test_no_class_is_too_long():
    none_over(lengths_of(classes=True), CLASS)


def test_no_folder_is_too_deep():
    folders = {short(path.parent) for path in files(*PACKAGES)}

    assert not [folder for folder in folders if len(folder.split("/")) > DEPTH]


def lengths_of(*, classes):
    return {
        f"{found.where} {found.name}": found.lines
        for path in files(*PACKAGES)
        for found in definitions(path)
        if found.is_class == classes
    }


def none_over(lengths, most):
    """Fails with one line for each that is too long, the longest first."""
    over = sorted(((lines, what) for what, lines in lengths.items() if lines > most), reverse=True)
    if over:
        pytest.fail(
            "\n".join(f"{what}: {lines} lines, at most {most}" for lines, what in over),
            pytrace=False,
        )
