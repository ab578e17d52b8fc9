"""One morning a day of the reader's, on days of 23 and 25 hours too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.reminders.planning.mornings import has_digest, morning_of

NEW_YORK = "America/New_York"
HALF_PAST_SEVEN = time(7, 30)
ZONES = [NEW_YORK, "America/Los_Angeles", "Pacific/Honolulu", "Europe/London", "Asia/Kathmandu",
         "Australia/Lord_Howe", "Pacific/Apia"]  # fmt: skip


def rounds(
    instants: list[datetime], *, zone: str = NEW_YORK, morning_at: time = HALF_PAST_SEVEN
) -> list[tuple[date, datetime]]:
    """The days on which a reader is told, if the desk runs at these moments."""
    found: list[tuple[date, datetime]] = []
    for at in instants:
        on = morning_of(at, zone=zone, morning_at=morning_at)
        if on is not None and (not found or found[-1][0] < on):
            found.append((on, at))
    return found


def every_ten_minutes(first: datetime, days: int) -> list[datetime]:
    return [first + timedelta(minutes=10 * n) for n in range(days * 144)]


def test_morning_begins_at_its_hour_in_the_readers_zone() -> None:
    before = datetime(2026, 11, 20, 12, 29, tzinfo=UTC)  # 7:29 in New York

    assert morning_of(before, zone=NEW_YORK, morning_at=HALF_PAST_SEVEN) is None
    after = before + timedelta(minutes=1)
    assert morning_of(after, zone=NEW_YORK, morning_at=HALF_PAST_SEVEN) == date(2026, 11, 20)
    assert morning_of(after, zone="America/Chicago", morning_at=HALF_PAST_SEVEN) is None


@pytest.mark.parametrize(("day", "offset_hours"), [(date(2026, 3, 8), -4), (date(2026, 11, 1), -5)])
def test_half_past_seven_comes_once_on_both_days_the_clocks_change(
    day: date, offset_hours: int
) -> None:
    start = datetime.combine(day - timedelta(days=1), time(12), tzinfo=UTC)

    found = rounds(every_ten_minutes(start, 3))

    [moment] = [at for on, at in found if on == day]
    local = moment.astimezone(ZoneInfo(NEW_YORK))
    assert (local.time(), local.utcoffset()) == (HALF_PAST_SEVEN, timedelta(hours=offset_hours))
    assert len({on for on, _ in found}) == len(found)


def test_an_hour_that_does_not_exist_has_come_when_the_clock_is_past_it() -> None:
    start = datetime(2026, 3, 8, 5, tzinfo=UTC)  # midnight; at 2:00 it is 3:00

    [(on, at)] = rounds(every_ten_minutes(start, 1)[:100], morning_at=time(2, 30))

    assert (on, at.astimezone(ZoneInfo(NEW_YORK)).time()) == (date(2026, 3, 8), time(3, 0))


def test_an_hour_that_comes_twice_is_taken_the_first_time() -> None:
    start = datetime(2026, 11, 1, 4, tzinfo=UTC)  # midnight; 1:30 comes at 5:30 and 6:30 UTC

    [(_, at)] = rounds(every_ten_minutes(start, 1)[:100], morning_at=time(1, 30))

    assert at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@given(
    st.lists(
        st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
        max_size=60,
    ),
    st.sampled_from(ZONES),
    st.times(),
)
def test_no_day_has_two_mornings_and_none_that_the_desk_saw_has_none(
    instants: list[datetime], zone: str, morning_at: time
) -> None:
    instants.sort()
    found = [on for on, _ in rounds(instants, zone=zone, morning_at=morning_at)]

    seen = {at.astimezone(ZoneInfo(zone)) for at in instants}
    assert len(set(found)) == len(found)
    assert set(found) == {local.date() for local in seen if local.time() >= morning_at}


def test_digests_come_on_weekdays() -> None:
    week = [date(2026, 11, 16) + timedelta(days=n) for n in range(7)]

    assert [has_digest(on) for on in week] == [True] * 5 + [False] * 2
