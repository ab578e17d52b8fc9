"""What docs/api.md shows is run as it stands, against the desk in this process."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import httpx
import pytest
from django.conf import settings as configured
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from requests_app.models import RecordsRequest, Scope
from requests_app.webhooks.signing import headers_of
from tests.api.callers import token_of
from tests.factories import NOW, draft, member
from tests.views.conftest import _monday, _plain_http  # noqa: F401  as for the pages

DOCS = (configured.ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCS, re.S)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """As Django's own test client: what is called here is in the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.django_db
def test_example_with_httpx_does_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK", "http://testserver")
    monkeypatch.setenv("TOKEN", token_of(member(), Scope.WRITE))
    here = httpx.WSGITransport(app=WSGIHandler())
    monkeypatch.setattr(httpx, "Client", partial(httpx.Client, transport=here))
    names: dict[str, Any] = {}

    exec(compile(blocks("python")[0], "docs/api.md", "exec"), names)

    request = RecordsRequest.objects.get()
    assert names["late"] == []
    assert request.subject == "Body camera footage of 2 November"
    assert names["noted"].status_code == 200
    assert request.events.get(kind="noted").data["text"] == "Begun by the nightly program."
    assert names["refused"].status_code == 409
    assert names["why"].endswith("Nothing was changed.")


class Silent(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None: ...


@pytest.mark.django_db
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_example_with_curl_does_what_it_says(settings: Any) -> None:
    request = draft()
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Silent)
    server.timeout = 20
    settings.BASE_URL = where = f"http://127.0.0.1:{server.server_port}"
    told = {"DESK": where, "TOKEN": token_of(request.created_by, Scope.READ)}
    [command] = blocks("sh")

    curl = subprocess.Popen(
        ["sh", "-c", command], stdout=subprocess.PIPE, env={**os.environ, **told}
    )
    server.handle_request()  # in this thread, whose the database is
    answer, _ = curl.communicate(timeout=20)
    server.server_close()

    assert curl.returncode == 0
    assert [row["reference"] for row in json.loads(answer)["results"]] == [request.reference]


def test_check_of_a_message_knows_ours_from_another() -> None:
    names: dict[str, Any] = {}
    exec(compile(blocks("python")[1], "docs/api.md", "exec"), names)
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"type": "request.denied"}'
    headers = headers_of("msg_1", body, [secret], at=NOW)

    def is_ours(body: bytes, at: float) -> bool:
        return bool(names["is_the_desks"](headers, body, secret, now=lambda: at))

    assert is_ours(body, NOW.timestamp())
    assert not is_ours(body + b" ", NOW.timestamp())
    assert not is_ours(body, NOW.timestamp() + 301)
