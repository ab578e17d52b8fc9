"""What a mail server's answer means: yes, not now, or never; and what a person can do about it."""

import re
from dataclasses import dataclass
from datetime import timedelta

# RFC 3463: class.subject.detail, such as 5.1.1.
ENHANCED = re.compile(r"^([245])\.(\d{1,3})\.(\d{1,3})\b")
# Greylisting lets a message in at a second try that does not come too soon; most ask 5 minutes.
GREYLISTED = timedelta(minutes=5)

# By subject and detail of the enhanced code (RFC 3463, RFC 5248's registry).
ADVICE = {
    (1, 1): "No such mailbox: check the address.",
    (1, 2): "No such domain: check the part after the @.",
    (1, 3): "The server cannot read this address: check it.",
    (1, 6): "The mailbox has moved: ask the office for its new address.",
    (1, 10): "This domain takes no mail: ask the office for another address.",
    (2, 1): "The mailbox is switched off: ask the office for another address.",
    (2, 2): "The mailbox is full.",
    (
        2,
        3,
    ): "Too large for this mailbox: lower MAIL_MAX_BYTES, or choose another channel.",
    (
        3,
        4,
    ): "Too large for this server: lower MAIL_MAX_BYTES, or choose another channel.",
    (5, 3): "Too many recipients at once.",
    (6, 7): "This server takes no address with letters beyond ASCII.",
    (7, 8): "The server refused our sign-in: check EMAIL_URL.",
    (7, 20): "The server wants a DKIM signature: ask who runs the desk's mail.",
    (7, 23): "The server wants an SPF record for our domain: ask who runs the desk's mail.",
    (7, 25): "The server knows no name for our address: ask who runs the desk's mail.",
    (7, 26): "The server could not tell that the mail is ours (SPF, DKIM): ask who runs it.",
}
# What is so today and may not be tomorrow: a mailbox that refuses for now is not gone.
ADVICE_FOR_NOW = {**ADVICE, (2, 1): "The mailbox takes no mail just now; it may again later."}
POLICY = 7


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply of a server: its code (RFC 5321, 4.2), and what it said."""

    code: int
    text: str

    @property
    def is_not_now(self) -> bool:
        """The first digit decides, whatever an enhanced code beside it says (RFC 2034, 4)."""
        return 400 <= self.code < 500

    @property
    def is_about(self) -> tuple[int, int] | None:
        """Subject and detail of the enhanced code, where there is one."""
        found = ENHANCED.match(self.text)
        return (int(found[2]), int(found[3])) if found else None

    @property
    def at_least(self) -> timedelta:
        """How long to wait before another try is of use."""
        is_policy = self.is_about is not None and self.is_about[0] == POLICY
        says_so = "grey" in self.text.lower() or "gray" in self.text.lower()
        return GREYLISTED if self.is_not_now and (is_policy or says_so) else timedelta(0)

    @property
    def advice(self) -> str:
        advice = ADVICE_FOR_NOW if self.is_not_now else ADVICE
        return advice.get(self.is_about, "") if self.is_about else ""

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


def read(code: int, said: bytes | str) -> Answer:
    """From smtplib's pair. Several lines become one; what is not UTF-8 is shown as well as it can.

    No more than a page can show: a server may say anything, at any length.
    """
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    shown = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return Answer(code, shown[:500])
