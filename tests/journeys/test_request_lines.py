"""What the web server makes of requests whose end can be read in two ways."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.journeys.newsroom import Newsroom

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("journeys")]

SECOND = b"GET /health/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
BODY = b"0\r\n\r\n" + SECOND


def answers(newsroom: Newsroom, *headers: bytes, body: bytes = BODY) -> list[bytes]:
    """The status of each answer to one request with these headers, sent as it stands."""
    place = urlsplit(str(newsroom.admin.base_url))
    head = b"\r\n".join([b"POST /health/ HTTP/1.1", b"Host: localhost", *headers, b"", b""])
    with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
        connection.sendall(head + body)
        connection.shutdown(socket.SHUT_WR)
        said = b"".join(iter(lambda: connection.recv(65536), b""))
    return [line.split()[1] for line in said.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]


@pytest.mark.parametrize(
    "headers",
    [
        [b"Content-Length: 5", b"Transfer-Encoding: chunked"],
        [b"Content-Length: 5", b"Content-Length: 6"],
        [b"Content-Length: +5"],
        [b"Transfer-Encoding: chunked, identity"],
        [b"Transfer-Encoding : chunked"],
    ],
    ids=["both", "two-lengths", "sign", "chunked-not-last", "space-before-colon"],
)
def test_request_whose_end_is_in_doubt_is_refused_with_what_follows(
    newsroom: Newsroom, headers: list[bytes]
) -> None:
    (status,) = answers(newsroom, *headers)

    assert status in {b"400", b"501"}


def test_request_with_one_length_reaches_the_desk(newsroom: Newsroom) -> None:
    """Which refuses it for want of a form's token."""
    assert answers(newsroom, b"Content-Length: 0", body=b"") == [b"403"]
