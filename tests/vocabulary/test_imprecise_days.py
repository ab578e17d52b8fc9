"""A day of which only the month or the year is known is read, said and counted as such."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.vocabulary.research.imprecise_days import ImpreciseDay, Precision, days_between

DAY, MONTH, YEAR = Precision.DAY, Precision.MONTH, Precision.YEAR


@pytest.mark.parametrize(
    ("written", "on", "precision"),
    [
        ("2019-03-04", date(2019, 3, 4), DAY),
        ("3/4/2019", date(2019, 3, 4), DAY),
        ("3/4/19", date(2019, 3, 4), DAY),
        ("March 4, 2019", date(2019, 3, 4), DAY),
        ("Mar 4, 2019", date(2019, 3, 4), DAY),
        ("2019-03", date(2019, 3, 1), MONTH),
        ("3/2019", date(2019, 3, 1), MONTH),
        ("  March   2019 ", date(2019, 3, 1), MONTH),
        ("2019", date(2019, 1, 1), YEAR),
    ],
)
def test_what_people_and_spreadsheets_write_is_read(written, on, precision):
    assert ImpreciseDay.read(written) == ImpreciseDay(on, precision)


@pytest.mark.parametrize(
    "written", ["", "soon", "2019-13", "13/2019", "2/30/2019", "43528", "0000"]
)
def test_what_is_no_date_says_what_to_write(written):
    with pytest.raises(ValueError, match="write 2019-03-04, March 2019 or 2019"):
        ImpreciseDay.read(written)


def test_a_year_before_any_records_law_is_taken_for_a_slip():
    with pytest.raises(ValueError, match="before 1900: check the year"):
        ImpreciseDay.read("0219")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(Precision))
def test_what_is_written_is_read_again(on, precision):
    first = {DAY: on, MONTH: on.replace(day=1), YEAR: on.replace(month=1, day=1)}[precision]
    known = ImpreciseDay(first, precision)

    assert ImpreciseDay.read(str(known)) == known
    assert ImpreciseDay.read(known.in_words) == known
    assert known.on <= on <= known.last


def test_days_are_counted_between_days_alone():
    filed = ImpreciseDay(date(2019, 3, 4))

    assert days_between(filed, ImpreciseDay(date(2019, 4, 3))) == 30
    assert days_between(filed, ImpreciseDay(date(2019, 4, 1), MONTH)) is None
    assert days_between(filed, None) is None
