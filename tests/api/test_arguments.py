"""What a challenge argues and asks for, read and written by program."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.models import Appeal, ArgumentParagraph
from tests.api.callers import errors_in, with_token
from tests.api.test_writing import post
from tests.views.conftest import _monday, _plain_http  # noqa: F401  as for the pages
from tests.views.test_every_url import _drafted_appeal, _filed_appeal
from tests.views.world import World, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build()


@pytest.fixture
def appeal(world: World) -> Appeal:
    [pk] = _drafted_appeal(world)
    return Appeal.objects.get(pk=pk)


@pytest.fixture
def client(world: World) -> Client:
    return with_token(world.denied.created_by)


def read(client: Client, appeal: Appeal) -> Any:
    return client.get(reverse("api_argument", args=[appeal.pk]))


def paragraphs(argument: Any) -> list[Any]:
    return [row for ground in argument["grounds"] for row in ground["paragraphs"]]


def change(client: Client, name: str, appeal: Appeal, *args: Any, body: Any) -> Any:
    etag = read(client, appeal).headers["ETag"]
    return post(client, name, appeal.pk, *args, body=body, If_Match=etag)


def test_paragraph_is_chosen_worded_and_brought_into_the_letter(
    client: Client, appeal: Appeal
) -> None:
    key = paragraphs(read(client, appeal).json())[0]["key"]
    body = {
        "is_chosen": True,
        "text": "The log of [[the day]] is public.",
        "filled": {"the day": "May 4"},
    }

    changed = change(client, "paragraph_change", appeal, key, body=body)

    assert changed.status_code == 200, changed.json()
    [row] = [one for one in paragraphs(changed.json()) if one["key"] == key]
    assert row["printed"] == "The log of May 4 is public."
    assert row["gaps"] == [{"name": "the day", "answer": "May 4"}]
    appeal.refresh_from_db()
    assert "The log of May 4 is public." in appeal.letter_text
    assert changed.headers["ETag"] == read(client, appeal).headers["ETag"]


def test_answer_for_no_gap_is_named_and_changes_nothing(client: Client, appeal: Appeal) -> None:
    before = read(client, appeal).json()
    key = paragraphs(before)[0]["key"]

    unknown = change(client, "paragraph_change", appeal, key, body={"filled": {"nothing": "x"}})
    kind = change(client, "paragraph_change", appeal, key, body={"filled": ["x"]})

    assert (unknown.status_code, kind.status_code) == (422, 422)
    assert [one["pointer"] for one in unknown.json()["errors"]] == ["#/filled"]
    assert errors_in(kind)
    assert read(client, appeal).json() == before


def test_own_paragraph_is_added_moved_and_removed(client: Client, appeal: Appeal) -> None:
    words = "We asked for this three times."

    added = change(client, "paragraph_own", appeal, body={"text": words})
    general = added.json()["grounds"][0]["paragraphs"]
    key = general[-1]["key"]
    moved = change(client, "paragraph_move", appeal, key, body={"places": -99})
    removed = change(client, "paragraph_change", appeal, key, body={"text": ""})

    assert general[-1]["text"] == words
    assert moved.json()["grounds"][0]["paragraphs"][0]["key"] == key
    assert key not in [one["key"] for one in paragraphs(removed.json())]
    assert not ArgumentParagraph.objects.filter(pk=int(key)).exists()


def test_exemption_is_named_and_its_arguments_are_offered(client: Client, appeal: Appeal) -> None:
    before = read(client, appeal).json()["grounds"]
    slug = next(iter(appeal.records_request.city.statute.exemptions)).slug

    named = change(client, "exemption_name", appeal, body={"claim": "", "exemption": slug})
    unknown = change(client, "exemption_name", appeal, body={"claim": "", "exemption": "none"})

    assert slug not in {one["exemption"] for one in before if not one["claim"]}
    assert slug in {one["exemption"] for one in named.json()["grounds"] if not one["claim"]}
    assert unknown.status_code == 409


def test_reliefs_are_chosen(client: Client, appeal: Appeal) -> None:
    offered = [one["slug"] for one in read(client, appeal).json()["reliefs"]]
    body = {"reliefs": offered[:1], "own_reliefs": "Order the city to log its searches."}

    chosen = change(client, "reliefs", appeal, body=body)
    kept = change(client, "reliefs", appeal, body={"own_reliefs": ""})
    none = change(client, "reliefs", appeal, body={"reliefs": []})

    assert [one["slug"] for one in chosen.json()["reliefs"] if one["is_chosen"]] == offered[:1]
    assert chosen.json()["own_reliefs"] == ["Order the city to log its searches."]
    assert kept.json()["own_reliefs"] == []
    assert [one["slug"] for one in kept.json()["reliefs"] if one["is_chosen"]] == offered[:1]
    assert none.status_code == 409


def test_version_that_was_read_is_named(client: Client, appeal: Appeal) -> None:
    etag = read(client, appeal).headers["ETag"]
    body = {"text": "Ours."}

    first = post(client, "paragraph_own", appeal.pk, body=body, If_Match=etag)
    late = post(client, "paragraph_own", appeal.pk, body=body, If_Match='"an older one"')
    without = post(client, "paragraph_own", appeal.pk, body=body)

    assert [one.status_code for one in (first, late, without)] == [200, 412, 428]
    assert appeal.argument_paragraphs.filter(text="Ours.").count() == 1


def test_repeated_call_adds_one_paragraph(client: Client, appeal: Appeal) -> None:
    headers = {"If_Match": read(client, appeal).headers["ETag"], "Idempotency_Key": "own-1"}

    calls = [
        post(client, "paragraph_own", appeal.pk, body={"text": "Ours."}, **headers)
        for _ in range(2)
    ]

    assert [one.status_code for one in calls] == [200, 200]
    assert calls[0].json() == calls[1].json()
    assert appeal.argument_paragraphs.filter(text="Ours.").count() == 1


def test_another_newsroom_finds_nothing(world: World, appeal: Appeal) -> None:
    stranger = world.people["stranger"]
    assert stranger is not None
    caller = with_token(stranger)
    row = appeal.argument_paragraphs.all()[0]

    answers = [
        read(caller, appeal),
        post(caller, "paragraph_change", appeal.pk, row.pk, body={"text": "x"}, If_Match='"x"'),
        post(caller, "paragraph_own", appeal.pk, body={"text": "x"}, If_Match='"x"'),
    ]

    assert {one.status_code for one in answers} == {404}


def test_paragraph_of_another_challenge_is_not_found(client: Client, appeal: Appeal) -> None:
    unknown = change(client, "paragraph_change", appeal, "7654321", body={"text": "x"})

    assert unknown.status_code == 404


def test_filed_challenge_is_read_and_not_changed(client: Client, world: World) -> None:
    [pk] = _filed_appeal(world)
    filed = Appeal.objects.get(pk=pk)

    refused = change(client, "paragraph_own", filed, body={"text": "Late."})

    assert read(client, filed).status_code == 200
    assert refused.status_code == 409
    assert "not changed any more" in refused.json()["detail"]
