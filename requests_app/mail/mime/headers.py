"""A header block, split by a reader who has seen worse: no line of it stops the rest.

Bounds keep a hostile message cheap: headers beyond `MAX_HEADERS` are not looked at, and a value is
cut at `MAX_VALUE` bytes. The raw message keeps them all.
"""

import re
from dataclasses import dataclass, field

from requests_app.mail.mime.encoded_words import decode_words

MAX_HEADERS = 2000
MAX_VALUE = 64 * 1024
MAX_LINES = 50_000
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*")
_ENVELOPE = re.compile(rb">?From ")
# Headers that a text quotes at its very beginning only in a report, and never first.
_RESUMED = re.compile(
    rb"\r*(?:Message-ID|MIME-Version|Content-Type|Content-Transfer-Encoding"
    rb"|Auto-Submitted|Precedence|Return-Path|X-Auto[A-Za-z-]*|X-Failed-Recipients):[ \t]*\S",
    re.IGNORECASE,
)
_EMPTY_LINE = re.compile(rb"\n\r*\n")
_HEADERISH = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]|[ \t]+\S")


@dataclass(slots=True)
class Headers:
    """The fields in their order, by lower-case name; values are raw bytes, unfolded."""

    fields: list[tuple[str, bytes]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def all(self, name: str) -> list[bytes]:
        return [value for key, value in self.fields if key == name]

    def first(self, *names: str) -> bytes:
        """The first value of the first of these names that has one."""
        for name in names:
            for key, value in self.fields:
                if key == name:
                    return value
        return b""

    def has(self, name: str) -> bool:
        return any(key == name for key, _ in self.fields)

    def text(self, name: str, limit: int = 1000) -> str:
        return decode_words(self.first(name), limit)


def split_headers(
    raw: bytes, start: int, end: int, *, is_message: bool = True
) -> tuple[Headers, int]:
    """The headers of raw[start:end], and where its body begins.

    Before a message's headers there may be noise; a part may begin with the empty line after none.
    """
    block = _Block()
    position = _past_leading_noise(raw, start, end) if is_message else start
    while position < end:
        stop, after = _line_end(raw, position, end)
        block.lines += 1
        line = raw[position : min(stop, position + MAX_VALUE + 300)].lstrip(b"\r")
        if block.lines > MAX_LINES:
            block.faults.append("Its headers are too many lines; the last were not looked at.")
            return block.headers(), _past_block(raw, position, end)
        if stop == position:
            if not (block.names and is_message and _resumes(raw, after, end)):
                return block.headers(), after
            block.faults.append("An empty line stands among its headers.")
        elif not block.takes(line):
            if not _goes_on(raw, after, end):
                if block.names:
                    block.faults.append("No empty line divides its headers from its text.")
                break
            block.faults.append("A line among its headers is none.")
        position = after
    return block.headers(), position


@dataclass(slots=True)
class _Block:
    """Headers as they are collected, line by line."""

    names: list[str] = field(default_factory=list)
    values: list[bytearray] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lines: int = 0

    def takes(self, line: bytes) -> bool:
        """Keep the line if it is a header or goes on with one."""
        if line[:1] in (b" ", b"\t"):
            if self.values and len(self.values[-1]) < MAX_VALUE:
                self.values[-1] += b" " + line.strip()
            return True
        match = _FIELD.match(line)
        if match is None:
            return False
        if len(self.names) < MAX_HEADERS:
            self.names.append(match[1].decode("ascii").lower())
            self.values.append(bytearray(line[match.end() :].rstrip()))
        else:
            self.faults.append(f"It has more than {MAX_HEADERS} headers.")
        return True

    def headers(self) -> Headers:
        fields = []
        for name, value in zip(self.names, self.values, strict=True):
            if len(value) > MAX_VALUE:
                self.faults.append(f"Its header {name[:40]} is too long and was cut.")
            fields.append((name, bytes(value[:MAX_VALUE])))
        return Headers(fields, list(dict.fromkeys(self.faults)))


def _line_end(raw: bytes, position: int, end: int) -> tuple[int, int]:
    """Where the line stops and where the next begins.

    CR CR LF is one line's end; a bare CR is one where a header or a continuation follows.
    """
    newline = raw.find(b"\n", position, end)
    if newline < 0:
        return end, end
    stop = newline
    while stop > position and raw[stop - 1] == 13:
        stop -= 1
    bare = raw.find(b"\r", position + 1, stop)
    if bare >= 0 and _HEADERISH.match(raw, bare + 1, min(end, bare + 200)):
        return bare, bare + 1
    return stop, newline + 1


def _past_block(raw: bytes, position: int, end: int) -> int:
    """Behind the next empty line."""
    match = _EMPTY_LINE.search(raw, position, end)
    return match.end() if match else end


def _past_leading_noise(raw: bytes, start: int, end: int) -> int:
    """Empty lines before the headers, and mbox's envelope line."""
    position = start
    while position < end and raw[position] in b"\r\n":
        position += 1
    if _ENVELOPE.match(raw, position, min(end, position + 8)):
        position = _line_end(raw, position, end)[1]
    return position if position < end or start == end else start


def _resumes(raw: bytes, position: int, end: int) -> bool:
    """Whether headers go on behind an empty line: such as no text begins with."""
    return bool(_RESUMED.match(raw, position, min(end, position + 200)))


def _goes_on(raw: bytes, position: int, end: int) -> bool:
    """Whether the line after a broken one still looks like a header."""
    return bool(_HEADERISH.match(raw, position, min(end, position + 200)))
