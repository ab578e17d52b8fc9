"""A day before the calendar begins: no error, no date, and nothing counted from what has none."""

from datetime import date, timedelta

import pytest

from cities.clocks.derive import Closure, Deadline, current, derive
from cities.clocks.explain import as_json, explain, from_json
from cities.rights.standing import standing
from cities.schema.load import load_city
from tests.cities.worked import CT, MO, OR, REAL_CITIES, STOCKTON, deadlines, happened, on


def of(found: tuple[Deadline, ...], clock: str) -> Deadline:
    deadline = current(found, clock)
    assert deadline is not None, clock
    return deadline


def dates_of(deadline: Deadline) -> list[date | None]:
    return [deadline.due_on, deadline.earliest_on, deadline.latest_on, deadline.nominal_on]


@pytest.mark.parametrize("city", REAL_CITIES)
def test_request_of_long_ago_has_its_clocks_and_none_a_date(city: str) -> None:
    found = deadlines(city, "received 1999-03-01", "denied 1999-03-20")

    assert {deadline.status for deadline in found} == {"not_computed"}
    assert {day for deadline in found for day in dates_of(deadline)} == {None}
    first_year = load_city(city).statute.calendar.first_year
    assert {deadline.not_computed_before for deadline in found} == {first_year}


@pytest.mark.parametrize(("city", "year"), [(CT, 2022), (MO, 2010), (OR, 2018), (STOCKTON, 2015)])
def test_calendar_begins_in_the_year_that_was_checked(city: str, year: int) -> None:
    last_without = of(deadlines(city, f"received {year - 1}-12-31"), "response")
    first_with = of(deadlines(city, f"received {year}-01-01"), "response")

    assert last_without.status == "not_computed"
    assert first_with.due_on is not None


def test_explanation_says_where_the_calendar_begins_and_why() -> None:
    found = of(deadlines(OR, "received 2015-06-01", "acknowledged 2015-06-02"), "acknowledgement")

    assert explain(found).splitlines() == [
        "Acknowledgement (the city's): not computed before 2018; done Tuesday, June 2, 2015",
        found.rule,
        "ORS 192.324(2) (checked 2026-11-21).",
        "",
        "Mon Jun 1               received: not counted",
        (
            "Mon Jan 1               the desk's calendar begins in 2018: no date before it is "
            "computed; the days of ORS 192.324 and 192.329 are the law since January 1, 2018 "
            "(Oregon Laws 2017, chapter 456); before, a body answered as soon as practicable."
        ),
    ]


def test_explanation_is_read_back_as_it_was_stored() -> None:
    found = of(deadlines(OR, "received 2015-06-01"), "response")
    fields = ("clock", "whose", "status", "starts_on", "due_on", "earliest_on", "latest_on",
              "nominal_on", "met_on", "route")  # fmt: skip

    again = from_json(as_json(found), **{name: getattr(found, name) for name in fields})

    assert again == found


def test_what_happened_later_is_counted() -> None:
    """Decided on Mon Jan 10, 2022: 45 days end on Thu Feb 24."""
    found = deadlines(
        CT, "received 2021-01-11", "denied 2021-01-13",
        happened("appeal_filed 2021-01-20", route="foic"),
        happened("appeal_decided 2022-01-10", route="foic", outcome="affirmed"),
    )  # fmt: skip

    assert of(found, "response").status == "not_computed"
    assert of(found, "court").due_on == on("2022-02-24")


def test_denial_after_a_silence_that_has_no_date_has_none_itself() -> None:
    """The silence of Jan 2022 began before the calendar, and may have started the thirty days."""
    found = deadlines(CT, "received 2021-12-28", "denied 2022-01-05")

    assert of(found, "appeal").status == "not_computed"


def test_denial_long_after_such_a_silence_has_its_own_days() -> None:
    found = deadlines(CT, "received 2021-12-28", "denied 2022-06-01")

    assert of(found, "appeal").due_on == on("2022-07-01")


def test_sending_before_the_calendar_leaves_the_strict_reading_without_a_date() -> None:
    found = deadlines(CT, "submitted 2021-12-31", "received 2022-01-03")

    assert of(found, "response").status == "not_computed"


def test_route_over_a_denial_of_long_ago_is_closed_without_a_date() -> None:
    events = [happened("received 2015-03-01"), happened("denied 2015-03-02")]
    stands = standing(load_city(CT), events)

    [way] = stands.ways(on("2026-11-20"))

    assert not way.is_open(on("2026-11-20"))
    assert way.is_open(on("2015-03-10"))


def test_silence_of_long_ago_is_no_grievance_that_can_be_dated() -> None:
    stands = standing(load_city(CT), [happened("received 2015-03-01")])

    assert stands.grievances == ()


@pytest.mark.parametrize("city", REAL_CITIES)
def test_no_day_of_twenty_years_is_refused(city: str) -> None:
    day = date(2004, 1, 1)
    while day < date(2024, 1, 1):
        assert derive(load_city(city), [happened(f"received {day}")]) != ()
        day += timedelta(days=17)


def test_closure_before_the_calendar_is_still_refused() -> None:
    with pytest.raises(ValueError, match="covers 2022 to 2045"):
        deadlines(CT, "received 2026-11-02", closures=(Closure(on("1999-11-02"), "snow"),))
