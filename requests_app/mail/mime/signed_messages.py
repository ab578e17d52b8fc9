"""Signed messages: the text inside is read, the signature is not judged here."""

import re

from requests_app.mail.mime.parts import ReadingNotes

MAX_SIGNED = 30 * 1024 * 1024
_ARMOR = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z]+: .*\n)*\n(.*?)\n?"
    r"(?:-----BEGIN PGP SIGNATURE-----.*?(?:-----END PGP SIGNATURE-----|\Z))",
    re.DOTALL,
)
_DASHES = re.compile(r"^- (?=-)", re.MULTILINE)
_CONTENT = re.compile(rb"(?i)(?:content-type|mime-version):[ \t]")
_OCTETS = 0x04


def without_armor(text: str, notes: ReadingNotes) -> str:
    """A text signed in line (RFC 4880) without its frame; said when it is encrypted."""
    if "-----BEGIN PGP " not in text:
        return text
    if "-----BEGIN PGP MESSAGE-----" in text:
        notes.fault("It is encrypted (PGP): the desk cannot read it; the original is kept.")
    return _ARMOR.sub(lambda match: _DASHES.sub("", match[1]), text)


def signed_content(data: bytes) -> bytes | None:
    """The message inside an opaque S/MIME signature; None when it is encrypted or unreadable.

    Not a parser of CMS: the signed content is found by its first header, and its length by the
    DER octet strings that hold it, one or many (RFC 5652 §5.2).
    """
    match = _CONTENT.search(data, 0, min(len(data), 65536))
    if match is None:
        return None
    start = match.start()
    for width in (1, 2, 3, 4, 5):  # tag, then a length of one to five bytes
        at = start - 1 - width
        held = _octets(data, at) if at >= 0 and data[at] == _OCTETS else None
        if held is not None and held[1] == start:
            return _joined(data, at)
    return None


def _joined(data: bytes, position: int) -> bytes:
    pieces = []
    while position < len(data) and data[position] == _OCTETS:
        held = _octets(data, position)
        if held is None:
            break
        length, start = held
        pieces.append(data[start : start + length])
        position = start + length
    return b"".join(pieces)


def _octets(data: bytes, position: int) -> tuple[int, int] | None:
    """The length of the octet string at this place, and where its content begins."""
    if position + 1 >= len(data):
        return None
    first = data[position + 1]
    if first < 0x80:
        return first, position + 2
    width = first & 0x7F
    if not 1 <= width <= 4 or position + 2 + width > len(data):
        return None
    return int.from_bytes(data[position + 2 : position + 2 + width], "big"), position + 2 + width
