"""Addresses as people and machines misspell them: groups, comments, commas, lost brackets."""

import re

from requests_app.mail.clean_strings import clean_line
from requests_app.mail.incoming_message import Address
from requests_app.mail.mime.charsets import decode
from requests_app.mail.mime.encoded_words import decoded

MAX_ADDRESSES = 300
# An encoded word counts as one token: commas inside it divide nothing.
_TOKEN = re.compile(
    r"""=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=   # an encoded word
      | "(?:[^"\\]|\\.)*"                   # a quoted string
      | \((?:[^()\\]|\\.)*\)                # a comment
      | <[^<>]*>?                           # an address in brackets, the last one maybe lost
      | [,;]                                # what divides addresses; Outlook uses the second
      | [^\s"(<,;=]+ | =                    # a run of anything else
      | \s+ | .""",
    re.VERBOSE | re.DOTALL,
)
_BARE = re.compile(r"[^\s<>()\[\]\"',;:]{1,128}\s?@\s?[^\s<>()\"',;:]{1,255}")
_SPELLED = re.compile(r"\s*[\[(](?:at|@)[\])]\s*", re.IGNORECASE)
_DOTS = re.compile(r"\.{2,}")
_ESCAPE = re.compile(r"\\(.)")


def addresses(*values: bytes) -> tuple[Address, ...]:
    """Every mailbox in these headers' values, in order, each once."""
    found: dict[Address, None] = {}
    for value in values:
        text, _ = decode(value)
        for mailbox in _split(text):
            if (address := _mailbox(mailbox)) is not None:
                found.setdefault(address)
            if len(found) >= MAX_ADDRESSES:
                return tuple(found)
    return tuple(found)


def address_of(value: str) -> str:
    """The bare address in a string, tidied; "" when there is none."""
    text = _SPELLED.sub("@", value.strip().strip("<>\"' "))
    if text.lower().startswith("mailto:"):
        text = text[7:]
    if text.startswith("@") and ":" in text:  # a source route of old: @relay:somebody@host
        text = text.rpartition(":")[2]
    match = _BARE.search(text) if "@" in text else None
    if match is None:
        return ""
    local, _, domain = match[0].replace(" ", "").rpartition("@")
    tidy = _DOTS.sub(".", domain).strip(".-")
    return clean_line(f"{local.lstrip('.')}@{tidy}", 320).lower() if local and tidy else ""


def _split(text: str) -> list[list[str]]:
    """The tokens of each mailbox. A group's name is dropped, its members are kept."""
    mailboxes: list[list[str]] = [[]]
    for token in _TOKEN.findall(text):
        if token in {",", ";"}:
            mailboxes.append([])
        elif token.endswith(":") and not any("@" in part for part in mailboxes[-1]):
            if token.lower() == "mailto:":
                continue
            mailboxes[-1] = []
        else:
            mailboxes[-1].append(token)
    return [mailbox for mailbox in mailboxes if any(token.strip() for token in mailbox)]


def _mailbox(tokens: list[str]) -> Address | None:
    bracketed = [token for token in tokens if token.startswith("<")]
    comments = [token[1:-1] for token in tokens if token.startswith("(") and len(token) > 1]
    words = [token for token in tokens if not token.startswith(("<", "("))]
    written = "".join(words).strip()
    if bracketed:
        address = address_of(bracketed[-1])
        name = _name(words)
        if not address:  # "jane@city.gov" <Jane Doe>
            address = address_of(written)
            name = _name([bracketed[-1].strip("<>")])
    else:
        address = address_of(written)
        name = _name(comments) or _name([_BARE.sub("", _SPELLED.sub("@", written))])
    if not name and comments:
        name = _name(comments)
    if not address and not name:
        return None
    return Address(name=name, address=address)


def _name(words: list[str]) -> str:
    plain = [
        _ESCAPE.sub(r"\1", word[1:-1]) if len(word) > 1 and word[0] == word[-1] == '"' else word
        for word in words
    ]
    return clean_line(decoded("".join(plain)), 300).strip("\"' ,;>").strip()
