"""A mail server that goes wrong where it is told to, on every connection until told otherwise.

What stands in `taken` is in somebody's mailbox: it is written in the moment in which a server
would answer for it, whatever becomes of the answer.
"""

import asyncio
import logging
import threading
from asyncio import WriteTransport
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from bootstrap.servers.ports import any_free

# In the order of the dialogue. BODY: in the middle of the message. DOT: the whole message is here
# and taken, the answer is not out. LOST: it is here and was never taken. QUIT: the answer is out.
STEPS = ("EHLO", "MAIL", "RCPT", "DATA", "BODY", "LOST", "DOT", "QUIT")
DROP, SILENCE, HOLD = "drop", "silence", "hold"


@dataclass
class Fault:
    """At that step: drop the line, fall silent, hold until `let_go`, or give that answer."""

    step: str = ""
    act: str = ""
    taken: list[str] = field(default_factory=list)
    # The return path of every try, whether or not it came to a message; and of what was taken.
    return_paths: list[str] = field(default_factory=list)
    taken_under: dict[str, set[str]] = field(default_factory=dict)
    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def arm(self, step: str = "", act: str = "") -> None:
        self.step, self.act = step, act
        self.reached.clear()
        self.opened.clear()

    def let_go(self) -> None:
        self.opened.set()


class Gone(Exception):
    """The line was dropped: nothing more is said on it."""


class FaultySMTP(SMTP):
    fault: Fault

    async def meet(self, step: str) -> str:
        """An answer to give instead of the usual one, if any."""
        if step != self.fault.step:
            return ""
        act = self.fault.act
        if act == DROP:
            assert isinstance(self.transport, WriteTransport)
            self.transport.abort()
            raise asyncio.CancelledError
        if act == SILENCE:
            await asyncio.Event().wait()  # until the other side gives up
        if act == HOLD:
            self.fault.reached.set()
            await asyncio.get_running_loop().run_in_executor(None, self.fault.opened.wait, 60)
            return ""
        return act

    async def _instead(self, step: str) -> bool:
        if answer := await self.meet(step):
            await self.push(answer)
        return bool(answer)

    @syntax("EHLO hostname")
    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self._instead("EHLO"):
            await super().smtp_EHLO(hostname)

    @syntax("HELO hostname")
    async def smtp_HELO(self, hostname: str) -> None:
        if not await self._instead("EHLO"):
            await super().smtp_HELO(hostname)

    @syntax("MAIL FROM: <address>")
    async def smtp_MAIL(self, arg: str) -> None:
        self.fault.return_paths.append(arg.partition("<")[2].partition(">")[0])
        if not await self._instead("MAIL"):
            await super().smtp_MAIL(arg)

    @syntax("RCPT TO: <address>")
    async def smtp_RCPT(self, arg: str) -> None:
        if not await self._instead("RCPT"):
            await super().smtp_RCPT(arg)

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        if await self._instead("DATA"):
            return
        if self.fault.step == "BODY":
            await self.push("354 go on")
            await self._reader.readline()
            if answer := await self.meet("BODY"):
                # Too early by the book, and some do it: an answer before the end of the message.
                await self.push(answer)
            while await self._reader.readline() != b".\r\n":
                pass
            return
        await super().smtp_DATA(arg)

    @syntax("QUIT")
    async def smtp_QUIT(self, arg: str) -> None:
        if not await self._instead("QUIT"):
            await super().smtp_QUIT(arg)


class Taking:
    def __init__(self, fault: Fault) -> None:
        self.fault = fault

    async def handle_DATA(self, server: FaultySMTP, session: Session, envelope: Envelope) -> str:
        if answer := await server.meet("LOST"):
            return answer
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        if self.fault.step != "DOT" or self.fault.act in {DROP, SILENCE, HOLD}:
            name = str(message["Message-ID"])
            self.fault.taken.append(name)
            self.fault.taken_under.setdefault(name, set()).add(str(envelope.mail_from))
        return await server.meet("DOT") or "250 2.0.0 taken"


class FaultyController(Controller):
    fault: Fault

    def factory(self) -> SMTP:
        server = FaultySMTP(self.handler, hostname="faulty.test")
        server.fault = self.fault
        return server


@contextmanager
def faulty_smtp() -> Iterator[tuple[Fault, str]]:
    """The fault to arm, and the EMAIL_URL that leads to it."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # a line a command, else
    fault, port = Fault(), any_free()
    controller = FaultyController(Taking(fault), hostname="127.0.0.1", port=port)
    controller.fault = fault
    controller.start()
    try:
        yield fault, f"smtp://127.0.0.1:{port}"
    finally:
        fault.let_go()
        controller.stop()
