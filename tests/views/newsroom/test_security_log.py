"""The security log's page: for admins, of their newsroom, filtered, and as CSV."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.accounts import sessions
from requests_app.actions.privacy import retention
from requests_app.ledger.chains import heads_in, security_head_line
from requests_app.ledger.security.origin import Origin, coming_from
from requests_app.ledger.security.security_log import record
from requests_app.models import Role, SecurityEvent
from requests_app.vocabulary.security_kinds import SecurityKind as K
from tests.accounts.people import browser_at, is_signed_in, owner, sign_in
from tests.factories import NOW, TODAY, member
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
PAGE, CSV = "/settings/security-log/", "/settings/security-log.csv"


@pytest.fixture
def admin() -> Any:
    return member(Role.ADMIN)


def sentences(user: Any, **asked: Any) -> list[str]:
    answer = signed_in(user).get(PAGE, asked)
    return [one.sentence for one in answer.context["shown"].rows]


def some_entries(admin: Any) -> None:
    with coming_from(lambda: Origin(address="198.51.100.7")):
        record(K.TOKEN_MADE, by=admin, name="a script")
    record(K.ROLE_CHANGED, by=admin, about=member(newsroom=admin.membership.newsroom),
           before="Reporter", after="Editor")  # fmt: skip


def test_nothing_of_another_newsroom_nor_of_the_desk_is_shown(admin: Any) -> None:
    some_entries(admin)
    some_entries(member(Role.ADMIN))
    record(K.SIGN_IN_FAILED, typed="abcd1234")

    found = signed_in(admin).get(PAGE).context["shown"].rows

    assert {one.newsroom_id for one in found} == {admin.membership.newsroom_id}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"kind": "token_made"}, {"token_made"}),
        ({"address": "198.51.100.7"}, {"token_made"}),
        ({"since": "2020-01-01", "kind": "role_changed"}, {"role_changed"}),
        ({"until": "2020-01-01"}, set()),
        ({"kind": "nothing"}, set()),
    ],
)
def test_filters(admin: Any, asked: dict[str, str], shown: set[str]) -> None:
    some_entries(admin)

    answer = signed_in(admin).get(PAGE, asked)

    assert {one.kind for one in answer.context["shown"].rows} == shown
    assert answer.status_code == (422 if asked.get("kind") == "nothing" else 200)


def test_a_person_is_found_by_what_they_did_and_by_what_was_done_to_them(admin: Any) -> None:
    some_entries(admin)
    about = SecurityEvent.objects.get(kind=K.ROLE_CHANGED).about

    assert sentences(admin, person=about.pk) == [
        f"{admin} changed the role of {about} from Reporter to Editor."
    ]
    assert f"{admin} made the API token “a script”." in sentences(admin, person=admin.pk)


def test_csv_has_what_is_filtered_no_formula_and_is_an_entry_itself(admin: Any) -> None:
    some_entries(admin)
    with coming_from(lambda: Origin(address="203.0.113.9", device="=cmd|'/c calc'!A1")):
        record(K.FEED_MADE, by=admin)

    answer: Any = signed_in(admin).get(CSV, {"kind": "feed_made"})

    [row] = csv.DictReader(io.StringIO(answer.getvalue().decode()))
    assert (row["kind"], row["device"]) == ("feed_made", "'=cmd|'/c calc'!A1")
    assert sentences(admin, kind="security_log_fetched") == [
        f"{admin} downloaded this log: 1 entry."
    ]


def test_page_says_how_long_an_entry_is_kept_what_went_and_where_the_chain_stands(
    admin: Any,
) -> None:
    newsroom = admin.membership.newsroom
    record(K.TOKEN_MADE, by=admin, name="a script", at=NOW - timedelta(days=1100))
    assert "Each entry is kept for 1,095 days. Where it" in flat(signed_in(admin).get(PAGE))
    retention.purge(at=NOW)

    page = flat(signed_in(admin).get(PAGE))

    assert (
        "Each entry is kept for 1,095 days. What was written until October 29, 2023 went: 1 entry. "
        f"Where it stands: {security_head_line(newsroom.pk, on=TODAY)}." in page
    )
    assert heads_in([page])[0].on == TODAY


def test_more_entries_take_no_more_queries(admin: Any) -> None:
    browser = signed_in(admin)
    some_entries(admin)
    browser.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(PAGE)
    for _ in range(15):
        some_entries(admin)

    with CaptureQueriesContext(connection) as many:
        browser.get(PAGE)

    assert len(many) == len(few)


def test_admin_signs_a_colleague_out_everywhere() -> None:
    admin = owner(role=Role.ADMIN)
    colleague = owner(newsroom=admin.membership.newsroom)
    browser = browser_at("198.51.100.7")
    sign_in(browser, colleague)
    browser.get("/sign-ins/")
    assert is_signed_in(browser)

    answer = signed_in(admin).post(f"/members/{colleague.membership.pk}/end-sign-ins/")

    assert answer.status_code == 303
    assert not is_signed_in(browser)
    assert sentences(admin, kind="session_ended") == [f"{admin} ended sign-ins of {colleague}: 1."]
    assert sessions.end_all(colleague) == 0
