"""A day the city was closed: what it moves, what it leaves, and what is refused."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from cities.clocks.derive import Closure as LegalClosure
from requests_app import ledger
from requests_app.actions.cities import contacts
from requests_app.actions.errors import Refused
from requests_app.actions.requests import city_determinations, city_progress, ending
from requests_app.ledger.attribution import Attribution
from requests_app.models import Closure, Event, EventKind, Newsroom, RecordsRequest, Role
from tests.factories import NOW, TODAY, acting, draft, member, said, submitted

pytestmark = pytest.mark.django_db

CT = "us-ct/stamford"
TOMORROW = TODAY + timedelta(days=1)


def close(newsroom: Newsroom, on: date = TOMORROW, city_slug: str = CT, **changed: str) -> Closure:
    editor = member(Role.EDITOR, newsroom)
    told = {"reason": "water main", "source": "the Mayor's notice", **changed}
    return contacts.enter_closure(
        newsroom, LegalClosure(on, **told), city_slug=city_slug, by=Attribution(editor, NOW)
    )


def moved(request: RecordsRequest) -> list[tuple[str, str, str]]:
    events = Event.objects.filter(records_request=request, kind=EventKind.DEADLINE_MOVED)
    return [(e.data["clock"], e.data["from"], e.data["to"]) for e in events.order_by("pk")]


def check() -> str:
    out = StringIO()
    call_command("rederive_deadlines", "--check", stdout=out)
    return out.getvalue()


def test_preview_names_what_the_closure_then_moves() -> None:
    editor = member(Role.EDITOR)
    first, second = submitted(editor), submitted(editor)
    answered = submitted(editor)
    city_determinations.deny(answered, answer=said(), **acting(answered))

    preview = contacts.moved_by_closure(editor.membership.newsroom, city_slug=CT, on=TOMORROW)
    before, of_the_denial = Event.objects.count(), moved(answered)

    assert [(m.records_request.pk, m.clock, m.was_due_on, m.due_on) for m in preview] == [
        (first.pk, "response", date(2026, 11, 6), date(2026, 11, 9)),
        (second.pk, "response", date(2026, 11, 6), date(2026, 11, 9)),
    ]
    assert Event.objects.count() == before

    close(editor.membership.newsroom)

    assert moved(first) == [("response", "2026-11-06", "2026-11-09")]
    assert moved(second) == [("response", "2026-11-06", "2026-11-09")]
    assert moved(answered) == of_the_denial


def test_closure_of_the_past_keeps_the_dates_of_what_is_over_true() -> None:
    """Nobody has to act on them, so no move is recorded; but what is stored is what follows."""
    request = submitted()
    ending.withdraw(request, on=TODAY, **acting(request))

    close(request.newsroom)

    assert moved(request) == []
    assert request.deadlines.get(clock="response").due_on == date(2026, 11, 9)
    assert "0 of 1 requests differ." in check()


def test_closure_moves_nothing_that_was_not_filed_or_is_elsewhere() -> None:
    editor = member(Role.EDITOR)
    elsewhere = submitted(editor, city_slug="us-or/portland", office_role="records_custodian")
    draft(editor)

    close(editor.membership.newsroom)

    assert moved(elsewhere) == []
    assert "0 of 2 requests differ." in check()


def test_many_requests_are_derived_a_few_queries_a_batch(django_assert_max_num_queries) -> None:
    editor = member(Role.EDITOR)
    for _ in range(6):
        submitted(editor)

    # Closures twice, requests twice (the second finds none), events, rows, the upsert, the moves;
    # headlines: those there are, and the four kinds of rows that they follow from, two written;
    # what entering it costs itself: its savepoint, its check, its row; and the chain: its head
    # held, the links of all the moves, its head moved on; what figures count: the rows and limits
    # there are, the clocks they follow from, one written.
    with django_assert_max_num_queries(28):
        contacts.enter_closure(
            editor.membership.newsroom,
            LegalClosure(TOMORROW, "snow", "the notice"),
            city_slug=CT,
            by=Attribution(editor, NOW),
        )

    assert Event.objects.filter(kind=EventKind.DEADLINE_MOVED).count() == 6


def test_batches_meet_without_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requests_app.ledger.inputs.BATCH", 2)
    editor = member(Role.EDITOR)
    requests = [submitted(editor) for _ in range(5)]

    close(editor.membership.newsroom)

    assert all(len(moved(request)) == 1 for request in requests)
    assert all(ledger.compare(request) == [] for request in requests)


@pytest.mark.parametrize(
    ("on", "said_"),
    [
        (date(2026, 11, 8), "is a weekend: it counts nowhere already"),
        (date(2026, 11, 7), "is a weekend"),
        (date(2026, 11, 11), "is a legal holiday .Veterans Day."),
        (date(1899, 11, 10), "outside the calendar, which covers 2022 to 2045: check the year"),
    ],
)
def test_closure_that_could_move_nothing_is_refused(on: date, said_: str) -> None:
    newsroom = member(Role.EDITOR).membership.newsroom

    with pytest.raises(Refused, match=said_):
        close(newsroom, on)
    with pytest.raises(Refused, match=said_):
        contacts.moved_by_closure(newsroom, city_slug=CT, on=on)

    assert not Closure.objects.exists()


def test_legal_holiday_on_which_the_city_may_be_open_can_be_closed_and_is_settled() -> None:
    """Truman Day: the strict reading counts it, until somebody enters that City Hall was shut."""
    request = submitted(
        at=NOW.replace(month=5, day=5),
        city_slug="us-mo/kansas-city",
        office_role="records_custodian",
    )
    response = request.deadlines.get(clock="response")
    assert (str(response.earliest_on), str(response.due_on)) == ("2026-05-08", "2026-05-11")

    close(request.newsroom, date(2026, 5, 8), city_slug="us-mo/kansas-city")

    response.refresh_from_db()
    assert (str(response.earliest_on), str(response.due_on)) == ("2026-05-11", "2026-05-11")


def test_day_of_another_century_is_refused_with_what_to_do() -> None:
    request = submitted()

    with pytest.raises(Refused, match="November 4, 1026 is before 1950: check the year"):
        city_progress.receive(request, on=date(1026, 11, 4), **acting(request))
