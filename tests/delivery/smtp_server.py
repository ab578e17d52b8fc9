"""A real SMTP server on loopback that answers as a test tells it to."""

import socket
from asyncio import WriteTransport
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

HANG_UP = "hang up"


class Script:
    """What to answer at each step ("MAIL", "RCPT", "DATA"); what was taken is in `messages`."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.messages: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []

    def _answer(self, server: SMTP, step: str, otherwise: str) -> str:
        answer = self.answers.get(step, otherwise)
        if answer == HANG_UP:
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        return answer

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self._answer(server, "MAIL", "250 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self._answer(server, "RCPT", "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.messages.append(message_from_bytes(content, policy=policy.default))
        self.envelopes.append(envelope)
        return self._answer(server, "DATA", "250 2.0.0 taken")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def point_at(settings: Any, port: int) -> None:
    """Make that port the desk's mail server; pytest-django replaces the backend otherwise."""
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@contextmanager
def smtp_server(settings: Any, script: Script, **options: Any) -> Iterator[Script]:
    """The server, with the desk's mail settings pointing at it."""
    port = free_port()
    point_at(settings, port)
    controller = Controller(script, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield script
    finally:
        controller.stop()


def nobody(*_: Any) -> AuthResult:
    """An authenticator that lets nobody in."""
    return AuthResult(success=False, handled=False)


@contextmanager
def server_that_greets(settings: Any, words: str) -> Iterator[None]:
    """A server that says one line to whoever comes first, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        point_at(settings, int(listener.getsockname()[1]))

        def greet() -> None:
            line, _ = listener.accept()
            with line:
                line.sendall(f"{words}\r\n".encode())

        greeter = Thread(target=greet)
        greeter.start()
        yield
        greeter.join()
