"""Names of files that every system can keep, whatever they were called when they came."""

import re
import unicodedata

_UNSAFE = re.compile(r"[^\w.()+ -]+")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
LONGEST = 80


def safe_name(name: str) -> str:
    """The last part of a path, in letters, digits and a few signs; its ending is kept."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = _UNSAFE.sub("_", last).strip(" ._") or "file"
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = plain, ""
    room = LONGEST - len(ending) - 1
    return f"{stem[:room]}.{ending}" if ending else stem[:room]
