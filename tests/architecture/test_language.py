import re
from pathlib import Path

import pytest

from shared.web import catalogue

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    path for folder in ("services", "shared") for path in (ROOT / folder).rglob("*.html")
)
ENGLISH = catalogue.english()
#: Words that the field does not use (spec: ecosystem 7.5): rujukan, kirim and setujui are said.
BANNED = re.compile(r"\b(pengalihan|submit|approve|reject|input data|dashboard)\b", re.IGNORECASE)
#: What of a template is read by a person: neither tags nor Jinja.
UNSEEN = re.compile(r"\{#.*?#\}|\{%.*?%\}|<[^>]*>|\{\{.*?\}\}", re.DOTALL)
#: A sentence handed to the catalogue in a template.
HANDED = re.compile(r"""_\(\s*("[^"]*"|'[^']*')""")


def seen(text: str) -> str:
    return " ".join([UNSEEN.sub(" ", text), *HANDED.findall(text)])


def test_every_sentence_has_its_english() -> None:
    assert catalogue.missing() == frozenset()


def test_no_english_is_kept_that_nothing_asks_for() -> None:
    assert catalogue.unused() == frozenset()


def test_the_sentences_of_templates_and_of_python_are_both_found() -> None:
    assert {"Keluar cepat", "terlambat {span}", "Halaman tidak ditemukan"} <= catalogue.used()


@pytest.mark.parametrize("sentence", sorted(ENGLISH))
def test_both_languages_fill_in_the_same_names(sentence: str) -> None:
    assert catalogue.placeholders(sentence) == catalogue.placeholders(ENGLISH[sentence])


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_screen_uses_a_banned_word(path: Path) -> None:
    assert BANNED.findall(seen(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("sentence", sorted(catalogue.used()))
def test_no_sentence_uses_a_banned_word(sentence: str) -> None:
    assert not BANNED.search(sentence)


def test_the_check_looks_at_words_and_not_at_markup() -> None:
    assert BANNED.findall(seen('<button type="submit">{{ _("Kirim") }}</button>')) == []
    assert BANNED.findall(seen('<button>{{ _("Submit") }}</button>')) == ["Submit"]
    assert BANNED.findall(seen("<h1>Pengalihan</h1>")) == ["Pengalihan"]
