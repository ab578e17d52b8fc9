"""What a report names of the letter it is about, wherever it stands: in the status fields, in the
copy that came back, in copies within that, in the words. Folding may be damaged."""

import re
from collections.abc import Iterator
from dataclasses import replace

from requests_app.mail.clean_strings import clean_line
from requests_app.mail.incoming_message import Outcome, Report
from requests_app.mail.mime.charsets import decode
from requests_app.mail.mime.headers import Headers
from requests_app.mail.mime.parts import Part

MAX_NAMED = 60
MAX_READ = 256 * 1024  # bytes of each part
MAX_PARTS = 20
# A server that keeps lines short breaks one with an exclamation mark, a line's end and a blank.
_BROKEN_LINE = re.compile(r"!\r?\n ")
# After its name, however the line goes on: folded without a blank, quoted, in JSON, unbracketed.
_ID = re.compile(
    r"message-?id[\"']?\s{0,9}[:=,]\s{0,9}(?:\"value\"\s{0,9}:\s{0,9})?[\"'>\s]{0,9}"
    r"(?:<([^<>]{3,990})>|([^\s<>\"',;]{1,300}@[^\s<>\"',;]{1,200}))",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"<([^<>]{3,990}@[^<>]{1,300})>")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,24}")
_FAILED = re.compile(
    r"^[> \t]*(?:(?:final|original)-recipient[ \t]*:[ \t]*(?:rfc822[ \t]*;)?"
    r"|recipient address:)[ \t\r\n]*<?([A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9.-]{1,190})",
    re.IGNORECASE | re.MULTILINE,
)
_FOLD = re.compile(r"\s+(?:>\s*)*")


def named_ids(headers: Headers, root: Part) -> tuple[str, ...]:
    """Every Message-ID that it names, each with its brackets; not its own."""
    found: dict[str, None] = {}
    for value in (*headers.all("in-reply-to"), *headers.all("references")):
        for identifier in _BRACKETED.findall(decode(value)[0]):
            found.setdefault(_tidy(identifier))
    for text in _texts(root):
        for bracketed, bare in _ID.findall(text):
            found.setdefault(_tidy(bracketed or bare))
    return tuple(found)[:MAX_NAMED]


def named_addresses(headers: Headers, root: Part) -> tuple[str, ...]:
    """Every address in its words and in the copy, in lower case."""
    found: dict[str, None] = {}
    for value in headers.all("x-failed-recipients"):
        found.update(dict.fromkeys(_ADDRESS.findall(decode(value)[0].lower())))
    for text in _texts(root):
        found.update(dict.fromkeys(_ADDRESS.findall(text.lower())))
        if len(found) >= MAX_NAMED:
            break
    return tuple(found)[:MAX_NAMED]


def with_names(report: Report, root: Part) -> Report:
    """The same with all that it names. Whom it did not reach, where no status part says so, or only
    its words were read: by the fields of one that stand somewhere in it."""
    failed = () if report.is_standard and report.recipient else _failed_in(root)
    known = report.outcomes[0] if report.outcomes else Outcome("", "failed", "", "")
    outcomes = tuple(replace(known, recipient=one) for one in failed) or report.outcomes
    return replace(
        report,
        outcomes=outcomes,
        named_ids=named_ids(root.headers, root),
        named_addresses=named_addresses(root.headers, root),
    )


def _failed_in(root: Part) -> tuple[str, ...]:
    found = (one.lower().strip(".") for text in _texts(root) for one in _FAILED.findall(text))
    return tuple(dict.fromkeys(found))[:MAX_NAMED]


def _texts(root: Part) -> Iterator[str]:
    """The whole as it stands, where a copy without a boundary is too; then what was encoded."""
    raw = root.raw[root.start : min(root.end, root.start + MAX_READ)]
    yield _BROKEN_LINE.sub("", decode(raw)[0])
    leaves = (leaf for leaf in root.walk() if not leaf.is_multipart)
    for _, leaf in zip(range(MAX_PARTS), leaves, strict=False):
        if leaf.encoding and leaf.kind.startswith(("text/", "message/")):
            text, _ = decode(leaf.body.content(MAX_READ)[:MAX_READ])
            yield _BROKEN_LINE.sub("", text)


def _tidy(identifier: str) -> str:
    return f"<{clean_line(_FOLD.sub('', identifier), 400)}>"
