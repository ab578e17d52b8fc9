"""The board and the list of requests."""

from datetime import timedelta

import pytest
from django.test import Client

from requests_app.actions.newsroom import people
from requests_app.ledger.attribution import Attribution
from requests_app.models import RecordsRequest, Role
from requests_app.views.requests.board import open_to
from tests.factories import NOW, draft, member, submitted
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


def _html(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_board_puts_each_request_in_one_section() -> None:
    reporter = member()
    late = submitted(reporter, at=NOW - timedelta(days=30), subject="Late one")
    draft(reporter, subject="My draft")
    waiting = submitted(
        reporter,
        kind="dataset",
        office_role="dataset_steward",
        subject="Waiting",
        particulars={"name_or_topic": "permits", "purpose": "to count"},
    )
    page = _html(signed_in(reporter), "/")

    sections = {
        name: page.find(f'id="{name}"') for name in ("late", "to_do", "this_week", "waiting")
    }
    places = {rr.subject: page.find(rr.subject) for rr in (late, waiting)}
    assert sections["late"] < places["Late one"] < sections["to_do"] < page.find("My draft")
    assert sections["this_week"] == -1
    assert places["Waiting"] > sections["waiting"]


def test_a_draft_of_somebody_else_waits_and_is_not_filed_in_passing() -> None:
    reporter = member()
    begun = draft(reporter, subject="Towing invoices")
    colleague = member(Role.EDITOR, newsroom=reporter.membership.newsroom)

    theirs, own = _html(signed_in(colleague), "/"), _html(signed_in(reporter), "/")

    submit = f'href="/requests/{begun.public_id}/submit/"'
    assert (submit in own, 'id="to_do"' in own) == (True, True)
    assert (submit in theirs, 'id="waiting"' in theirs, "being written" in theirs) == (
        False, True, True,
    )  # fmt: skip


def test_a_section_of_its_own_goes_on_where_the_board_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requests_app.views.requests.board.SHOWN", 2)
    monkeypatch.setattr("requests_app.views.requests.board.SHOWN_ALONE", 3)
    reporter = member()
    every = [draft(reporter, subject=f"Draft {number}").subject for number in range(5)]
    client = signed_in(reporter)

    board = client.get("/")
    first = client.get("/?section=to_do")
    rest = client.get(f"/?section=to_do&after={first.context['sections'][0].after}")

    shown = [
        [row.subject for row in answer.context["sections"][0].rows]
        for answer in (board, first, rest)
    ]
    assert shown == [every[:2], every[:3], every[3:]]
    assert rest.context["sections"][0].after == ""
    assert "All 5 of “To do”" in " ".join(board.content.decode().split())


@pytest.mark.parametrize(
    ("address", "status"),
    [("/?section=nowhere", 404), ("/?after=soon", 400), ("/?after=2026-11-02.x", 400)],
)
def test_an_address_that_names_no_place_of_the_board_says_so(address: str, status: int) -> None:
    assert signed_in(member()).get(address).status_code == status


def test_search_and_filters_narrow_the_list() -> None:
    reporter = member()
    draft(reporter, subject="Towing invoices")
    draft(
        reporter,
        subject="Fire overtime",
        city_slug="us-or/portland",
        office_role="records_custodian",
    )
    client = signed_in(reporter)

    found = _html(client, "/requests/?q=towing")
    in_portland = _html(client, "/requests/?city=us-or/portland")
    late = _html(client, "/requests/?late=1")

    assert ("Towing" in found, "Fire overtime" in found) == (True, False)
    assert ("Towing invoices" in in_portland, "Fire overtime" in in_portland) == (False, True)
    assert "Nothing fits" in late


def test_every_page_says_that_mail_is_practiced(settings: object) -> None:
    client = signed_in(member())
    settings.PRACTICE_MAIL = True  # type: ignore[attr-defined]
    assert "nothing leaves this machine" in _html(client, "/requests/")
    settings.PRACTICE_MAIL = False  # type: ignore[attr-defined]
    assert "nothing leaves this machine" not in _html(client, "/requests/")


def test_a_reporters_board_holds_what_they_may_see_and_no_more() -> None:
    reporter = member()
    newsroom = reporter.membership.newsroom
    colleague = member(newsroom=newsroom)
    own, assigned_on, shared, assigned = (draft(reporter), draft(reporter), draft(colleague),
                                          draft(colleague))  # fmt: skip
    draft(colleague)
    editor = Attribution(member(Role.EDITOR, newsroom), NOW)
    people.assign(assigned_on, to=colleague, by=editor)
    people.assign(assigned, to=reporter, by=editor)
    people.share(shared, with_=reporter, by=Attribution(colleague, NOW))

    standing = open_to(reporter, mine_only=False, at=NOW)

    assert {one.records_request for one in standing} == {own, assigned_on, shared, assigned}
    visible = RecordsRequest.objects.visible_to(reporter)
    assert {one.records_request for one in standing} == set(visible)


def test_what_waits_is_shown_in_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requests_app.views.requests.board.SHOWN_WAITING", 1)
    reporter = member()
    colleague = member(Role.EDITOR, reporter.membership.newsroom)
    for number in range(3):
        draft(reporter, subject=f"Draft {number}")

    [waiting] = signed_in(colleague).get("/").context["sections"]

    assert (len(waiting.rows), waiting.total, waiting.after != "") == (1, 3, True)
