"""Transfer encodings undone piece by piece, so that a large file is never in memory twice."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

PIECE = 1024 * 1024
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(byte for byte in range(256) if byte not in _BASE64 + b"=")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_BETWEEN_WORDS = re.compile(rb"[\w,.;] +(?=\w)")
_SOFT_BREAK = re.compile(rb"=[ \t]*\r*\n")
_PLAIN = {"", "7bit", "8bit", "binary", "8-bit", "7-bit", "none", "ascii", "utf-8", "8bits"}


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of the raw message and how it is encoded."""

    raw: bytes
    start: int
    end: int
    encoding: str  # in lower case

    def chunks(self) -> Iterator[bytes]:
        if self.encoding == "base64":
            return _base64(self.raw, self.start, self.end)
        if self.encoding in {"quoted-printable", "quoted_printable", "qp"}:
            return _quoted_printable(self.raw, self.start, self.end)
        return _as_it_is(self.raw, self.start, self.end)

    def content(self, limit: int | None = None) -> bytes:
        """The decoded bytes, at least up to the limit where there is more."""
        pieces, size = [], 0
        for piece in self.chunks():
            pieces.append(piece)
            size += len(piece)
            if limit is not None and size >= limit:
                break
        return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class InMemory:
    """Bytes that stand nowhere in the raw message as they are: out of TNEF or uuencode."""

    data: bytes

    def chunks(self) -> Iterator[bytes]:
        yield self.data


def encoding_of(declared: str, raw: bytes, start: int, end: int) -> tuple[str, str]:
    """The encoding to undo, and what was wrong with the declared one."""
    name = declared.strip().strip("\"'").partition(";")[0].strip().lower()
    if name in _PLAIN:
        return "", ""
    if name == "base64":
        head = raw[start : min(end, start + 4096)].strip()
        # Base64 has no spaces within its lines; a text that only calls itself so has many.
        if len(_BETWEEN_WORDS.findall(head)) > len(head) // 20:
            return "", "A part calls itself base64 and is not; it was taken as it stands."
        return name, ""
    if name in {"quoted-printable", "quoted_printable", "qp"}:
        return "quoted-printable", ""
    if name in {"x-uuencode", "uuencode", "x-uue"}:
        return "", ""  # the text's reader finds what is uuencoded
    return "", f"The transfer encoding {name[:40]!r} is unknown; a part was taken as it stands."


def _as_it_is(raw: bytes, start: int, end: int) -> Iterator[bytes]:
    for position in range(start, end, PIECE):
        yield raw[position : min(end, position + PIECE)]


def _base64(raw: bytes, start: int, end: int) -> Iterator[bytes]:
    """Anything outside the alphabet is passed over; padding in the middle begins anew."""
    carry = b""
    for position in range(start, end, PIECE):
        piece = raw[position : min(end, position + PIECE)]
        letters = carry + piece.translate(_URL_SAFE, b"\r\n").translate(None, _NOT_BASE64)
        carry = b""
        while (pad := letters.find(b"=")) >= 0:
            if pad:
                yield _quads(letters[:pad])
            letters = letters[pad:].lstrip(b"=")
        whole = len(letters) - len(letters) % 4
        if whole:
            yield binascii.a2b_base64(letters[:whole])
        carry = letters[whole:]
    if carry:
        yield _quads(carry)


def _quads(letters: bytes) -> bytes:
    """Letters whose padding was lost; a single letter over says nothing."""
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _quoted_printable(raw: bytes, start: int, end: int) -> Iterator[bytes]:
    """Cut at line ends, so that no escape is cut in two; damaged escapes stay as they are."""
    position = start
    while position < end:
        stop = min(end, position + PIECE)
        if stop < end:
            newline = raw.rfind(b"\n", position, stop)
            stop = newline + 1 if newline > position else stop
        yield binascii.a2b_qp(_SOFT_BREAK.sub(b"", raw[position:stop]))
        position = stop
