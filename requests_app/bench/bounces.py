"""Bounces that nobody here wrote: how many are recognized, and how many find their letter.

Each sample is read as it is. Then what it names of the letter that came back is replaced by a
letter of ours, one thing at a time, and another letter of ours stands beside it: by that one thing
the report must name the first. What a sample names is found by plain searches of its bytes, not by
the reader that is measured.
"""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from requests_app import mail as reader
from requests_app.actions.mail.incoming import report_as_kept
from requests_app.mail import Kind
from requests_app.models.letters.delivery import RETURN_LENGTH
from requests_app.returned_letters import ReportedLetter

LEAST_RECOGNIZED, LEAST_TIED = 0.98, 0.97
# Files of the folder that are no bounces: complaints, and replies of absent people.
NO_BOUNCES = ("arf-", "rfc3834-", "feedback")
REPORTS = {Kind.BOUNCE, Kind.DELIVERY_REPORT}
_ADDRESS = rb"[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,24}"
_FAILED = re.compile(
    rb"(?im)^[> \t]*(?:final-recipient|original-recipient|x-failed-recipients|x-actual-recipient)"
    rb"[ \t]*:[ \t]*(?:rfc822[ \t]*;)?[ \t\r\n]*<?(" + _ADDRESS + rb")"
)
_ID = re.compile(rb"(?im)^[> \t]*(?:original-)?message-id[ \t]*:[ \t\r\n]*(<[^<>\r\n]{3,300}>)")
_TO = re.compile(rb"(?im)^to[ \t]*:(?:[^\r\n]|\r?\n[ \t])*?(" + _ADDRESS + rb")")
_ENCODED = re.compile(rb"(?:^[A-Za-z0-9+/]{40,78}\r?\n)+[A-Za-z0-9+/=]{1,78}", re.MULTILINE)
OUR_TO, OTHER_TO = "clerk@city.example", "mayor@city.example"


@dataclass(frozen=True, slots=True)
class Letter:
    """One of ours, as a report may name it."""

    to: str
    message_id: str
    return_token: str


def _letter(to: str, letter: str) -> Letter:
    return Letter(to, f"<{letter * 20}@{settings.MAIL_DOMAIN}>", letter * RETURN_LENGTH)


OURS, OTHER = _letter(OUR_TO, "a"), _letter(OTHER_TO, "b")


@dataclass
class Result:
    """What became of the samples; `missed` names each with what was wrong."""

    samples: int = 0
    recognized: int = 0
    named: Counter[str] = field(default_factory=Counter)
    tied: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    @property
    def is_met(self) -> bool:
        ties = sum(self.tied.values()), sum(self.named.values())
        return (
            self.recognized >= LEAST_RECOGNIZED * self.samples
            and ties[0] >= LEAST_TIED * ties[1]
            and not self.others["taken for bounces"]
        )

    def lines(self) -> Iterator[str]:
        yield _share("recognized", self.recognized, self.samples, LEAST_RECOGNIZED)
        for by, named in self.named.items():
            yield _share(f"tied by {by}", self.tied[by], named, None)
        yield _share("tied", sum(self.tied.values()), sum(self.named.values()), LEAST_TIED)
        for what, number in self.others.items():
            yield f"no bounces, {what}: {number}"
        yield from self.missed


def run(folder: Path, *, wanted: Callable[[str], bool] = lambda name: True) -> Result:
    """Every .eml of the folder whose name is wanted."""
    result = Result()
    for path in sorted(folder.glob("*.eml")):
        if wanted(path.name):
            _measure(path.name, path.read_bytes(), result)
    return result


def _measure(name: str, raw: bytes, result: Result) -> None:
    kind = reader.read(raw).kind
    if name.startswith(NO_BOUNCES):
        result.others["taken for bounces" if kind == Kind.BOUNCE else "left alone"] += 1
        return
    result.samples += 1
    if kind not in REPORTS:
        result.missed.append(f"not recognized: {name} ({kind})")
        return
    result.recognized += 1
    for by, rewritten in _rewritten(raw):
        result.named[by] += 1
        if _is_tied(by, rewritten):
            result.tied[by] += 1
        else:
            result.missed.append(f"not tied by {by}: {name}")


def _rewritten(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """By what the sample names its letter, and the sample as it would name ours."""
    head, body = _divided(raw)
    if to := _TO.search(head):
        ours = f"b-{OURS.return_token}@{settings.MAIL_DOMAIN}"
        yield "return path", head.replace(to[1], ours.encode()) + body
    plain = _decoded(body)
    if failed := _FAILED.search(head) or _FAILED.search(plain):
        yield "recipient", _replaced(raw, failed[1], OUR_TO.encode())
    if identifier := _ID.search(plain):
        yield "Message-ID", head + _replaced(body, identifier[1], OURS.message_id.encode())


def _is_tied(by: str, raw: bytes) -> bool:
    """Whether it names our letter, and not the one beside it."""
    mail = reader.read(raw)
    recipients = [str(one) for one in mail.recipients]
    named = ReportedLetter.of(report_as_kept(mail.report), recipients)
    if by == "recipient":
        return OUR_TO in named.failed and OTHER_TO not in named.failed
    return bool(named.tied_to(OURS)) and not named.tied_to(OTHER)


def _divided(raw: bytes) -> tuple[bytes, bytes]:
    """The message's own headers, and the rest."""
    end = re.search(rb"\r?\n\r?\n", raw)
    return (raw[: end.end()], raw[end.end() :]) if end else (raw, b"")


def _decoded(body: bytes) -> bytes:
    """With its base64 as plain bytes behind it."""
    return body + b"\n" + b"\n".join(_plain(block[0]) for block in _ENCODED.finditer(body))


def _replaced(raw: bytes, old: bytes, new: bytes) -> bytes:
    """Everywhere, in base64 too."""

    def encoded(block: re.Match[bytes]) -> bytes:
        plain = _plain(block[0])
        return base64.encodebytes(plain.replace(old, new)) if old in plain else block[0]

    return _ENCODED.sub(encoded, raw).replace(old, new)


def _plain(block: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(block.split()), validate=True)
    except binascii.Error:
        return b""


def _share(what: str, part: int, whole: int, least: float | None) -> str:
    share = f"{what}: {part} of {whole} ({part / whole:.1%})" if whole else f"{what}: none"
    return f"{share}, at least {least:.0%}" if least else share
