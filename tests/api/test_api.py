"""The API shows what the pages show, to whom they show it."""

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.models import RecordsRequest, Role, User
from tests.api.callers import with_token
from tests.factories import member, submitted
from tests.views.conftest import _monday, _plain_http, signed_in  # noqa: F401  as for the pages

pytestmark = pytest.mark.django_db


def deadlines_of(request: RecordsRequest, client: Client) -> list[dict]:
    answer = client.get(reverse("api_deadlines", args=[request.public_id]))
    assert answer.status_code == 200
    return answer.json()


def test_list_holds_what_the_person_sees() -> None:
    reporter = member()
    mine = submitted(reporter)
    colleagues = submitted(member(newsroom=reporter.membership.newsroom))
    submitted()  # another newsroom's
    editor = member(Role.EDITOR, reporter.membership.newsroom)

    def seen(user: User) -> list[str]:
        rows = with_token(user).get(reverse("api_requests")).json()["results"]
        return [row["reference"] for row in rows]

    assert seen(reporter) == [mine.reference]
    assert seen(editor) == [colleagues.reference, mine.reference]


def test_request_is_told_in_the_citys_days() -> None:
    request = submitted()

    told = with_token(request.created_by).get(reverse("api_request", args=[request.public_id]))

    body = told.json()
    assert body["city"] == "us-ct/stamford"
    assert body["state"] == "submitted"
    assert body["submitted_on"] == "2026-11-02"
    assert body["deadlines_url"].endswith(f"/api/requests/{request.public_id}/deadlines/")
    assert "letter_text" not in body


def test_deadline_carries_the_same_explanation_as_the_page() -> None:
    request = submitted()
    stored = request.deadlines.get(clock="response")

    told = {row["clock"]: row for row in deadlines_of(request, with_token(request.created_by))}

    response = told["response"]
    assert response["due_on"] == "2026-11-06"
    assert response["explanation"] == stored.explanation
    assert response["explanation"]["checked_on"] == "2026-11-21"
    assert response["explanation"]["days"][-1] == {
        "on": "2026-11-06", "until": None, "number": 4, "note": "",
    }  # fmt: skip
    assert response["text"] == stored.text
    assert told["appeal"]["status"] == "projected"


def test_session_of_the_page_works_too() -> None:
    request = submitted()

    assert len(deadlines_of(request, signed_in(request.created_by))) == 2


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(method: str) -> None:
    request = submitted()
    client = with_token(request.created_by)

    for name in ("api_request", "api_deadlines"):
        answer = getattr(client, method)(reverse(name, args=[request.public_id]))
        assert answer.status_code == 405


def test_list_asks_the_same_queries_for_any_number(django_assert_num_queries) -> None:
    reporter = member()
    for _ in range(5):
        submitted(reporter)
    client = with_token(reporter)

    client.get(reverse("api_me"))  # notes that the token is used, as happens once a minute

    # The token with its person and their place, a page, the headlines.
    with django_assert_num_queries(3):
        answer = client.get(reverse("api_requests"))
    # A filter asks for the people to filter by as well.
    with django_assert_num_queries(3):
        client.get(reverse("api_requests"), {"state": ""})

    assert len(answer.json()["results"]) == 5


def test_document_itself_is_changed_by_nobody() -> None:
    for client in (signed_in(member()), with_token(member())):
        assert client.post(reverse("api_schema"), {"a": "b"}).status_code == 405


def test_schema_names_every_address() -> None:
    answer = with_token(member()).get(reverse("api_schema"), headers={"Accept": "*/*"})

    schema = answer.content.decode()
    assert "/api/requests/{public_id}/deadlines/" in schema
    assert "Explanation" in schema
