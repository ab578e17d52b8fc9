"""Where a quoted message begins, and whether what stands below is a copy or part of the letter.

mail-parser-reply finds a mail's heading; what it takes for one is looked at again here, because a
clerk's letter may begin "Date: … To: … Re: …" and quotes nothing.
"""

import re
from dataclasses import dataclass

from mailparser_reply.parser import EmailMessage

from requests_app.mail.meaning.attributions import attribution_in

_LONG_LINE = 400
_HEADER = EmailMessage(text="", languages=["en"]).HEADER_REGEX
_FIELD = re.compile(r"^[>* ]*(From|Sent|To|Subject|Date|Cc|Reply-To)\*?:", re.MULTILINE)
_BLOCK = re.compile(
    r"^(?:[* ]*(?:From|Sent|To|Subject|Date|Cc|Reply-To)\*?:[^\n]*(?:\n|\Z)"
    r"(?:[ \t]+(?!\*?[A-Z][\w-]*\*?:)[^\s][^\n]*(?:\n|\Z))?){3,8}",
    re.MULTILINE,
)
_FROM_AN_ADDRESS = re.compile(r"^[* ]*From\*?:[^\n]*@", re.MULTILINE)
_AT_AN_HOUR = re.compile(r"^[* ]*(?:Date|Sent)\*?:[^\n]*\d:\d\d", re.MULTILINE)
_FORWARD = r"Forwarded message|Forwarded by\b.*"
_MARKER = re.compile(
    rf"^[ >*]*(?:-{{2,}}\s*(?:Original Message|{_FORWARD}|Reply message)\s*-*"
    r"|Begin forwarded message:"
    r"|-{2,}[^\n]{1,100}\bwrote\s?:?\s*-{2,}"
    r"|.{0,12}(?:please\s+)?(?:type|write|respond|reply|enter)\b.{0,20}\babove this line\b.{0,12}"
    r"|_{20,}\s*\n\s*\*?From:.*)\**\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_IS_FORWARD = re.compile(rf"[ -]*(?:{_FORWARD}|Begin forwarded message)", re.IGNORECASE)
# Lotus Notes: the sender, the hour, and then each field's name on a line of its own.
_NOTES = re.compile(
    r"^[^\n<>]{1,80}<[^\s<>]+@[^\s<>]+>[ ]*\n(?:Sent by:[^\n]*\n)?[ ]*\d{1,2}/\d{1,2}/\d{2,4}"
    r"[ ]\d{1,2}:\d\d[^\n]{0,8}\n(?:[^\n]*\n){0,6}?\s*To[ ]*\n(?:[^\n]*\n){1,8}?\s*Subject[ ]*\n"
    r"[^\n]*",
    re.MULTILINE,
)
_GREETING = re.compile(
    r"(?:dear|hello|hi|good (?:morning|afternoon|evening))\b[^\n]{0,80}[,:]", re.I
)
_LEADS_IN = re.compile(
    r":\s*$|\b(?:below|following|as follows|quoted|copied here|(?:you|your request) "
    r"(?:wrote|reads))\b[^.!?]{0,40}[.:]\s*$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^[ *]*(?:(?:yours )?(?:sincerely|truly|faithfully)|sincerely yours|respectfully"
    r"|(?:(?:kind|best|warm) )?regards|best wishes|cordially|thank you|thanks)[ ,.!*]*$",
    re.MULTILINE | re.IGNORECASE,
)
_FROM = re.compile(r"^[>* ]*From\*?:([^\n]*)|^([^\n]*)\bwrote\s?:\s*$", re.MULTILINE)
_NAME = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Heading:
    """Of a quoted or forwarded message: `text[start:end]`."""

    start: int
    end: int
    is_forward: bool = False

    def cut(self, text: str) -> tuple[str, str, str]:
        """What stands above it, itself, and what stands below."""
        return text[: self.start], text[self.start : self.end], text[self.end :]


def first_heading(text: str) -> Heading | None:
    """The first heading of a message within the text."""
    searched = _without_long_lines(text)
    found = [Heading(*span) for span in (attribution_in(searched),) if span]
    for pattern in (_HEADER, _BLOCK):
        for match in pattern.finditer(searched):
            if _is_heading(match[0], is_at_the_top=not searched[: match.start()].strip()):
                found.append(_heading(match))
                break
    for match in _MARKER.finditer(searched):
        # A portal's "reply above this line" heads its message: then nothing stands above it.
        if "above this line" not in match[0].lower() or searched[: match.start()].strip(" \n>-#"):
            found.append(_heading(match))
            break
    if notes := _NOTES.search(searched):
        found.append(_heading(notes))
    return min(found, key=lambda heading: heading.start, default=None)


def letter_goes_on(above: str, heading: str, below: str) -> bool:
    """Whether the message is cited within a letter that goes on below it.

    So it is where no more than a greeting stands above it, where the line above leads in to it,
    and where the letter that a greeting opens above is signed below by somebody who wrote none of
    the messages there.
    """
    above = above.strip(" \t\n-_")
    if not above or _GREETING.fullmatch(above) or _LEADS_IN.search(above):
        return bool(below.strip())
    if not _GREETING.match(above.partition("\n")[0].strip()) or _CLOSING.search(above):
        return False
    closings = list(_CLOSING.finditer(below))
    signed = below[closings[-1].end() :].strip().partition("\n")[0] if closings else ""
    names = {name.lower() for name in _NAME.findall(signed)}
    written_by = " ".join(f"{match[1]}{match[2]}" for match in _FROM.finditer(heading + below))
    return bool(names) and names.isdisjoint(_NAME.findall(written_by.lower()))


def _heading(match: re.Match[str]) -> Heading:
    return Heading(*match.span(), is_forward=bool(_IS_FORWARD.match(match[0].lstrip())))


def _is_heading(block: str, *, is_at_the_top: bool) -> bool:
    """From: and two more fields make a mail's heading, in whatever order below a letter if it names
    an address and an hour; To:, Date: and Re: make a letter's.
    """
    if "original message" in block.lower():
        return True
    fields = [name.lower() for name in _FIELD.findall(block)]
    if fields[:1] == ["from"]:
        return len(set(fields)) >= 3
    names_both = _FROM_AN_ADDRESS.search(block) and _AT_AN_HOUR.search(block)
    return bool(names_both) and len(set(fields)) >= 4 and not is_at_the_top


def _without_long_lines(text: str) -> str:
    """The same length with long lines blanked: no heading is so long; patterns are slow there."""
    if all(len(line) <= _LONG_LINE for line in text.split("\n")):
        return text
    return "\n".join(
        line if len(line) <= _LONG_LINE else " " * len(line) for line in text.split("\n")
    )
