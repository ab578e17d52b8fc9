"""A large file by the page's own three calls, as a browser makes them."""

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.models import Attachment, LargeUpload, RecordsRequest
from tests.actions.test_large_uploads import DATA, answered, message_of
from tests.factories import member, submitted
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


def begin(client: Client, request: RecordsRequest, size: int = len(DATA), **fields: object):
    told = {"message": message_of(request).pk, "name": "film.mp4", "size": size, **fields}
    return client.post(reverse("large_file", args=[request.public_id]), told)


def send(client: Client, at: str, data: bytes, offset: object = 0):
    return client.patch(
        at,
        data,
        content_type="application/octet-stream",
        headers={"Upload-Offset": str(offset), "Upload-Sha256": hashlib.sha256(data).hexdigest()},
    )


def test_file_goes_to_the_desk_in_pieces_and_onward_to_the_request():
    request = answered()
    client = signed_in(request.created_by)

    told = begin(client, request).json()
    first = send(client, told["pieces"], DATA[:600])
    lost = send(client, told["pieces"], DATA[:600])  # its answer never came, so it is sent again
    asked = client.get(told["pieces"])
    send(client, told["pieces"], DATA[600:], 600)
    done = client.post(told["finish"])

    assert first.json() == {"received": 600}
    assert (lost.status_code, lost.json()) == (409, {"received": 600})
    assert asked.json() == {"received": 600}
    assert done.json() == {
        "onward": reverse("request_page", args=[request.public_id]),
        "sha256": hashlib.sha256(DATA).hexdigest(),
    }
    assert Attachment.objects.get().name == "film.mp4"


def test_page_names_the_newsrooms_limit_and_its_messages():
    request = answered()

    html = signed_in(request.created_by).get(reverse("large_file", args=[request.public_id]))

    assert "up to 2000 MB" in html.content.decode()
    assert "Records produced, Mon Nov 2, 2026" in html.content.decode()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"size": 3 * 10**9}, "larger than 2,000 MB"),
        ({"size": 0}, "is empty"),
        ({"message": 0}, "That is no message of this request: choose one."),
    ],
)
def test_what_is_not_taken_is_said_before_anything_is_sent(fields: dict[str, int], problem: str):
    request = answered()

    answer = begin(signed_in(request.created_by), request, **fields)

    assert answer.status_code == 422
    assert problem in answer.json()["problem"]
    assert not LargeUpload.objects.exists()


def test_piece_says_where_it_goes():
    request = answered()
    client = signed_in(request.created_by)
    told = begin(client, request).json()

    assert send(client, told["pieces"], DATA, "somewhere").status_code == 400
    assert send(client, told["pieces"], DATA, -1).status_code == 400
    assert client.post(told["finish"]).json()["problem"].startswith("0 of 1,000 bytes have come")


def test_another_newsroom_finds_no_upload():
    request = answered()
    told = begin(signed_in(request.created_by), request).json()
    stranger = signed_in(answered().created_by)

    assert begin(stranger, request).status_code == 404
    assert stranger.get(told["pieces"]).status_code == 404
    assert send(stranger, told["pieces"], DATA).status_code == 404
    assert stranger.post(told["finish"]).status_code == 404
    assert LargeUpload.objects.get().received == 0


def test_upload_is_of_its_own_request():
    """Its key with another request of the same person is an address of nothing."""
    request = answered()
    client = signed_in(request.created_by)
    key = LargeUpload.objects.get(name="film.mp4").key if begin(client, request) else ""
    other = submitted(request.created_by)

    at = reverse("large_file_pieces", args=[other.public_id, key])

    assert send(client, at, DATA).status_code == 404


def test_colleague_goes_on_with_no_upload_of_mine():
    request = answered()
    told = begin(signed_in(request.created_by), request).json()
    colleague = signed_in(member("editor", newsroom=request.newsroom))

    assert send(colleague, told["pieces"], DATA).status_code == 404
