"""A city's facts, datasets judged and followed, decisions offered, files made, by program."""

import pytest
from django.urls import reverse

from requests_app.models import (
    CaseFile,
    CheckedRequirement,
    Closure,
    DatasetWatch,
    EventKind,
    LetterCopy,
    OfferedDecision,
    RequestState,
    SecurityEvent,
)
from requests_app.office_contacts import resolve
from requests_app.vocabulary.security_kinds import SecurityKind
from tests.api.callers import with_token
from tests.api.test_writing import post
from tests.views.conftest import _monday, _plain_http  # noqa: F401  as for the pages
from tests.views.test_every_url import (
    _copy,
    _drafted_appeal,
    _filed_appeal,
    _log_export,
    _offered,
    _suggested,
    _to_offer,
)
from tests.views.world import World, build

pytestmark = pytest.mark.django_db
STAMFORD = ("us-ct", "stamford")


@pytest.fixture
def world() -> World:
    return build()


def test_office_and_closure_are_entered_as_somebody_found_them(world: World) -> None:
    client, newsroom = with_token(world.denied.created_by), world.denied.newsroom
    found = {"email": "clerk@stamford.example", "source": "A call", "checked_on": "2026-11-02"}

    entered = post(client, "office", *STAMFORD, "city_clerk", body=found)
    nothing = post(client, "office", *STAMFORD, "city_clerk", body={"source": "A call"})
    unknown = post(client, "office", *STAMFORD, "dog_catcher", body=found)
    closed = {"on": "2026-12-24", "reason": "Christmas Eve", "source": "The city's page"}
    closure = post(client, "closure_new", *STAMFORD, body=closed)
    twice = post(client, "closure_new", *STAMFORD, body=closed)

    assert entered.status_code == 200, entered.json()
    assert resolve(newsroom, world.denied.city, "city_clerk").email.value == found["email"]
    assert (nothing.status_code, unknown.status_code) == (200, 404)  # it was entered before
    assert (closure.status_code, twice.status_code) == (201, 409)
    assert Closure.objects.get().reason == "Christmas Eve"
    listed = client.get(reverse("api_closures", args=STAMFORD)).json()["results"]
    assert [row["on"] for row in listed] == ["2026-12-24"]


def test_draft_is_answered_by_a_dataset(world: World) -> None:
    public_id, pk = _suggested(world)
    client = with_token(world.draft.created_by)

    none = post(client, "datasets_judged", public_id, body={"answer": "not_it"})
    answered = post(
        client, "datasets_judged", public_id, body={"answer": "answers_it", "datasets": [pk]}
    )

    assert none.status_code == 422
    assert answered.status_code == 200, answered.json()
    assert answered.json()["state"] == RequestState.DISCARDED
    assert world.draft.events.filter(kind=EventKind.CATALOG_CHECKED).count() == 1


def test_draft_asks_for_what_a_dataset_leaves_out(world: World) -> None:
    public_id, pk = _suggested(world)
    client = with_token(world.draft.created_by)

    asked = post(client, "dataset_partly", public_id, pk, body={"missing": "the fee"})
    left_out = post(client, "datasets_named", public_id, body={"is_said": False})
    world.draft.refresh_from_db()

    assert asked.status_code == 200, asked.json()
    assert "the fee" in str(world.draft.particulars)
    assert left_out.status_code == 200
    assert world.draft.letter_names_datasets is False


def test_dataset_and_search_are_followed_and_let_go(world: World) -> None:
    _, pk = _suggested(world)
    client = with_token(world.denied.created_by)

    of_dataset = post(client, "dataset_follow", pk)
    of_search = post(client, "search_follow", *STAMFORD, body={"q": "towing"})
    empty = post(client, "search_follow", *STAMFORD)
    listed = client.get(reverse("api_followed")).json()["results"]
    stopped = post(client, "follow_stop", of_dataset.json()["id"])
    seen = post(client, "followed_seen")

    assert (of_dataset.status_code, of_search.status_code) == (201, 201)
    assert empty.status_code == 409
    assert [row["dataset"] for row in listed] == [None, pk]
    assert stopped.status_code == 200
    assert DatasetWatch.objects.get().search == "q=towing"
    assert seen.json() == {"seen": 0}


def test_decision_is_offered_and_taken_back(world: World) -> None:
    client = with_token(world.people["editor"])  # type: ignore[arg-type]
    arguments = _to_offer(world)

    offered = post(client, "decision_offer", *arguments)
    again = post(client, "decision_offer", *arguments)
    unknown = post(client, "decision_offer", arguments[0], "no-such")
    back = post(client, "decision_take_back", offered.json()["id"])

    assert offered.status_code == 201, offered.json()
    assert offered.json()["text"] == OfferedDecision.objects.get().text != ""
    assert (again.status_code, unknown.status_code) == (409, 404)
    assert back.json()["taken_back_at"] is not None


def test_decision_no_argument_rests_on_is_no_exhibit(world: World) -> None:
    [appeal], [decision] = _drafted_appeal(world), _offered(world)
    client = with_token(world.denied.created_by)

    refused = post(client, "exhibit_decision", appeal, decision)

    assert refused.status_code == 409
    assert "does not rest on that decision" in refused.json()["detail"]


def test_requirement_is_ticked_and_untick(world: World) -> None:
    [pk] = _drafted_appeal(world)
    client = with_token(world.denied.created_by)
    lines = client.get(reverse("api_requirements", args=[pk])).json()
    [line, *_] = [one for one in lines if one["is_for_a_person"] and not one["is_met"]]

    ticked = post(client, "tick", pk, body={"requirement": line["slug"], "is_met": True})
    stands = client.get(reverse("api_requirements", args=[pk])).json()
    unknown = post(client, "tick", pk, body={"requirement": "no-such", "is_met": True})

    assert ticked.status_code == 200, ticked.json()
    assert CheckedRequirement.objects.get().slug == line["slug"]
    assert [one["is_met"] for one in stands if one["slug"] == line["slug"]] == [True]
    assert unknown.status_code == 409
    post(client, "tick", pk, body={"requirement": line["slug"], "is_met": False})
    assert not CheckedRequirement.objects.exists()


def test_settlement_that_is_offered_is_recorded(world: World) -> None:
    [pk] = _filed_appeal(world)
    client = with_token(world.denied.created_by)

    empty = post(client, "settlement_offer", pk)
    offered = post(client, "settlement_offer", pk, body={"text": "We give you half of it."})

    assert empty.status_code in {409, 422}
    assert offered.status_code == 200, offered.json()
    assert offered.json()["state"] == "filed"
    offers = world.denied.events.filter(kind=EventKind.SETTLEMENT_OFFERED)
    assert [event.data["text"] for event in offers] == ["We give you half of it."]


def test_copy_is_given_on_its_day(world: World) -> None:
    [pk] = _copy(world)
    client = with_token(world.denied.created_by)
    of = world.letter.records_request
    listed = client.get(reverse("api_copies", args=[of.public_id])).json()["results"]

    given = post(client, "copy_given", pk)

    assert [row["id"] for row in listed] == [pk]
    assert given.status_code == 200, given.json()
    assert given.json()["given_on"] == str(LetterCopy.objects.get(pk=pk).given_on)


def test_case_file_and_export_are_asked_for_and_fetched(world: World) -> None:
    client = with_token(world.denied.created_by)
    asked = post(client, "case_file_new", world.denied.public_id, body={"what": "whole"})
    listed = client.get(reverse("api_case_files", args=[world.denied.public_id])).json()

    assert asked.status_code == 201, asked.json()
    assert [row["id"] for row in listed["results"]] == [CaseFile.objects.get().pk]
    assert client.get(asked.json()["content"]).status_code == 404  # not made yet

    [made] = _log_export(world)
    researcher = with_token(world.people["researcher"])  # type: ignore[arg-type]
    wanted = {"format": "csv", "what": "everything"}
    export = post(researcher, "export_new", body=wanted)
    again = post(researcher, "export_again", made)
    content = researcher.get(reverse("api_export_content", args=[made]))

    assert export.status_code == 201, export.json()
    assert export.json()["stage"] == "waiting"
    assert again.status_code == 409  # it did not fail
    assert b"".join(content.streaming_content)  # type: ignore[attr-defined]
    told = SecurityEvent.objects.filter(kind=SecurityKind.EXPORT_FETCHED)
    assert [event.facts["export"] for event in told] == [made]
