"""A newsroom's own wording: words, facts by name, passages of the pack, and nothing that runs."""

from typing import Any

import pytest

from requests_app.letters import LetterError
from requests_app.letters.wording.newsrooms_own.notation import LONGEST, read, write

FACTS = {
    "asked_on": "November 2, 2026",
    "answered_on": None,
    "exemptions": ["§ 1", "§ 2"],
    "records": ["every report", "the index"],
    "purpose": "To report.\nOn housing.",
    "subject": "Cats {{ asked_on }} {% if x %}",
}


def written(text: str, **facts: Any) -> str:
    return write(read(text), FACTS | facts, lambda name: f"The pack on {name}.\n")


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Asked on {{ asked_on }}.", "Asked on November 2, 2026.\n"),
        ("Asked on {{asked_on}}.", "Asked on November 2, 2026.\n"),
        ("Asked.\nAnswered on {{ answered_on }}.\nStill here.", "Asked. Still here.\n"),
        ("Answered on {{ answered_on }}.\nor: You answered.", "You answered.\n"),
        ("Asked on {{ asked_on }}.\nor: We asked.", "Asked on November 2, 2026.\n"),
        ("A {{ answered_on }}.\nor: B {{ answered_on }}.\nor: C.", "C.\n"),
        ("Relying on {{ exemptions }}.", "Relying on § 1 and § 2.\n"),
        ("{{ records }}", "1. every report\n2. the index\n"),
        ("> {{ purpose }}", "> To report.\n>\n> On housing.\n"),
        ("- {{ purpose }}", "- To report.\n- On housing.\n"),
        ("{{ purpose }}", "To report.\n\nOn housing.\n"),
        ("## Answer\n\n{{ answered_on }}\n\n## End\n\nBye.", "## End\n\nBye.\n"),
        ("Hello.\n{{ pack: relief }}", "Hello. The pack on relief.\n"),
        ("Due{{ pack: the day }}", "DueThe pack on the day.\n"),
        ("Single { braces } stay.", "Single { braces } stay.\n"),
    ],
)
def test_a_wording_is_written_with_its_facts(text: str, letter: str) -> None:
    assert written(text) == letter


def test_one_record_is_set_off_and_several_are_numbered() -> None:
    assert written("{{ records }}", records=["the index"]) == "> the index\n"


def test_what_a_fact_says_is_never_read_as_a_place_or_as_code() -> None:
    assert written("About {{ subject }}.") == "About Cats {{ asked\\_on }} {% if x %}.\n".replace(
        "\\_", "_"
    )


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ asked_on.__class__ }}",
        "{{ asked_on | upper }}",
        "{{ asked_on() }}",
        "{{ asked_on + asked_on }}",
        "{% if asked_on %}yes{% endif %}",
        "{% include '/etc/passwd' %}",
        "{# a note #}",
        "{{ pack: ../../etc/passwd }}",
        "{{ pack: _close.md }}",
        "{{ pack: }}",
        "{{ }}",
        "{{ {{ asked_on }} }}",
        "{{ asked_on",
        "asked_on }}",
        "{{ asked\non }}",
        "{{ " + "a" * 500 + " }}",
    ],
)
def test_nothing_that_runs_is_taken(attack: str) -> None:
    with pytest.raises(LetterError, match="Line 1 "):
        read(attack)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "The wording is empty"),
        (" \n\n ", "The wording is empty"),
        ("or: We asked.", "Line 1 begins with “or:”"),
        ("We asked.\n\nor: We asked.", "Line 3 begins with “or:”"),
        ("a" * (LONGEST + 1), "has 20,001 characters"),
        ("{{ asked_on }} " * 121, "more than 120 places"),
    ],
)
def test_what_is_wrong_is_said(text: str, problem: str) -> None:
    with pytest.raises(LetterError, match=problem):
        read(text)


def test_characters_that_reorder_or_end_a_line_are_taken_out() -> None:
    assert read("Dear\u202e Clerk\x00:\r\n\r\nHello.").source == "Dear Clerk:\n\nHello."
