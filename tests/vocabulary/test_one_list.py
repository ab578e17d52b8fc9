"""What is true of a kind of event, a clock, a channel or a state stands in the vocabulary alone."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.vocabulary.lists import second_lists

ROOT = Path(settings.ROOT)
NOT_SEARCHED = ("requests_app/migrations/", "requests_app/vocabulary/")
FILES = [
    name
    for package in ("cities", "config", "requests_app")
    for file in sorted((ROOT / package).rglob("*.py"))
    if not (name := file.relative_to(ROOT).as_posix()).startswith(NOT_SEARCHED)
]
# Files that may have a list of their own, each with its reason.
ALLOWED = {
    "cities/clocks/starts.py": "says what set a clock off; cities may import nothing of the desk",
    "cities/schema/clock_events.py": "what the law may look at; compared with the desk's by test",
    "requests_app/headlines.py": "which step each state of a draft or of a delivery calls for",
    "requests_app/forms/requests/recorded_acts.py": "names acts, compared with policy's by test",
}


def test_no_module_has_a_list_of_its_own():
    lists = {file: list(second_lists((ROOT / file).read_text(encoding="utf-8"))) for file in FILES}

    assert {file: found for file, found in lists.items() if found and file not in ALLOWED} == {}


def test_what_is_allowed_a_list_has_one():
    assert [f for f in ALLOWED if not list(second_lists((ROOT / f).read_text("utf-8")))] == []


SIX = "{K.DENIED, K.GRANTED, K.REFERRED, K.CLOSED, K.LAPSED, K.NOTED}"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (f"K = EventKind\nENDS = frozenset({SIX})", ["2: 6 kinds of event"]),
        (f"S, K = DeliveryState, models.EventKind\nA = {SIX}", ["2: 6 kinds of event"]),
        (f"A = {SIX.replace('K.', 'models.EventKind.')}", ["1: 6 kinds of event"]),
        (f"def f(k):\n    return k in {SIX.replace('K.', 'EventKind.')}", ["1: 6 kinds of event"]),
        (f"from m import EventKind as K\nclass C:\n    A = {SIX}", ["3: 6 kinds of event"]),
        (
            'A = ["denied", "granted", "referred", "closed", "lapsed", "noted"]',
            ["1: 6 kinds of event, as strings"],
        ),
        ('NAMES = {"response": "a", "appeal": "b", "court": "c"}', ["1: 3 clocks"]),
        (
            'X = {Channel.EMAIL: "a", Channel.POST: "b", Channel.PHONE: "c"}',
            ["1: 3 of Channel"],
        ),
        (
            'S = RequestState\nX = {S.DENIED: "a", S.GRANTED: "b", S.CLOSED: "c"}',
            ["2: 3 of RequestState"],
        ),
        ("OPEN = [AppealState.DRAFT, AppealState.FILED]", ["1: the states of UNDECIDED"]),
        ("def a():\n    EventKind.DENIED\n\ndef b():\n    EventKind.NOTED", []),
        ('X = {Channel.EMAIL: "a", Channel.POST: "b"}', []),
    ],
)
def test_the_rule_sees_each_way_of_listing(source: str, found: list[str]):
    assert list(second_lists(source)) == found
