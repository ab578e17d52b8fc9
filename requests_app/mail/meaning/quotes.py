"""What the sender wrote this time: the text without what it answers.

mail-parser-reply finds where a quoted message begins; what it takes for one is looked at again
here, because a clerk's letter may begin "Date: … To: … Re: …" and quotes nothing.
"""

import re

from mailparser_reply.parser import EmailMessage

from requests_app.mail.meaning.attributions import attribution_in

MAX_TEXT = 200_000  # characters looked at
_LONG_LINE = 400
_HEADER = EmailMessage(text="", languages=["en"]).HEADER_REGEX
_FIELD = re.compile(r"^[>* ]*(From|Sent|To|Subject|Date|Cc|Reply-To)\*?:", re.MULTILINE)
_MARKER = re.compile(
    r"^[ >]*(?:-{2,}\s*(?:Original Message|Forwarded message|Forwarded by\b.*|Reply message)\s*-*"
    r"|Begin forwarded message:"
    r"|.{0,12}(?:please\s+)?(?:type|write|respond|reply|enter)\b.{0,20}\babove this line\b.{0,12}"
    r"|_{20,}\s*\n\s*\*?From:.*)\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_MANY_LINES = re.compile(r"\n{3,}")


def without_quotes(text: str) -> str:
    """The sender's own words; "" where there is nothing but quotes."""
    text = text[:MAX_TEXT]
    cut, header_end = _first_quoted(text)
    own = _unquoted(text[:cut])
    if cut < len(text):
        # Answers between the quoted lines are the sender's own; an unmarked copy below is not.
        below = text[header_end:]
        if _marks_quotes(below):
            own = f"{own}\n\n{_unquoted(below)}"
    return _MANY_LINES.sub("\n\n", own).strip()


def _first_quoted(text: str) -> tuple[int, int]:
    """Where the first quoted message's heading begins and ends; twice the length without one."""
    searched = _without_long_lines(text)
    attribution = attribution_in(searched)
    found = [attribution] if attribution else []
    for match in _HEADER.finditer(searched):
        if _is_heading(match[0]):
            found.append(match.span())
            break
    for match in _MARKER.finditer(searched):
        # A portal's "reply above this line" heads its message: then nothing stands above it.
        if "above this line" not in match[0].lower() or searched[: match.start()].strip(" \n>-#"):
            found.append(match.span())
            break
    return min(found, default=(len(text), len(text)))


def _is_heading(block: str) -> bool:
    """From: and two more fields make a mail's heading; To:, Date: and Re: make a letter's."""
    if "original message" in block.lower():
        return True
    fields = [name.lower() for name in _FIELD.findall(block)]
    return fields[:1] == ["from"] and len(set(fields)) >= 3


def _marks_quotes(below: str) -> bool:
    lines = [line for line in below.split("\n") if line.strip()][:3]
    return any(line.lstrip().startswith(">") for line in lines)


def _unquoted(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))


def _without_long_lines(text: str) -> str:
    """The same length with long lines blanked: no heading is so long; patterns are slow there."""
    if all(len(line) <= _LONG_LINE for line in text.split("\n")):
        return text
    return "\n".join(
        line if len(line) <= _LONG_LINE else " " * len(line) for line in text.split("\n")
    )
