"""Dates, times, money and counts as the whole desk writes them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils.dateformat import format as by_django

from requests_app.vocabulary import dates_and_amounts

MONDAY = date(2026, 11, 9)


def test_a_day_is_written_as_long_as_its_place_needs() -> None:
    assert dates_and_amounts.day(MONDAY) == "November 9, 2026"
    assert dates_and_amounts.weekday(MONDAY) == "Monday, November 9, 2026"
    assert dates_and_amounts.short_day(MONDAY) == "Nov 9, 2026"
    assert dates_and_amounts.short_weekday(MONDAY) == "Mon Nov 9, 2026"
    assert dates_and_amounts.weekday_this_year(MONDAY) == "Mon Nov 9"
    assert dates_and_amounts.month_day(MONDAY) == "Nov 9"


def test_the_year_stands_only_where_it_is_another() -> None:
    assert dates_and_amounts.near_weekday(MONDAY, date(2026, 1, 1)) == "Mon Nov 9"
    assert dates_and_amounts.near_weekday(MONDAY, date(2027, 1, 1)) == "Mon Nov 9, 2026"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"), (1, "one"), (19, "nineteen"), (20, "twenty"), (21, "twenty-one"),
        (99, "ninety-nine"), (100, "100"), (1234, "1,234"),
    ],
)  # fmt: skip
def test_numbers_are_words_up_to_ninety_nine(number: int, words: str) -> None:
    assert dates_and_amounts.number(number) == words


@pytest.mark.parametrize("hour", range(24))
def test_a_time_reads_as_templates_write_it(hour: int) -> None:
    at = datetime(2026, 11, 9, hour, 5)
    assert dates_and_amounts.time_of_day(at) == by_django(at, "g:i a")


def test_a_moment_is_its_day_and_time() -> None:
    assert (
        dates_and_amounts.moment(datetime(2026, 11, 9, 7, 30))
        == "Monday, November 9, 2026, 7:30 a.m."
    )


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal("1250.5"), "$1,250.50"),
        ("1250.50", "$1,250.50"),
        ("0", "$0.00"),
        ("to be quoted", "to be quoted"),
    ],
)
def test_money_has_its_thousands_and_cents(amount: Decimal | str, written: str) -> None:
    assert dates_and_amounts.dollars(amount) == written


def test_one_is_counted_in_the_singular() -> None:
    assert dates_and_amounts.count(1, "day") == "1 day"
    assert dates_and_amounts.count(2400, "day") == "2,400 days"
    assert dates_and_amounts.count(0, "entry", "entries") == "0 entries"


def test_things_are_listed_as_people_do() -> None:
    assert dates_and_amounts.listed(["a"]) == "a"
    assert dates_and_amounts.listed(["a", "b"]) == "a and b"
    assert dates_and_amounts.listed(["a", "b", "c"]) == "a, b and c"
    assert dates_and_amounts.listed([]) == ""


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("it informs the public", "It informs the public."),
        (" Already a sentence. ", "Already a sentence."),
        ("is it?", "Is it?"),
        ("", ""),
    ],
)
def test_phrase_becomes_a_sentence(typed: str, written: str) -> None:
    assert dates_and_amounts.sentence(typed) == written
