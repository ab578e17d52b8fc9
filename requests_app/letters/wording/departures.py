"""Legal sentences of a letter's wording that the reporter changed or left out.

It warns and forbids nothing: a reporter may know better. Moving a sentence is no departure, nor is
another kind of quote, space or backslash, nor the day that the desk fills in.
"""

import re

from requests_app.letters.facts.split_text import normal, paragraphs_of
from requests_app.letters.wording.compose import Composition
from requests_app.letters.wording.due_day import MARK

_DAY = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December) \d{1,2}, \d{4}"
)
_FILLED = f"(?:{re.escape(MARK)}|{_DAY})"


def departures(composition: Composition, text: str) -> tuple[str, ...]:
    """The sentences that are no longer in the text word for word, as they were.

    `text` as it was edited, before `due_day.fill`: a letter by post leaves out the day that nobody
    can count yet, and that is the desk's doing.
    """
    paragraphs = [normal(paragraph) for paragraph in paragraphs_of(text)]
    return tuple(sentence for sentence in composition.legal if not _stands(sentence, paragraphs))


def _stands(sentence: str, paragraphs: list[str]) -> bool:
    """Whether a paragraph has the sentence whole: begun after a stop, and ended by one."""
    words = _FILLED.join(re.escape(part) for part in normal(sentence).split(MARK))
    whole = re.compile(rf"(?:^|(?<=[.!?:;…\"')\]]\s)){words}(?=\s|$)")
    return any(whole.search(paragraph) for paragraph in paragraphs)
