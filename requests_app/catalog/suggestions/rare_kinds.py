"""Records that datasets rarely hold: correspondence, recordings, files on a person, papers.

A draft that asks for them is told so, and what was found is shown folded away.
"""

import re
from dataclasses import dataclass

from requests_app.catalog.suggestions.draft_terms import DraftText
from requests_app.catalog.suggestions.word_stems import plain


@dataclass(frozen=True, slots=True)
class RareKind:
    """`words` as they are written in a draft; `term` lifts the note where a title has it."""

    name: str
    words: re.Pattern[str]
    term: str = ""


def _kind(name: str, *words: str, term: str = "") -> RareKind:
    return RareKind(name, re.compile(rf"\b(?:{'|'.join(words)})\b"), term)


RARE_KINDS = (
    _kind(
        "e-mails and other messages",
        r"e-?mails?", r"text messages", "texts", "correspondence", "whatsapp", "signal", "slack",
        r"letters (?:between|to|from)", r"communications (?:between|with|to|from)",
    ),
    _kind(
        "recordings",
        "footage", r"video(?:s|tapes?)?", "audio", r"recordings?", r"photo(?:graph)?s?",
        r"body[- ]?(?:worn )?cam\w*", r"dash[- ]?cam\w*",
    ),
    _kind(
        "a person’s file",
        r"personnel (?:files?|records?)", r"disciplinary (?:letters?|records?|files?)",
        r"performance evaluations?", r"resumes?", r"internal affairs files?",
        r"separation agreements?", r"last chance agreements?",
    ),
    _kind(
        "complaints about one person",
        r"(?:complaints?|harassment|allegations?|lodged|made)(?: \w+){0,4} against "
        r"(?:him|her|them|the \w+ director|the \w+ chief|officer \w+|director|chief)",
        "complaint against",
    ),
    _kind(
        "contracts and agreements",
        r"(?:the|a|an|any|copy of the|copies of) (?:\w+ )?contract", "contract for",
        r"contracts? with", r"leases?", r"memorand(?:um|a) of understanding",
        r"(?:the|an|any|management|licensing) agreement",
        term="contract",
    ),
    _kind("invoices and bills", r"invoices?", "bills for", "monthly bills", "receipts"),
    _kind(
        "reports, memos and drafts",
        r"memos?", "memoranda", "legal opinions?", "feasibility study", "after-action",
        "presentations", "every draft", "drafts of", r"narratives?", "witness statements",
        "statements by witnesses", r"dispatcher's notes", "necropsy", "findings of",
        r"investigator's report",
    ),
    _kind("calendars and notes", r"calendars?", "appointment books?", "meeting notes"),
    _kind(
        "policies and training material",
        r"training (?:materials?|curriculum)", r"written procedures?",
        r"standard operating procedures?",
    ),
)  # fmt: skip
NOT_ASKED = re.compile(
    r"(?:not (?:need|ask|want|request|seek)\w*|without|in place of|instead of|preferred over)[^.;]*"
)


def asked_for(draft: DraftText) -> tuple[RareKind, ...]:
    """Those a draft asks for, in the order of the list."""
    words = NOT_ASKED.sub(" ", plain(f"{draft.subject} . {draft.text}"))
    return tuple(kind for kind in RARE_KINDS if kind.words.search(words))
