"""A header block, split by a reader who has seen worse: no line of it stops the rest.

Bounds keep a hostile message cheap: headers beyond `MAX_HEADERS` are not looked at, and a value is
cut at `MAX_VALUE` bytes. The raw message keeps them all.
"""

import re
from dataclasses import dataclass, field

from requests_app.mail.words import decode_words

MAX_HEADERS = 2000
MAX_VALUE = 64 * 1024
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*")
_ENVELOPE = re.compile(rb">?From ")
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
    headers = Headers()
    position = _past_leading_noise(raw, start, end) if is_message else start
    block: list[bytearray] = []
    names: list[str] = []
    while position < end:
        stop, after = _line_end(raw, position, end)
        if stop == position:
            _keep(headers, names, block)
            return headers, after
        line = raw[position : min(stop, position + MAX_VALUE + 300)].lstrip(b"\r")
        match = _FIELD.match(line)
        if line[:1] in (b" ", b"\t"):
            if block and len(block[-1]) < MAX_VALUE:
                block[-1] += b" " + line.strip()
        elif match:
            if len(names) < MAX_HEADERS:
                names.append(match[1].decode("ascii").lower())
                block.append(bytearray(line[match.end() :].rstrip()))
            elif len(names) == MAX_HEADERS and not headers.faults:
                headers.faults.append(f"It has more than {MAX_HEADERS} headers.")
        elif not _goes_on(raw, after, end):
            if names:
                headers.faults.append("No empty line divides its headers from its text.")
            break
        else:
            headers.faults.append("A line among its headers is none.")
        position = after
    _keep(headers, names, block)
    return headers, position


def _keep(headers: Headers, names: list[str], block: list[bytearray]) -> None:
    for name, value in zip(names, block, strict=True):
        if len(value) > MAX_VALUE:
            headers.faults.append(f"Its header {name[:40]} is too long and was cut.")
        headers.fields.append((name, bytes(value[:MAX_VALUE])))
    headers.faults = list(dict.fromkeys(headers.faults))


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


def _past_leading_noise(raw: bytes, start: int, end: int) -> int:
    """Empty lines before the headers, and mbox's envelope line."""
    position = start
    while position < end and raw[position] in b"\r\n":
        position += 1
    if _ENVELOPE.match(raw, position, min(end, position + 8)):
        position = _line_end(raw, position, end)[1]
    return position if position < end or start == end else start


def _goes_on(raw: bytes, position: int, end: int) -> bool:
    """Whether the line after a broken one still looks like a header."""
    return bool(_HEADERISH.match(raw, position, min(end, position + 200)))
