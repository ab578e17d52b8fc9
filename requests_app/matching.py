"""Which request a message belongs to, and why. Pure: clues in, a match out.

`actions.mail.mail_clues` looks for the clues in the order of their weight and stops at the first
that decides. A match needs one request alone at the weightiest clue that there is: where two are
near, a person chooses among candidates. Nothing is ever guessed, and nothing crosses from newsroom
to newsroom.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

MAX_CANDIDATES = 5


class Weight(IntEnum):
    """What a clue is worth. From `SAME_SUBJECT` upward it decides by itself."""

    WORDS_IN_COMMON = 10
    FROM_ITS_CITY = 15
    NUMBER_FROM_A_STRANGER = 20
    SAME_SUBJECT = 40
    NUMBER_IN_TEXT = 50
    NUMBER_IN_SUBJECT = 60
    EARLIER_IN_THREAD = 80
    ANSWERS_OUR_MESSAGE = 90
    REPLY_ADDRESS = 100

    @property
    def decides(self) -> bool:
        return self >= Weight.SAME_SUBJECT


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing that speaks for one request, in a sentence a person can check."""

    request: int
    newsroom: int
    weight: Weight
    why: str
    likeness: float = 0.0  # orders what weighs the same, from 0 to 1


@dataclass(frozen=True, slots=True)
class Candidate:
    request: int
    newsroom: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The one request, with the reason; or whom a person may choose among; or nothing."""

    request: int | None = None
    newsroom: int | None = None
    reason: str = ""
    candidates: tuple[Candidate, ...] = ()


def decide(clues: Sequence[Clue]) -> Match:
    """One request, if the weightiest clues name one alone; else candidates, the likeliest first."""
    if not clues:
        return Match(reason="Nothing in it names a request of this desk.")
    top = max(clue.weight for clue in clues)
    best = [clue for clue in clues if clue.weight == top]
    named = {clue.request for clue in best}
    if top.decides and len(named) == 1:
        return Match(best[0].request, best[0].newsroom, best[0].why)
    several = f"It fits {len(named)} requests equally well." if top.decides else ""
    return Match(
        newsroom=_sole({clue.newsroom for clue in best}) if top.decides else None,
        reason=several or "It names no request for certain.",
        candidates=_candidates(clues),
    )


def _candidates(clues: Iterable[Clue]) -> tuple[Candidate, ...]:
    of: dict[int, list[Clue]] = {}
    for clue in clues:
        of.setdefault(clue.request, []).append(clue)
    ranked = sorted(of.values(), key=_rank, reverse=True)[:MAX_CANDIDATES]
    return tuple(
        Candidate(some[0].request, some[0].newsroom, tuple(dict.fromkeys(c.why for c in some)))
        for some in ranked
    )


def _rank(clues: Sequence[Clue]) -> tuple[int, float, int]:
    best = max(clues, key=lambda clue: (clue.weight, clue.likeness))
    return best.weight, best.likeness, best.request


def _sole(newsrooms: set[int]) -> int | None:
    return next(iter(newsrooms)) if len(newsrooms) == 1 else None


# -- what of a message is looked up -------------------------------------------------------------

LOOKED_AT = 20_000  # characters of a text: a number that identifies stands near its beginning
MAX_NUMBERS = 40
_OURS = re.compile(r"\b[A-Z]{2,8}-\d{4}-\d{3,6}\b")
_NUMBER = re.compile(r"(?<![\w.$])[A-Z]{0,8}[-–]?\d[\dA-Z]*(?:[-–/][\dA-Z]+)*(?![\w]|\.\d)")
# What mail programs and gateways put before a subject, in the usual languages.
_PREFIX = re.compile(
    r"^\s*(?:(?:re|fwd?|fw|aw|wg|sv|vs|antw|tr|rif|automatic reply|auto(?:matic)? response|"
    r"out of office|undeliverable|undelivered mail returned to sender|delivery status notification"
    r"(?: \([a-z]+\))?)\s*(?:\[\d+\])?\s*:|\[(?:external|ext|caution)[^\]]*\]|external\s*:)\s*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*\[[A-Z]{2,8}-\d{4}-\d{3,6}\]\s*")
_WORD = re.compile(r"[a-z0-9]{3,}")
_COMMON = frozenset(
    (
        "the", "and", "for", "all", "any", "are", "was", "were", "has", "have", "with", "from",
        "that", "this", "your", "you", "our", "request", "requests", "records", "record", "public",
        "city", "clerk", "regarding", "about", "copy", "copies", "every", "each", "act", "freedom",
        "information", "dear", "please", "attached", "new", "between", "into",
    )
)  # fmt: skip


def our_references(text: str) -> frozenset[str]:
    """References as they stand on our letters, such as STAM-2026-0012."""
    return frozenset(_OURS.findall(text[:LOOKED_AT].upper())[:MAX_NUMBERS])


def numbers(text: str) -> frozenset[str]:
    """What may be a city's own tracking number, upper case. Which of them is one, others know."""
    found: dict[str, None] = {}
    for number in _NUMBER.findall(text[:LOOKED_AT].upper()):
        plain = number.replace("–", "-").strip("-/")
        if (len(plain) >= 5 or "-" in plain) and not _OURS.fullmatch(plain):
            found.setdefault(plain)
        if len(found) >= MAX_NUMBERS:
            break
    return frozenset(found)


def bare_subject(subject: str) -> str:
    """The subject without "Re:", "[External]" and our own bracketed reference; lower case."""
    return subject_without_prefixes(subject).lower()


def subject_without_prefixes(subject: str) -> str:
    """The same as it was written."""
    before = ""
    bare = _BRACKETED.sub(" ", subject).strip()
    while bare != before:
        before, bare = bare, _PREFIX.sub("", bare)
    return bare.strip()


def words(text: str) -> frozenset[str]:
    """The words that tell one request from another."""
    return frozenset(_WORD.findall(text[:LOOKED_AT].lower())) - _COMMON


def likeness(of_request: frozenset[str], of_mail: frozenset[str]) -> float:
    """What share of the request's telling words the message has."""
    return len(of_request & of_mail) / len(of_request) if of_request else 0.0
