"""A small portal on loopback: it answers over real HTTP what a test tells it to."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """`promised`: the length that is announced, if it is not the body's own."""

    body: Any = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    promised: int | None = None

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


NOT_FOUND = Reply({"error": {"message": "Not found"}}, 404)
Answer = Callable[[Asked], Reply]


@dataclass
class PortalServer:
    base_url: str
    asked: list[Asked] = field(default_factory=list)
    answer: Answer = lambda asked: NOT_FOUND

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def in_turn(self, *replies: Reply) -> None:
        """One reply after the other; the last one from then on."""
        left = list(replies)
        self.answer = lambda asked: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def running() -> Iterator[PortalServer]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = Asked(
                parts.path,
                dict(parse_qsl(parts.query, keep_blank_values=True)),
                dict(self.headers),
            )
            portal.asked.append(asked)
            reply = portal.answer(asked)
            body = reply.content
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            if reply.status != 304:
                length = len(body) if reply.promised is None else reply.promised
                self.send_header("Content-Length", str(length))
            self.end_headers()
            if reply.status != 304:
                self.wfile.write(body)
            if reply.promised is not None:
                self.close_connection = True

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    portal = PortalServer(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
