"""The city's own number for a request, as portals and clerks write it."""

import re

# Portals' numbers are known by their shape; plainer ones need a word before them.
_SHAPES = re.compile(
    r"(?<![\w-])([A-Z]\d{6}-\d{6})(?![\w-])"  # GovQA: W012345-110226
    r"|(?<![\w-])([RWC]\d{6})(?![\w-])"  # R001234
    r"|(?<![\w-])([A-Z]{2,5}\s?#\s?\d{2,4}-\d{2,6})(?![\w-])"  # KC #26-4410
    r"|(?<![\w-])((?:PRR|PRA|FOIA|FOI|CPRA|SR|RR)[\s#-]{0,3}(?:20)?\d\d-\d{2,6})(?![\w-])"
)
_LABELED = re.compile(
    r"(?:request|tracking|reference|ref\.?|case|file|ticket|record|confirmation|control)"
    r"(?:\s+(?:request|number|no\.?|id|code|is|as))*\s*(?:[:#]|\bis\b)?\s*#?\s*"
    r"((?:20)?\d\d-\d{2,6}|[A-Z]{1,4}-?\d{4,10}(?:-\d{2,8})?|#\d{3,10})(?![\w-]|\.\d)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?<![\w.-])#?((?:20)?\d\d-\d{2,6})(?![\w-]|\.\d)")
_DATE_LIKE = re.compile(r"20\d\d-(?:0\d|1[0-2])")


def tracking_numbers(subject: str, text: str) -> tuple[str, ...]:
    """Those in the subject first. NextRequest's `26-118` counts bare only in a subject."""
    found: dict[str, None] = {}
    for source in (subject, text[:20_000]):
        for match in _SHAPES.finditer(source):
            found.setdefault(" ".join(next(group for group in match.groups() if group).split()))
        for match in _LABELED.finditer(source):
            found.setdefault(match[1].lstrip("#"))
    for match in _SUBJECT.finditer(subject):
        if not any(match[1] in number for number in found) and not _DATE_LIKE.fullmatch(match[1]):
            found.setdefault(match[1])
    kept = [n for n in found if not any(n != other and n in other for other in found)]
    return tuple(kept[:10])
