"""That a file which somebody holds is what was erased or let go of: by the SHA-256 kept of it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from requests_app.models import ErasedContent, RawMailRemoval

WORDS = {
    "communication": "the words, as they stood in the desk",
    "file": "a file",
    "mail": "the message, byte for byte as it came",
    "mail_file": "a file",
}
LONGEST_TEXT = 4 * 1024 * 1024  # bytes: what may be words and not only a file


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of one thing that was erased."""

    what: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What a file hashes to, and which of what was erased or let go of it is."""

    sha256: str
    is_of: tuple[ErasedContent | RawMailRemoval, ...]


def kept_of(erased: Iterable[ErasedContent]) -> list[Kept]:
    """Each hash once: of files and messages by their bytes, of what was typed by its words."""
    found: dict[str, Kept] = {}
    for one in erased:
        for column, sha256 in one.kept.items():
            if column in {"file", "text"} and one.table in WORDS:
                found.setdefault(sha256, Kept(WORDS[one.table], sha256))
    return list(found.values())


def prove(chunks: Iterable[bytes], among: QuerySet[ErasedContent]) -> Proof:
    """By its bytes; or, of words, by them without the spaces around them and with plain line ends,
    as the desk keeps what is typed."""
    digest, text = hashlib.sha256(), b""
    for chunk in chunks:
        digest.update(chunk)
        if len(text) <= LONGEST_TEXT:
            text += chunk
    of_bytes = digest.hexdigest()
    as_typed = set()
    if len(text) <= LONGEST_TEXT:
        as_typed = {hashlib.sha256(words).hexdigest() for words in _as_typed(text)}
    matching = (
        one for one in among
        if of_bytes in one.kept.values() or one.kept.get("text") in as_typed
    )  # fmt: skip
    return Proof(of_bytes, tuple(matching))


def prove_message(chunks: Iterable[bytes], removal: RawMailRemoval) -> Proof:
    """By its bytes alone: of a message that is kept without them."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    of_bytes = digest.hexdigest()
    return Proof(of_bytes, (removal,) if of_bytes == removal.sha256 else ())


def _as_typed(text: bytes) -> Iterator[bytes]:
    plain = text.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    yield plain
    yield plain.strip()
    yield plain.strip() + b"\n"
