"""A mail server that stops where a test wants it to, so that a worker can be killed there."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from bootstrap.servers.ports import any_free

# In the order of the dialogue. "GIVEN": the whole message is here, our yes is not out yet.
STEPS = ("EHLO", "MAIL", "RCPT", "DATA", "GIVEN", "QUIT")


class Gate:
    """Holds the first talk that comes to the armed step; `message_ids` is what was taken."""

    def __init__(self) -> None:
        self.step = ""
        self.reached = threading.Event()
        self.opened = threading.Event()
        self.message_ids: list[str] = []

    def arm(self, step: str) -> None:
        self.step, self.reached, self.opened = step, threading.Event(), threading.Event()

    async def pass_(self, step: str) -> None:
        if step == self.step and not self.reached.is_set():
            self.reached.set()
            await asyncio.get_running_loop().run_in_executor(None, self.opened.wait, 60)


class SlowSMTP(SMTP):
    """Goes through the gate before each answer."""

    gate: Gate

    @syntax("EHLO hostname")
    async def smtp_EHLO(self, hostname: str) -> None:
        await self.gate.pass_("EHLO")
        await super().smtp_EHLO(hostname)

    @syntax("MAIL FROM: <address>")
    async def smtp_MAIL(self, arg: str) -> None:
        await self.gate.pass_("MAIL")
        await super().smtp_MAIL(arg)

    @syntax("RCPT TO: <address>")
    async def smtp_RCPT(self, arg: str) -> None:
        await self.gate.pass_("RCPT")
        await super().smtp_RCPT(arg)

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        await self.gate.pass_("DATA")
        await super().smtp_DATA(arg)

    @syntax("QUIT")
    async def smtp_QUIT(self, arg: str) -> None:
        await self.gate.pass_("QUIT")
        await super().smtp_QUIT(arg)


class Taking:
    """Takes every message: what stands in `message_ids` is in somebody's mailbox."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.gate.message_ids.append(
            str(message_from_bytes(content, policy=policy.default)["Message-ID"])
        )
        await self.gate.pass_("GIVEN")
        return "250 2.0.0 taken"


class SlowController(Controller):
    gate: Gate

    def factory(self) -> SMTP:
        server = SlowSMTP(self.handler, hostname="slow.test")
        server.gate = self.gate
        return server


@contextmanager
def slow_smtp() -> Iterator[tuple[Gate, str]]:
    """The gate, and the EMAIL_URL that leads through it."""
    gate, port = Gate(), any_free()
    controller = SlowController(Taking(gate), hostname="127.0.0.1", port=port)
    controller.gate = gate
    controller.start()
    try:
        yield gate, f"smtp://127.0.0.1:{port}"
    finally:
        gate.opened.set()
        controller.stop()
