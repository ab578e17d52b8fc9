"""What a button does to the text of a draft: adds a paragraph, or restores a legal sentence.

Templates are run before a reporter sees the text, and never after: braces in a newsroom's own
paragraph are braces on paper.
"""

import re
from difflib import SequenceMatcher

# Where one sentence may end and the next begin. Citations are cut too ("Conn. Gen. Stat."): what is
# compared are runs of such pieces, so too many cuts do no harm.
_ENDS = re.compile(r"(?<=[.!?;:])\s+")
_LONGEST_RUN = 14  # pieces
ALIKE = 0.6  # of what can be compared, the part that agrees


def add_paragraph(text: str, paragraph: str) -> str:
    """The text with one of the newsroom's own paragraphs at its end, as it was written."""
    return f"{text.strip()}\n\n{paragraph.strip()}\n".lstrip("\n")


def restore_sentence(composed: str, text: str, sentence: str) -> str:
    """`text` with `sentence` in it as `composed` has it.

    In place of its changed form, where one stands; else in its paragraph, or as a paragraph after
    the one it follows in the template; else at the end.
    """
    home, before = _home(composed, sentence)
    paragraphs = [paragraph for paragraph in text.strip().split("\n\n") if paragraph.strip()]
    place = _most_alike(paragraphs, " ".join(home.replace(sentence, "").split()))
    changed = _changed_form(paragraphs, sentence)
    if changed:
        number, form = changed
        paragraphs[number] = paragraphs[number].replace(form, sentence, 1)
    elif place is not None:
        paragraphs[place] = _into(paragraphs[place], home, sentence)
    else:
        paragraphs.insert(_after(paragraphs, before), sentence)
    return "\n\n".join(paragraphs) + "\n"


def _home(composed: str, sentence: str) -> tuple[str, list[str]]:
    """The template's paragraph that holds the sentence, and those before it."""
    paragraphs = composed.strip().split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        if sentence in " ".join(paragraph.split()):
            return " ".join(paragraph.split()), paragraphs[:number]
    return sentence, paragraphs


def _changed_form(paragraphs: list[str], sentence: str) -> tuple[int, str] | None:
    """The run of words that most likely is the sentence after somebody's pen, and where."""
    best, found = ALIKE, None
    for number, paragraph in enumerate(paragraphs):
        for run in _runs(paragraph, around=len(sentence)):
            ratio = _ratio(run, sentence, above=best)
            if ratio > best:
                best, found = ratio, (number, run)
    return found


def _runs(paragraph: str, *, around: int) -> list[str]:
    """Every run of neighboring pieces whose length is near that."""
    starts = [0, *(cut.end() for cut in _ENDS.finditer(paragraph))]
    ends = [*(cut.start() for cut in _ENDS.finditer(paragraph)), len(paragraph)]
    return [
        paragraph[start:end]
        for first, start in enumerate(starts)
        for end in ends[first : first + _LONGEST_RUN]
        if around / 2 <= end - start <= around * 2
    ]


def _most_alike(paragraphs: list[str], words: str) -> int | None:
    """Which paragraph of the text is that one of the template, if one still resembles it."""
    near = ALIKE - 0.01  # below it the texts are not even compared
    ratios = [_ratio(" ".join(paragraph.split()), words, above=near) for paragraph in paragraphs]
    best = max(ratios, default=0.0)
    return ratios.index(best) if best >= ALIKE else None


def _into(paragraph: str, home: str, sentence: str) -> str:
    """After what precedes it in the template where that still stands, else at the end."""
    lead = home.partition(sentence)[0].strip()
    if not lead:
        return f"{sentence} {paragraph}"
    last = _ENDS.split(lead)[-1]
    stands = paragraph.rfind(last)
    if stands < 0:
        return f"{paragraph} {sentence}"
    cut = stands + len(last)
    return f"{paragraph[:cut]} {sentence}{paragraph[cut:]}"


def _after(paragraphs: list[str], before: list[str]) -> int:
    """Behind the last of the template's earlier paragraphs that the text still has."""
    for earlier in reversed(before):
        if (place := _most_alike(paragraphs, " ".join(earlier.split()))) is not None:
            return place + 1
    return len(paragraphs)


def _ratio(left: str, right: str, *, above: float = 0.0) -> float:
    """How alike two texts are, from 0 to 1; 0 where it cannot be more than `above`."""
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.real_quick_ratio() <= above or matcher.quick_ratio() <= above:
        return 0.0
    return matcher.ratio()
