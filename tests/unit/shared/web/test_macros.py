import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, render_template_string

NASTY = """<script>alert('x')</script>"""
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
FIELDS = "{% import 'rajut/fields.html' as f %}"
PANELS = "{% import 'rajut/panels.html' as p %}"
ONE_FIELD = [
    "f.text_field('a', {0}, values, errors, hint={0})",
    "f.textarea_field('a', {0}, values, errors, hint={0})",
    "f.textarea_field('a', {0}, values, errors, hint={0}, limit=9)",
    "f.radios_field('a', {0}, [('X', {0}), ('Y', 'b')], values, errors, hint={0})",
    "f.checkboxes_field('a', {0}, [('X', {0}), ('Y', 'b')], values, errors, hint={0})",
    "f.select_field('a', {0}, [('X', {0}), ('Y', 'b')], values, errors, hint={0})",
    "f.date_field('a', {0}, values, errors, hint={0})",
    "f.yes_no_unknown('a', {0}, values, errors, hint={0})",
    "f.password_field('a', {0}, errors, hint={0})",
]
PARTS = [
    "p.navigation([{{'text': n, 'href': n, 'count': 3}}, {{'text': 'b', 'href': '/'}}])",
    "p.account(n, n, n)",
    "p.next_step(n, n, href=n)",
    "p.next_step(n, n, action=n)",
    "p.stage_list([{{'name': n, 'standing': n, 'kind': 'done', 'href': n}}])",
    "p.timeline([{{'at': now, 'what': n, 'who': n, 'through': n, 'detail': n, 'href': n}}])",
    "p.cards(n, [{{'key': 'k', 'label': n}}], [{{'k': n, 'href': n}}])",
    "p.summary_list([{{'key': n, 'value': n, 'href': n}}])",
    "p.figures([{{'number': 1, 'text': n, 'href': n}}])",
    "p.tag(n)",
    "p.notice(n)",
    "p.warning(n)",
    "p.back_link(n, n)",
    "p.missing_panel(n)",
    "p.pagination(previous=n, next=n)",
]


def render(call: str, **names: object) -> str:
    return render_template_string(FIELDS + PANELS + "{{ " + call + " }}", now=NOW, **names)


@pytest.mark.parametrize("call", ONE_FIELD)
def test_nothing_typed_or_worded_becomes_markup(page: Flask, call: str) -> None:
    typed = {"a": NASTY, "a-day": NASTY}

    html = render(call.format("n"), n=NASTY, values=typed, errors={"a": NASTY})

    assert NASTY not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("call", PARTS)
def test_nothing_shown_becomes_markup(page: Flask, call: str) -> None:
    html = render(call.format(), n=NASTY)

    assert NASTY not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("call", ONE_FIELD)
def test_the_summary_links_to_a_field_that_is_there(page: Flask, call: str) -> None:
    errors = {"a": "Missing data for required field."}

    field = render(call.format("'Nama'"), values={}, errors=errors)
    summary = render("f.error_summary(errors, {'a': 'Nama'})", errors=errors)

    assert 'href="#a"' in summary
    assert "Nama: Bagian ini perlu diisi." in summary
    assert re.search(r'<(input|textarea|select)\b[^>]*\bid="a"', field)
    assert "Bagian ini perlu diisi." in field
    assert "Error" not in field


@pytest.mark.parametrize("call", ONE_FIELD[:-1])
def test_every_field_keeps_what_was_typed(page: Flask, call: str) -> None:
    typed = {"a": "YES" if "yes_no" in call else "Y", "a-day": "Y"}

    html = render(call.format("'Nama'"), values=typed, errors={})

    assert re.search(r'value="Y"|value="(Y|YES)" (checked|selected)|>Y</textarea>', html)


@pytest.mark.parametrize("call", [ONE_FIELD[0], ONE_FIELD[1], ONE_FIELD[6]])
def test_a_shared_device_suggests_no_names(page: Flask, call: str) -> None:
    html = render(call.format("'Nama'"), values={}, errors={})
    boxes = re.findall(r"<(?:input|textarea)[^>]*>", html)

    assert boxes
    assert all('autocomplete="off"' in box for box in boxes)


def test_a_choice_may_be_several(page: Flask) -> None:
    call = "f.checkboxes_field('a', 'Apa', [('X', 'x'), ('Y', 'y'), ('Z', 'z')], values)"

    html = render(call, values={"a": ["X", "Z"]})

    assert re.findall(r'value="(\w)" checked', html) == ["X", "Z"]


def test_a_choice_may_open_a_question_of_its_own(page: Flask) -> None:
    choice = {"value": "X", "text": "x", "hint": "petunjuk", "conditional": "lanjutan"}

    html = render("f.radios_field('a', 'Apa', choices)", choices=[choice, {"divider": "atau"}])

    assert "petunjuk" in html
    assert "lanjutan" in html
    assert "atau" in html


def test_the_same_form_sent_twice_keeps_its_key(page: Flask) -> None:
    first, second = render("f.idempotency_input()"), render("f.idempotency_input()")

    assert first != second
    assert 'value="k"' in render("f.idempotency_input({'_once': 'k'})")


def test_a_deadline_says_in_words_what_its_colour_says(page: Flask) -> None:
    html = render("p.deadline(until, now, at=true)", until=NOW - timedelta(minutes=40))

    assert "rajut-deadline--late" in html
    assert "terlambat 40 m" in html
    assert "22 November 2026, 13.20 WITA" in html


def test_a_list_stays_a_table_for_a_screen_reader(page: Flask) -> None:
    html = render("p.cards('Tugas', [{'key': 'k', 'label': 'Kasus'}], [{'k': 'K-1'}])")

    assert 'role="table"' in html
    assert 'role="rowheader" scope="row"' in html
    assert "Belum ada isi." in render("p.cards('Tugas', [], [])")


@pytest.mark.parametrize(("language", "words"), [("id", "Keluar cepat"), ("en", "Quick exit")])
def test_the_frame_speaks_the_language_of_the_page(kept: Flask, language: str, words: str) -> None:
    child = (
        "{% extends 'rajut/layout.html' %}{% set quick_exit = true %}{% set errors = {'a': 'b'} %}"
    )

    with kept.test_request_context("/", query_string={"bahasa": language}):
        html = render_template_string(child, training=True, unit_name=NASTY)

    assert f'<html lang="{language}"' in html
    assert words in html
    assert 'href="/keluar-cepat"' in html
    assert ("LATIHAN" if language == "id" else "TRAINING") in html
    assert ("<title>Galat: " if language == "id" else "<title>Error: ") in html
    assert NASTY not in html


def test_a_quiet_page_has_neither_exit_nor_training(page: Flask) -> None:
    html = render_template_string("{% extends 'rajut/layout.html' %}")

    assert "keluar-cepat" not in html
    assert "LATIHAN" not in html
    assert html.count("Butuh bantuan?") == 1
