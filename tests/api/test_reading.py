"""Lists by pages, versions by ETag, errors in one form; and nothing of another newsroom."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.fields.files import FieldFile
from django.test import Client
from django.urls import reverse
from rest_framework.renderers import JSONRenderer

from requests_app.actions.requests import city_determinations
from requests_app.api.reading.request_facts import HeadlineSerializer, RequestSerializer
from requests_app.api.reading.seen import with_headlines
from requests_app.models import RecordsRequest, Role
from tests.api.callers import errors_in, with_token
from tests.factories import acting, in_state, member, said, submitted
from tests.views.conftest import _monday, _plain_http, signed_in  # noqa: F401  as for the pages

pytestmark = pytest.mark.django_db


def test_pages_follow_one_another_without_a_row_twice() -> None:
    reporter = member()
    made = [submitted(reporter).reference for _ in range(5)]
    client, address = with_token(reporter), f"{reverse('api_requests')}?limit=2"

    pages = []
    while address:
        page = client.get(address).json()
        pages.append([row["reference"] for row in page["results"]])
        address = page["next"]

    assert pages == [made[:2:-1], made[2:0:-1], made[:1]]


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("after=17", "after"),
        ("after=99999999999999999999_1", "after"),
        ("state=lost", "state"),
        ("city=nowhere", "city"),
        ("q=%00", "q"),
    ],
)
def test_what_cannot_be_followed_is_said_by_its_name(asked: str, parameter: str) -> None:
    answer = with_token(member()).get(f"{reverse('api_requests')}?{asked}")

    assert answer.status_code == 422
    assert list(errors_in(answer)) == [parameter]


def test_filters_are_those_of_the_page() -> None:
    reporter = member()
    open_one, denied = submitted(reporter), submitted(reporter, subject="Bodycam index")
    city_determinations.deny(denied, answer=said(), **acting(denied))
    client = with_token(reporter)

    def found(asked: str) -> list[str]:
        rows = client.get(f"{reverse('api_requests')}?{asked}").json()["results"]
        return [row["reference"] for row in rows]

    assert found("state=denied") == [denied.reference]
    assert found("q=bodycam") == [denied.reference]
    assert found("city=us-ct/stamford&state=submitted") == [open_one.reference]


def test_what_is_known_already_is_not_sent_again() -> None:
    request = submitted()
    client = with_token(request.created_by)
    address = reverse("api_request", args=[request.public_id])
    etag = client.get(address).headers["ETag"]

    known = client.get(address, headers={"If-None-Match": etag})
    city_determinations.deny(request, answer=said(), **acting(request))
    changed = client.get(address, headers={"If-None-Match": etag})

    assert (known.status_code, known.content) == (304, b"")
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_every_error_is_a_problem() -> None:
    request = submitted()
    client = with_token(request.created_by)
    here = reverse("api_request", args=[request.public_id])

    found = {
        "nobody": Client().get(here),
        "no such": client.get(reverse("api_request", args=["zzzzzzzz"])),
        "no address": client.get("/api/nowhere/at/all"),
        "no method": client.delete(here),
        "no such kind": client.get(here, headers={"Accept": "text/csv"}),
    }

    assert {name: answer.status_code for name, answer in found.items()} == {
        "nobody": 401, "no such": 404, "no address": 404, "no method": 405, "no such kind": 406,
    }  # fmt: skip
    for answer in found.values():
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code
        assert answer.json()["detail"]


def test_ledger_says_which_entries_stand_and_who_made_them() -> None:
    request = submitted()
    client = with_token(request.created_by)

    events = client.get(reverse("api_events", args=[request.public_id])).json()["results"]

    assert [event["kind"] for event in events][:2] == ["drafted", "submitted"]
    assert events[0]["by"] == request.created_by.name
    assert {event["stands"] for event in events} == {True}


def test_file_and_letter_are_given_as_they_are(tmp_path) -> None:
    request = submitted()
    client = with_token(request.created_by)
    [letter] = client.get(reverse("api_letters", args=[request.public_id])).json()["results"]

    paper = client.get(letter["pdf"])

    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content == bytes(request.letters.get().pdf)
    again = client.get(letter["pdf"], headers={"If-None-Match": paper.headers["ETag"]})
    assert again.status_code == 304


def test_file_that_is_known_already_is_not_even_opened(monkeypatch) -> None:
    request = submitted()
    file = SimpleUploadedFile("denial.txt", b"No.", "text/plain")
    city_determinations.deny(request, answer=said(files=(file,)), **acting(request))
    client = with_token(request.created_by)
    [row] = client.get(reverse("api_files", args=[request.public_id])).json()["results"]
    whole = client.get(row["content"])
    assert b"".join(whole.streaming_content) == b"No."  # type: ignore[attr-defined]
    monkeypatch.setattr(FieldFile, "open", lambda *_: pytest.fail("it was opened"))

    known = client.get(row["content"], headers={"If-None-Match": whole.headers["ETag"]})

    assert known.status_code == 304
    assert whole.headers["Content-Disposition"].startswith("attachment")


def test_nothing_of_another_newsroom_is_seen() -> None:
    ours, stranger = submitted(), with_token(member(Role.ADMIN))

    statuses = {
        name: stranger.get(reverse(f"api_{name}", args=[ours.public_id])).status_code
        for name in ("request", "events", "communications", "letters", "deliveries", "files")
    }
    letter = stranger.get(reverse("api_letter_pdf", args=[ours.letters.get().pk]))

    assert set(statuses.values()) == {404}
    assert letter.status_code == 404
    for name in ("api_requests", "api_appeals", "api_reminders", "api_datasets"):
        assert stranger.get(reverse(name)).json()["results"] == []


def test_board_has_each_section() -> None:
    request = submitted()
    client = with_token(request.created_by)

    rows = client.get(reverse("api_board_waiting")).json()["results"]
    late = client.get(reverse("api_board_late")).json()["results"]

    sections = [*rows, *client.get(reverse("api_board_this_week")).json()["results"]]
    assert [row["reference"] for row in sections] == [request.reference]
    assert late == []


def test_cities_are_the_packs_with_their_sources() -> None:
    client = with_token(member())

    city = client.get(reverse("api_city", args=["us-ct", "stamford"])).json()

    assert city["slug"] == "us-ct/stamford"
    assert "Conn. Gen. Stat. § 1-210(b)(1)" in [one["citation"] for one in city["exemptions"]]
    assert {"value", "source", "confidence", "ask", "note"} == set(city["offices"][0]["email"])


def test_operator_without_a_newsroom_is_told_so() -> None:
    from tests.factories import UserFactory

    answer = signed_in(UserFactory.create(is_staff=True)).get(reverse("api_requests"))

    assert answer.status_code == 403
    assert answer.json()["detail"] == "You belong to no newsroom. Ask its admin to add you."


def test_list_of_a_page_asks_as_often_for_fifty_as_for_five(django_assert_num_queries) -> None:
    reporter = member()
    for _ in range(5):
        submitted(reporter)
    client = with_token(reporter)
    client.get(reverse("api_me"))
    first = client.get(f"{reverse('api_requests')}?limit=2").json()

    with django_assert_num_queries(3):
        answer = client.get(first["next"])

    assert len(answer.json()["results"]) == 2
    assert RecordsRequest.objects.count() == 5


def test_list_says_what_its_declared_fields_say(rf) -> None:
    in_state("awaiting_fees")
    call = rf.get("/")
    shown = with_headlines(RecordsRequest.objects.all()).get()
    serializer = RequestSerializer(shown, context={"request": call})

    declared = super(RequestSerializer, serializer).to_representation(shown)
    declared["headline"] = HeadlineSerializer(shown.standing[0]).data  # type: ignore[attr-defined]

    assert json.loads(JSONRenderer().render(serializer.data)) == json.loads(
        JSONRenderer().render(declared)
    )
