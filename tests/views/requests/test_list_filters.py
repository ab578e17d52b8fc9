"""Each filter of the list of requests, and several together."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from cities.schema.load import load_city
from requests_app.actions.requests import city_determinations, city_progress, corrections
from requests_app.actions.research import projects
from requests_app.ledger.attribution import Attribution
from requests_app.models import EventKind, Project, RequestState, Role, User
from tests.factories import NOW, acting, draft, in_state, member, said, submitted
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return member(Role.EDITOR)


@pytest.fixture
def client(editor: User) -> Client:
    return signed_in(editor)


def subjects(client: Client, asked: str) -> set[str]:
    return set(
        re.findall(r'class="subject"[^>]*>([^<]*)</a>', flat(client.get(f"/requests/?{asked}")))
    )


def test_office_is_one_of_one_city(editor: User, client: Client) -> None:
    one = draft(editor, subject="Towing")

    assert subjects(client, f"office={one.city_slug}:{one.office_role}") == {"Towing"}
    assert (
        subjects(client, f"office=us-or/portland:{load_city('us-or/portland').offices[0].role}")
        == set()
    )


def test_project_is_this_one_or_none(editor: User, client: Client) -> None:
    police = Project.objects.create(
        newsroom=editor.membership.newsroom, name="Police", created_by=editor
    )
    placed, alone = draft(editor, subject="Towing"), draft(editor, subject="Parking")
    projects.put_request(placed, police, by=Attribution(editor, NOW))

    assert subjects(client, f"project={police.pk}") == {placed.subject}
    assert subjects(client, "project=none") == {alone.subject}


def test_project_of_another_newsroom_is_no_choice(client: Client) -> None:
    stranger = member(Role.EDITOR)
    theirs = Project.objects.create(
        newsroom=stranger.membership.newsroom, name="Secret", created_by=stranger
    )

    page = flat(client.get(f"/requests/?project={theirs.pk}"))

    assert "is none of the choices of “Project”" in page
    assert "Secret" not in page


def test_fee_by_what_became_of_it() -> None:
    quoted = in_state(RequestState.AWAITING_FEES)
    client = signed_in(member(Role.EDITOR, newsroom=quoted.newsroom))
    unasked = draft(member(newsroom=quoted.newsroom), subject="Parking")

    assert subjects(client, "fee=quoted") == {quoted.subject}
    assert subjects(client, "fee=unanswered") == {quoted.subject}
    assert subjects(client, "fee=unpaid") == {quoted.subject}
    assert subjects(client, "fee=none") == {unasked.subject}

    city_progress.waive_fees(quoted, answer=said(), **acting(quoted))

    assert subjects(client, "fee=quoted") == {quoted.subject}
    assert subjects(client, "fee=unanswered") == subjects(client, "fee=unpaid") == set()


def test_exemption_as_the_city_wrote_it_until_the_denial_is_struck() -> None:
    denied = submitted()
    city_determinations.deny(
        denied, answer=said(), exemptions=["§ 1-210(b)(3) law enforcement"], **acting(denied)
    )
    client = signed_in(member(Role.EDITOR, newsroom=denied.newsroom))

    assert subjects(client, "exemption=210(B)(3)") == {denied.subject}
    assert subjects(client, "exemption=210(b)(4)") == set()

    corrections.strike(
        denied.events.get(kind=EventKind.DENIED),
        why="It denied another request.",
        by=Attribution(denied.created_by, NOW),
    )

    assert subjects(client, "exemption=210(b)(3)") == set()


def test_days_of_filing_hold_both_ends() -> None:
    filed = submitted()
    client = signed_in(member(Role.EDITOR, newsroom=filed.newsroom))
    on = filed.submitted_on
    assert on is not None

    assert subjects(client, f"filed_from={on}&filed_until={on}") == {filed.subject}
    assert subjects(client, f"filed_from={on + timedelta(days=1)}") == set()
    assert subjects(client, f"filed_until={on - timedelta(days=1)}") == set()


def test_days_due_are_those_of_the_board() -> None:
    filed = submitted()
    client = signed_in(member(Role.EDITOR, newsroom=filed.newsroom))
    headline = filed.headlines.first()
    assert headline is not None
    assert headline.clock is not None
    due = headline.clock.due_on
    assert due is not None

    assert subjects(client, f"due_from={due}&due_until={due}") == {filed.subject}
    assert subjects(client, f"due_from={due + timedelta(days=1)}") == set()


def test_filters_are_all_followed_together(editor: User, client: Client) -> None:
    wanted = draft(editor, subject="Towing")
    draft(editor, subject="Parking")

    asked = f"q=tow&state=draft&city=us-ct/stamford&owner={editor.pk}&fee=none&project=none"

    assert subjects(client, asked) == {wanted.subject}
    assert subjects(client, asked.replace("tow", "park").replace("fee=none", "fee=quoted")) == set()


def test_folded_filters_stand_open_where_one_is_asked(editor: User, client: Client) -> None:
    assert '<details class="folded">' in flat(client.get("/requests/?state=draft"))
    assert '<details class="folded" open>' in flat(client.get("/requests/?fee=none"))
