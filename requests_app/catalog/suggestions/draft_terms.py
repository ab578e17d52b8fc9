"""What a draft asks for, as terms that can be looked up; its years apart.

Names of people, streets and companies, and numbers of badges and cases, stand in a dataset's rows
and never in what a catalog says of it: that they are not found there means nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from requests_app.catalog.suggestions.dataset_terms import counts, years_in
from requests_app.catalog.suggestions.word_stems import WORD, plain, stem, with_phrases_joined

SUBJECT_WEIGHT, TEXT_WEIGHT = 2.0, 1.0
SHOWN_AS = {
    "bodycam": "body camera", "useofforc": "use of force", "rightofway": "right of way",
    "shorttermrental": "short-term rental", "trafficstop": "traffic stop",
    "codeenforcement": "code enforcement", "capitalproject": "capital project",
}  # fmt: skip

NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+\.\w+|§+\s*[\d.:()-]+\w*")
# The sentences of every request: how it is to be answered, and not what is asked for.
HOW_TO_ANSWER = re.compile(
    r"fee waiver|waiver of fees|fees be waived|waive (?:any|all)|public interest|news media|"
    r"if (?:any|you|redaction|some|the city)\b|willing to pay|cite the|business days|thank you|"
    r"rolling basis|do not limit|redacted|withh[eo]ld|exempt|more than \$",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
RANKS = (
    "Mayor Officer Sgt Sergeant Detective Det Lt Lieutenant Capt Captain Chief Director Inspector "
    "Judge Councilmember Councilman Councilwoman Mr Mrs Ms Dr inspector director officer mayor"
)
PERSON = re.compile(rf"\b({RANKS.replace(' ', '|')})\b\.?((?:\s+[A-Z][\w.’'-]+){{1,3}})")
ADDRESS = re.compile(r"\b\d+(?:st|nd|rd|th)?(?:\s+block of)?((?:\s+[A-Z][\w.’'-]+){1,4})")
CAPITALIZED = re.compile(r"\b[A-Z][\w’']*")


@dataclass(frozen=True, slots=True)
class DraftTerm:
    """`word` is as it was written. A name counts only where the catalog knows it."""

    term: str
    word: str
    weight: float
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class DraftTerms:
    terms: tuple[DraftTerm, ...]
    years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class DraftText:
    """`left_out` are words that say nothing here: the city's name, its state's, its law's."""

    subject: str
    text: str
    left_out: frozenset[str] = frozenset()

    @classmethod
    def of(cls, subject: str, text: str, names: Iterable[str] = ()) -> "DraftText":
        words = (word for name in names for word in WORD.findall(plain(name)))
        return cls(subject, text, frozenset(words))


def terms_of(draft: DraftText) -> DraftTerms:
    asked = _what_is_asked(draft.text)
    names = _names(draft.subject, asked)
    found: dict[str, DraftTerm] = {}
    for term, word in _words(draft.subject, draft.left_out):
        found.setdefault(term, DraftTerm(term, word, SUBJECT_WEIGHT, word in names))
    for term, word in _words(asked, draft.left_out):
        found.setdefault(term, DraftTerm(term, word, TEXT_WEIGHT, word in names))
    return DraftTerms(tuple(found.values()), years_in(f"{draft.subject} . {asked}"))


def _what_is_asked(text: str) -> str:
    sentences = SENTENCE_END.split(NOT_WORDS.sub(" ", text))
    first, *others = sentences
    return " . ".join([first, *(one for one in others if not HOW_TO_ANSWER.search(one))])


def _words(text: str, left_out: frozenset[str]) -> list[tuple[str, str]]:
    """Each term with the word it was written as."""
    words = [word for word in WORD.findall(with_phrases_joined(plain(text))) if counts(word)]
    pairs = [(stem(word), word) for word in words if word not in left_out]
    return [(term, SHOWN_AS.get(term, word)) for term, word in pairs]


def _names(subject: str, text: str) -> frozenset[str]:
    """Words written as names: after a rank or a house number, or always with a capital in the
    midst of a sentence. A subject says nothing by its capitals: many are written all in them."""
    both = f"{subject} . {text}"
    sure = {word for found in PERSON.findall(both) for word in WORD.findall(found[1])}
    sure |= {word for found in ADDRESS.findall(both) for word in WORD.findall(found)}
    lower = {word for word in WORD.findall(text) if not word[0].isupper()}
    begins = {one.split()[0] for one in re.split(r"[.!?:]\s+", text) if one.split()}
    midst = {word for word in CAPITALIZED.findall(text) if word not in begins}
    always = {word for word in midst if word.lower() not in lower}
    return frozenset(plain(word) for word in sure | always)
