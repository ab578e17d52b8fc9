"""E-mail over SMTP, one step at a time, so that a refusal can be told from a doubt."""

import re
import smtplib
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import cast

import structlog
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend

from requests_app.delivery.channels.dialogue import Never, NotNow, Unknown
from requests_app.delivery.channels.message import content_of
from requests_app.delivery.channels.server_answers import Answer, read
from requests_app.delivery.message_plan import in_words
from requests_app.letters.enclosures import KeptApartSinceError
from requests_app.mail_accounts.tokens import SignInError
from requests_app.models import Delivery
from requests_app.reply_addresses import deliverable
from requests_app.return_paths import return_path

log = structlog.get_logger(__name__)

OK, GO_AHEAD = 2, 3  # first digits of a yes and of DATA's "go on" (RFC 5321, 4.2.1)
# RFC 5321, 4.5.2: a line that begins with a dot gets another, so that none ends the message.
DOT_AT_LINE_START = re.compile(rb"(?m)^\.")
END = b".\r\n"
# Each piece may take as long as EMAIL_TIMEOUT says; the claim is renewed after every sixteenth.
PIECE = 64 * 1024
RENEWED_EVERY = 16

HUNG_UP = "The mail server hung up ({})."
BROKE = "The line to the mail server broke after the message was given ({})."


def open_dialogue(delivery: Delivery) -> "SmtpDialogue":
    """Write the message, connect, greet and sign in. Raises NotNow or Never."""
    try:
        to, content = deliverable(delivery.to), content_of(delivery)
        copies = [deliverable(copy) for copy in delivery.copies]
    except KeptApartSinceError as error:
        raise Never(str(error)) from error
    except (ValueError, OSError) as error:
        raise Never(f"The e-mail could not be written ({_reason(error)}).") from error
    envelope = Envelope(return_path(delivery), to, tuple(copies))
    return SmtpDialogue(_connected(), envelope, content=content)


def _connected() -> smtplib.SMTP:
    backend = cast(EmailBackend, get_connection(timeout=settings.EMAIL_TIMEOUT))
    try:
        backend.open()
        smtp = cast(smtplib.SMTP, backend.connection)
        smtp.ehlo_or_helo_if_needed()
    except (smtplib.SMTPException, OSError) as error:
        _leave(backend)
        raise _not_connected(error) from error
    return smtp


def _leave(backend: EmailBackend) -> None:
    """Django keeps a connection that was refused half-way, and the server would go on waiting."""
    try:
        backend.close()
    except (smtplib.SMTPException, OSError) as error:
        log.info("the mail server did not say good-bye", reason=_reason(error))


def _not_connected(error: Exception) -> NotNow | Never:
    """What a server means that cannot be reached, would not talk, or refused our sign-in."""
    if isinstance(error, smtplib.SMTPResponseException):
        answer = read(error.smtp_code, error.smtp_error)
        signing_in = isinstance(error, smtplib.SMTPAuthenticationError)
        what = "refused our sign-in" if signing_in else "would not talk to us"
        advice = ": check EMAIL_URL" if signing_in else ""
        return _refusal(answer, f"The mail server {what} ({answer}){advice}.")
    if isinstance(error, SignInError):
        return NotNow(str(error))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Never(f"The mail server cannot do it ({_reason(error)}): check EMAIL_URL.")
    return NotNow(f"The mail server could not be reached ({_reason(error)}).")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where it comes back to, for whom it is, and who else is to have it."""

    sender: str
    to: str
    copies: tuple[str, ...] = ()


class SmtpDialogue:
    """MAIL FROM, RCPT TO, DATA: each answer is either a yes, a "not now" or a no.

    The letter is for `to`: a copy that the server does not take holds nothing up, and is told with
    its answer.
    """

    def __init__(self, smtp: smtplib.SMTP, envelope: Envelope, *, content: bytes) -> None:
        self.smtp = smtp
        self.envelope = envelope
        self.answers_on_copies: dict[str, str] = {}  # of those refused, by address
        self.content = DOT_AT_LINE_START.sub(b"..", content)
        self.is_within_message = False

    @property
    def server(self) -> str:
        """As it named itself in its answer to EHLO (RFC 5321, 4.1.1.1)."""
        greeting = (self.smtp.ehlo_resp or self.smtp.helo_resp or b"").split()
        name = greeting[0].decode("ascii", "replace") if greeting else ""
        return "".join(c for c in name if c.isprintable())[:255]

    @property
    def refused_copies(self) -> Collection[str]:
        return self.answers_on_copies.keys()

    def offer(self, *, still_ours: Callable[[], bool]) -> None:
        """All but the end of the message. A server that loses the line before that has nothing:
        it must cancel what is pending (RFC 5321, 4.1.1.10)."""
        self._check_size()
        size = [f"size={len(self.content)}"] if self.smtp.has_extn("size") else []
        try:
            self._expect(self.smtp.mail(self.envelope.sender, size))
            self._expect(self.smtp.rcpt(self.envelope.to))
            for copy in self.envelope.copies:
                self._offer_copy(copy)
            self._expect(self.smtp.docmd("DATA"), wanted=GO_AHEAD)
            self.is_within_message = True
            self._send_pieces(still_ours)
        except (smtplib.SMTPException, OSError) as error:
            raise NotNow(HUNG_UP.format(_reason(error))) from error

    def give(self) -> str:
        """The dot that ends the message, and the answer: the doubt begins as late as it can."""
        self._end()
        try:
            code, words = self.smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise Unknown(BROKE.format(_reason(error))) from error
        self.is_within_message = False
        answer = read(code, words)
        if answer.code // 100 not in {2, 4, 5}:
            raise Unknown(f"The mail server’s answer to the message means nothing: {answer}")
        self._expect((code, words))
        refused = (f"No copy went to {to}: {why}" for to, why in self.answers_on_copies.items())
        return " ".join([str(answer), *refused])

    def _offer_copy(self, copy: str) -> None:
        code, words = self.smtp.rcpt(copy)
        if code // 100 != OK:
            self.answers_on_copies[copy] = str(read(code, words))

    def _end(self) -> None:
        """A line that is known to be broken takes not a byte of the dot: then nothing was given."""
        line = self.smtp.sock
        if line is None:
            raise NotNow(HUNG_UP.format("before the message was ended"))
        line.settimeout(settings.EMAIL_ANSWER_TIMEOUT)
        try:
            # Else the kernel keeps so short a line back until the rest is confirmed.
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.sendall(END)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise NotNow(HUNG_UP.format(_reason(error))) from error
        except OSError as error:
            raise Unknown(BROKE.format(_reason(error))) from error

    def close(self) -> None:
        """Good-bye; within a message, where that would be a line of it, hang up instead."""
        try:
            if not self.is_within_message:
                self.smtp.quit()
        except (smtplib.SMTPException, OSError):
            log.info("the mail server did not say good-bye", server=self.server)
        finally:
            self.smtp.close()

    def _check_size(self) -> None:
        """The server's own limit (RFC 1870), read before anything is sent."""
        most = self.smtp.esmtp_features.get("size", "")
        if most.isdigit() and 0 < int(most) < len(self.content):
            raise Never(
                f"The message has {in_words(len(self.content))}, and the mail server takes "
                f"{in_words(int(most))}: lower MAIL_MAX_BYTES, or choose another channel."
            )

    def _send_pieces(self, still_ours: Callable[[], bool]) -> None:
        pieces = memoryview(self.content)
        for number, start in enumerate(range(0, len(pieces), PIECE), start=1):
            self.smtp.send(bytes(pieces[start : start + PIECE]))
            if number % RENEWED_EVERY == 0 and not still_ours():
                raise NotNow("Another worker has taken over.")

    def _expect(self, reply: tuple[int, bytes], *, wanted: int = OK) -> None:
        if reply[0] // 100 == wanted:
            return
        answer = read(*reply)
        raise _refusal(answer, f"The mail server answered: {answer}")


def _refusal(answer: Answer, words: str) -> NotNow | Never:
    """A "not now", or for good; what means neither is a line that is out of step: not now."""
    if answer.advice:
        words = f"{words} {answer.advice}"
    if 500 <= answer.code < 600:
        return Never(words)
    return NotNow(words, at_least=answer.at_least)


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
