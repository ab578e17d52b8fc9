"""Header values to text: raw bytes, RFC 2047 encoded words, and the usual abuse of both.

Taken as well: encoded words inside quotes or glued to their neighbors, spaces in a Q word, a
character whose bytes are split between two words, base64 without its padding.
"""

import binascii
import re

from requests_app.mail.clean_strings import clean_line
from requests_app.mail.mime.charsets import decode

_WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_QUOTED = re.compile(rb"=([0-9A-Fa-f]{2})")


def decode_words(value: bytes, limit: int = 1000) -> str:
    """One header's value as a line of text."""
    text, _ = decode(value)
    return clean_line(decoded(text), limit)


def decoded(text: str) -> str:
    """The text with its encoded words resolved."""
    if "=?" not in text:
        return text
    pieces: list[str] = []
    run, charset, end = b"", "", 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        if run and (between.strip() or match[1].lower() != charset):
            pieces.append(decode(run, charset)[0])
            run = b""
            if between.strip():
                pieces.append(between)
        elif not run and (between.strip() or not end):
            pieces.append(between)
        charset, end = match[1].lower(), match.end()
        run += _bytes_of(match[2], match[3])
    if run:
        pieces.append(decode(run, charset)[0])
    return "".join((*pieces, text[end:]))


def _bytes_of(encoding: str, payload: str) -> bytes:
    if encoding in "bB":
        letters = _NOT_BASE64.sub("", payload)
        if len(letters) % 4 == 1:
            letters = letters[:-1]
        return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))
    raw = payload.replace("_", " ").encode("utf-8", "replace")
    return _QUOTED.sub(lambda found: bytes([int(found[1], 16)]), raw)
