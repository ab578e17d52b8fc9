"""Bytes to text when the label is wrong, missing or unheard of. Never an exception.

The order: what the message declares, then UTF-8, then Windows-1252, which takes every byte.
"""

import codecs
import re
from functools import lru_cache

FALLBACK = "cp1252"
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,39}")
# Python codecs that are no charset, or cost more than a charset may (punycode is quadratic).
_NOT_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs"}
_ALIASES = {
    "utf8": "utf-8", "utf-8-sig": "utf-8", "utf_8": "utf-8", "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7", "utf7": "utf-7",
    # What browsers do, and senders mean: Latin-1 is Windows-1252, GB2312 is GB18030.
    "iso-8859-1": FALLBACK, "iso8859-1": FALLBACK, "latin-1": FALLBACK, "latin1": FALLBACK,
    "ansi": FALLBACK, "windows-1252": FALLBACK, "x-ansi": FALLBACK, "iso-8859-1-windows": FALLBACK,
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949", "x-sjis": "cp932", "shift_jis": "cp932",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman", "cp-850": "cp850", "cp-1252": FALLBACK,
}  # fmt: skip
_SILENT = {"", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown", "x-unknown", "unknown-8bit"}
_SILENT |= {"default", "x-user-defined", "none", "_iso-2022-jp$esc", "charset", "8bit", "binary"}


@lru_cache(maxsize=256)
def codec_of(label: str) -> str | None:
    """The codec a label means; None when it means none that we would use."""
    name = label.strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    if not _LABEL.fullmatch(name):
        return None
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError, ImportError):
        return None
    if info.name in _NOT_CHARSETS or not getattr(info, "_is_text_encoding", True):
        return None
    return info.name


def decode(data: bytes, label: str = "") -> tuple[str, str]:
    """The text, and what was wrong with its label, in a sentence ("" for nothing)."""
    name = label.strip().strip("\"'").lower()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), ""
    if name in _SILENT:
        return _undeclared(data, name)
    codec = codec_of(name)
    if codec is None:
        text, _ = _undeclared(data, "")
        return text, f"The charset {name[:40]!r} is unknown; the text was read by its bytes."
    if codec == FALLBACK and not data.isascii():
        return _maybe_utf8(data)
    try:
        return data.decode(codec), ""
    except (UnicodeError, ValueError):
        text, _ = _undeclared(data, "")
        return text, f"The text is not in the charset it declares, {name}; read by its bytes."


def _undeclared(data: bytes, name: str) -> tuple[str, str]:
    if data.isascii():
        return data.decode("ascii"), ""
    fault = "The text declares no charset and is not plain ASCII; read by its bytes."
    if name == "us-ascii":
        fault = "The text calls itself ASCII and is not; read by its bytes."
    try:
        return data.decode("utf-8"), fault
    except UnicodeDecodeError:
        return _mostly_utf8(data) or _windows(data), fault


def _maybe_utf8(data: bytes) -> tuple[str, str]:
    """Latin-1 by its label: real Latin-1 is almost never valid UTF-8 by chance."""
    try:
        return data.decode("utf-8"), "The text calls itself Latin-1 and is UTF-8."
    except UnicodeDecodeError:
        return _windows(data), ""


def _mostly_utf8(data: bytes) -> str:
    """UTF-8 with some damage; "" when more of it is bad than good."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    return text if good > bad else ""


def _windows(data: bytes) -> str:
    """Windows-1252; the five bytes it leaves open as the C1 controls they are in Latin-1."""
    try:
        return data.decode(FALLBACK)
    except UnicodeDecodeError:
        return data.decode("latin-1")
