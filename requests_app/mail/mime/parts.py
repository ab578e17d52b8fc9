"""The parts of a message as stretches of its bytes: found by their boundaries, copied nowhere.

The standard library's parser holds a large message four times over and fails on some headers;
this one holds offsets. What is beyond the bounds stays in the raw message, and is said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from requests_app.mail.mime.header_parameters import file_name, media_type, parameters
from requests_app.mail.mime.headers import Headers, split_headers
from requests_app.mail.mime.transfer_encoding import Slice, encoding_of

MAX_DEPTH = 30
MAX_PARTS = 500
_GUESS = re.compile(rb"(?:\A|\n)--([^\s\"](?:[^\r\n\"]{0,98}[^\s\"])?)[ \t]*\r*\nContent-", re.I)


@dataclass(slots=True)
class Part:
    """One part: a multipart has children, a leaf has bytes."""

    headers: Headers
    raw: bytes
    start: int  # of its body
    end: int
    kind: str = "text/plain"
    params: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    name: str = ""
    encoding: str = ""
    children: list["Part"] = field(default_factory=list)

    @property
    def is_multipart(self) -> bool:
        return self.kind.startswith("multipart/") and bool(self.children)

    @property
    def body(self) -> Slice:
        return Slice(self.raw, self.start, self.end, self.encoding)

    @property
    def charset(self) -> str:
        return self.params.get("charset", "")

    def walk(self) -> Iterator["Part"]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class ReadingNotes:
    """How many parts there are so far, and what was wrong with them."""

    faults: list[str]
    parts: int = 0

    def fault(self, sentence: str) -> None:
        if sentence and sentence not in self.faults:
            self.faults.append(sentence)


def parse(raw: bytes, notes: ReadingNotes, start: int = 0, end: int | None = None) -> Part:
    """The message in raw[start:end] as a part."""
    end = len(raw) if end is None else end
    return _part(raw, start, end, notes, depth=0, default="text/plain")


def _part(
    raw: bytes, start: int, end: int, notes: ReadingNotes, *, depth: int, default: str
) -> Part:
    notes.parts += 1
    headers, body = split_headers(raw, start, end, is_message=depth == 0)
    for sentence in headers.faults:
        notes.fault(sentence)
    part = Part(headers=headers, raw=raw, start=body, end=end, kind=default)
    _describe(part, notes, default)
    if part.kind.startswith("multipart/"):
        _divide(part, notes, depth)
    return part


def _describe(part: Part, notes: ReadingNotes, default: str) -> None:
    declared = part.headers.first("content-type")
    kind, part.params = media_type(declared)
    if declared and not kind:
        notes.fault(f"A part's type, {declared[:60].decode('latin-1')!r}, is none.")
    part.kind = kind or default
    disposition, attributes = parameters(part.headers.first("content-disposition"))
    part.disposition = disposition
    part.name = file_name(attributes, part.params)
    declared_encoding = part.headers.text("content-transfer-encoding", 100)
    part.encoding, wrong = encoding_of(declared_encoding, part.raw, part.start, part.end)
    notes.fault(wrong)


def _divide(part: Part, notes: ReadingNotes, depth: int) -> None:
    """The children of a multipart; without any it is read as text."""
    if depth >= MAX_DEPTH:
        notes.fault(f"Its parts are nested more than {MAX_DEPTH} deep; the rest is kept as a file.")
        part.kind = "application/octet-stream"
        return
    default = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
    spans = _spans(part, notes)
    for start, end in spans:
        if notes.parts >= MAX_PARTS:
            notes.fault(f"It has more than {MAX_PARTS} parts; the rest were left in the original.")
            break
        part.children.append(_part(part.raw, start, end, notes, depth=depth + 1, default=default))
    if not spans:
        notes.fault("It says it has parts, and none were found; it was read as one text.")
        part.kind = "text/html" if _looks_like_html(part) else "text/plain"


def _spans(part: Part, notes: ReadingNotes) -> list[tuple[int, int]]:
    boundary = part.params.get("boundary", "").encode("utf-8", "surrogateescape").rstrip()
    spans, is_closed = _between(part, boundary) if boundary else ([], False)
    if not spans:
        guess = _GUESS.search(part.raw, max(0, part.start - 1), min(part.end, part.start + 65536))
        if guess is None:
            return []
        notes.fault("Its parts are not divided by the boundary it declares.")
        spans, is_closed = _between(part, guess[1].removesuffix(b"--"))
    if not is_closed:
        notes.fault("Its last boundary is missing: it may have been cut off.")
    return spans


def _between(part: Part, boundary: bytes) -> tuple[list[tuple[int, int]], bool]:
    """The stretches between the delimiter lines, and whether the closing one is there."""
    raw, position = part.raw, part.start
    delimiter = b"--" + boundary
    spans: list[tuple[int, int]] = []
    begun = -1
    while len(spans) <= MAX_PARTS and (found := raw.find(delimiter, position, part.end)) >= 0:
        position = found + len(delimiter)
        if found > part.start and raw[found - 1] not in b"\r\n":
            continue
        line_end = raw.find(b"\n", position, part.end)
        after = part.end if line_end < 0 else line_end + 1
        rest = raw[position : min(after, position + 200)].strip()
        if rest not in {b"", b"--"}:
            continue
        if begun >= 0:
            spans.append((begun, _without_newline(raw, begun, found)))
        if rest == b"--":
            return spans, True
        begun = position = after
    if 0 <= begun < part.end:
        spans.append((begun, part.end))
    return spans, False


def _without_newline(raw: bytes, start: int, end: int) -> int:
    """The line end before a delimiter belongs to the delimiter."""
    if end > start and raw[end - 1] == 10:
        end -= 1
    while end > start and raw[end - 1] == 13:
        end -= 1
    return end


def _looks_like_html(part: Part) -> bool:
    head = part.raw[part.start : min(part.end, part.start + 500)].lower()
    return b"<html" in head or b"<!doctype html" in head
