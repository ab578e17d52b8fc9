"""Content-Type and Content-Disposition: a value and its parameters, RFC 2231 or like it."""

import re
from urllib.parse import unquote_to_bytes

from requests_app.mail.clean_strings import clean_line
from requests_app.mail.mime.charsets import decode
from requests_app.mail.mime.encoded_words import decoded

_PARAMETER = re.compile(
    r""";\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|$)|([^;]*))""", re.DOTALL
)
_ESCAPED = re.compile(r"\\([\"\\])")
_CONTINUED = re.compile(r"(.+?)\*(\d{1,3})(\*?)")
_SIMPLE_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,80}/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}")


def parameters(value: bytes) -> tuple[str, dict[str, str]]:
    """`text/plain; charset="utf-8"` as ("text/plain", {"charset": "utf-8"})."""
    text, _ = decode(value)
    head, _, _ = text.partition(";")
    plain: dict[str, str] = {}
    continued: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, quoted, bare in _PARAMETER.findall(text):
        content = _ESCAPED.sub(r"\1", quoted) if quoted else bare.strip()
        key = name.lower()
        if match := _CONTINUED.fullmatch(key):
            continued.setdefault(match[1], {})[int(match[2])] = (content, bool(match[3]))
        elif key.endswith("*"):
            continued.setdefault(key[:-1], {})[0] = (content, True)
        else:
            plain.setdefault(key, content)
    for key, pieces in continued.items():
        plain[key] = _joined(pieces)
    return clean_line(head).lower(), plain


def media_type(value: bytes) -> tuple[str, dict[str, str]]:
    """The type in lower case, "" when it is none, and its parameters."""
    kind, found = parameters(value)
    kind = kind.replace(" ", "")
    if kind == "text":  # as some machines write it
        kind = "text/plain"
    return (kind if _SIMPLE_TYPE.fullmatch(kind) else ""), found


def file_name(*sources: dict[str, str]) -> str:
    """The name a file goes by: of Content-Disposition first, then of Content-Type.

    Never a path, never a dot file, never empty of everything but dots; "" when there is no name.
    """
    for found in sources:
        for key in ("filename", "name"):
            if name := found.get(key, "").strip():
                return safe_name(decoded(name))
    return ""


def safe_name(name: str) -> str:
    """The last part of a path in anybody's notation, cut to what file systems take."""
    line = clean_line(name.replace("\\", "/"), 400).rstrip("/")
    last = line.rsplit("/", 1)[-1].strip(" .") if line else ""
    if len(last.encode()) <= 180:
        return last
    stem, dot, ending = last.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = last, ""
    short = stem.encode()[:160].decode("utf-8", "ignore")
    return f"{short}.{ending}" if ending else short


def _joined(pieces: dict[int, tuple[str, bool]]) -> str:
    """RFC 2231: numbered pieces, some percent-encoded, the first with its charset."""
    charset, data = "", b""
    for number, (piece, is_encoded) in sorted(pieces.items()):
        content = piece
        if is_encoded and number == 0 and piece.count("'") >= 2:
            charset, _, content = piece.split("'", 2)
        data += unquote_to_bytes(content) if is_encoded else content.encode("utf-8", "replace")
    return decode(data, charset)[0]
