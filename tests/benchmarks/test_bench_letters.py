"""`manage.py bench letters` measures what it says; its figures are for a quiet machine."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from requests_app.bench import letters
from requests_app.bench.letter_paper import sheet
from requests_app.bench.letters import Verdict
from requests_app.letters import page_count, render_pdf


def test_letter_is_measured_beside_the_engine_and_memory_is_watched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(letters, "two_workers", lambda count: Verdict("two workers", True))
    monkeypatch.setattr(letters, "MOST_RATIO", 10.0)
    out = StringIO()

    call_command("bench", "letters", rounds=3, letters=10, stdout=out)

    first, second, third = out.getvalue().splitlines()
    assert "WeasyPrint alone" in first
    assert first.endswith("times (at most 10.0) ok")
    assert second == "two workers ok"
    assert third.startswith("memory over 10 letters: ")


def test_workers_make_their_letters_together() -> None:
    assert letters._rate(workers=2, letters=1) > 0


def test_promise_that_is_missed_ends_with_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "run", lambda rounds, letters: [Verdict("too slow", False)])
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("bench", "letters", stdout=out)

    assert out.getvalue() == "too slow MISSED\n"


def test_letters_measured_have_one_page_and_differ() -> None:
    first, second = (render_pdf(sheet(number)) for number in (1, 2))
    assert page_count(first) == page_count(second) == 1
    assert first != second


@pytest.mark.parametrize("numbers", [{"rounds": 0}, {"letters": 9}])
def test_numbers_are_checked(numbers: dict[str, int]) -> None:
    with pytest.raises(CommandError, match="at least"):
        call_command("bench", "letters", **numbers)
