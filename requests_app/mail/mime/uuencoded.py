"""Files that stand uuencoded in a text, as mailers did before MIME and a few still do."""

import binascii
import re
from dataclasses import dataclass

from requests_app.mail.mime.charsets import decode
from requests_app.mail.mime.header_parameters import safe_name

_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,200})\r*\n", re.MULTILINE)
MAX_FILES = 50


@dataclass(frozen=True, slots=True)
class Found:
    name: str
    data: bytes
    is_whole: bool


def split(content: bytes) -> tuple[bytes, list[Found]]:
    """The text without its uuencoded files, and the files."""
    if b"begin" not in content:
        return content, []
    found: list[Found] = []
    kept: list[bytes] = []
    position = 0
    while len(found) < MAX_FILES and (match := _BEGIN.search(content, position)):
        data, end, is_whole = _decode(content, match.end(), match[0].startswith(b"begin-base64"))
        if not data:  # a sentence that begins so
            kept.append(content[position : match.end()])
            position = match.end()
            continue
        kept.append(content[position : match.start()])
        found.append(Found(safe_name(decode(match[1])[0]), data, is_whole))
        position = end
    kept.append(content[position:])
    return b"".join(kept), found


def _decode(content: bytes, position: int, is_base64: bool) -> tuple[bytes, int, bool]:
    """The bytes, where the text goes on, and whether the end was marked."""
    data = bytearray()
    while position < len(content):
        newline = content.find(b"\n", position)
        after = len(content) if newline < 0 else newline + 1
        line = content[position:after].rstrip(b"\r\n")
        if line in {b"end", b"===="}:
            return bytes(data), after, True
        if line and line != b"`":
            try:
                data += binascii.a2b_base64(line) if is_base64 else _line(line)
            except binascii.Error:
                return bytes(data), position, False
        position = after
    return bytes(data), position, False


def _line(line: bytes) -> bytes:
    """One line; encoders that count its length a little wrong are taken at the length."""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        length = (((line[0] - 32) & 63) * 4 + 5) // 3
        return binascii.a2b_uu(line[:length])
