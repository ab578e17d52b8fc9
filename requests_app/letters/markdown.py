"""The little Markdown of letters, and how a fact is kept from becoming structure in it.

Paragraphs, numbered and bulleted lists, quotations, `##` headings, *emphasis* and **strong**, and a
backslash at the end of a line for a line break. Nothing else is markup: no HTML, no links, no
images, no code, no entities. So almost everything a person types can stand in the text as it is,
and a letter's text reads well where it is edited.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

_parser = MarkdownIt("zero").enable(
    ["list", "blockquote", "heading", "newline", "escape", "emphasis", "balance_pairs"]
)
# The longest paragraph a person may want is far below this; the limit keeps nesting bounded.
_parser.options["maxNesting"] = 20

EMPHASIS = {"em_open", "em_close", "strong_open", "strong_close"}
MOST_IN_A_WORD, MOST_IN_A_PARAGRAPH = 20, 200  # beginnings and ends of emphasis

# A word so long is nobody's: it may end its line after each few characters. Without such places the
# engine reads the whole rest of it again for each line.
LONG_WORD, BREAK_EVERY = 1000, 25
_BREAK = "\u200b"
_TAGS_AND_WORDS = re.compile(r"<[^>]*>|(?:&[a-z0-9#]{1,8};|[^\s<])+")
_UNITS = re.compile(rf"(?:&[a-z0-9#]{{1,8}};|.){{{BREAK_EVERY}}}(?=[^\u0300-\u036f])")

# A line that would begin a list, a quotation or a heading.
_STRUCTURE = re.compile(r"^(?:(>|[-+](?=\s|$))|(#{1,6})(?=\s|$)|(\d{1,9})([.)])(?=\s|$))")
# Explicit reordering of text: a name does not need it, and with it a line can lie.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


_JOINER = "\u2060"
# What reads badly in two lines: "§ 1-206(a)", "ORS 192.338", "November 9", "e-mail".
_TOGETHER = re.compile(
    r"\b[Ee]-mail|(?:§§?|ORS|Sections?|(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)) \d[^\s<]*"
)


def to_html(text: str) -> str:
    """The body of a letter as HTML. Safe for any text: what is not our markup is escaped."""
    tokens = _parser.parse(clean(text))
    for token in tokens:
        if token.children and _is_crowded(token.children):
            token.children = [one for one in token.children if one.type not in EMPHASIS]
    html: str = _parser.renderer.render(tokens, _parser.options, {})
    # Headings start at the level under the letter's own, and there are two of them.
    html = re.sub(r"<(/?)h[12]>", r"<\1h2>", html)
    html = re.sub(r"<(/?)h[3-6]>", r"<\1h3>", html).replace("<li>\n<p>", "<li><p>")
    return whole_words(_TAGS_AND_WORDS.sub(_breakable, html))


def _breakable(match: re.Match[str]) -> str:
    """A word of the page as it is; one without end with places to break it."""
    word = match[0]
    if word[0] == "<" or len(word) < LONG_WORD:
        return word
    return _UNITS.sub(rf"\g<0>{_BREAK}", word)


def _is_crowded(children: list[Token]) -> bool:
    """Whether emphasis begins and ends more often in a paragraph, or in one word of it, than
    anybody means it to. It is then printed plain: the engine that sets a paragraph takes time by
    the square of its pieces, and more for a word that it cannot break between them.
    """
    in_all = in_word = 0
    for one in children:
        if one.type in EMPHASIS:
            in_all, in_word = in_all + 1, in_word + 1
        elif one.type != "text" or any(c.isspace() for c in one.content):
            in_word = 0
        if in_word > MOST_IN_A_WORD or in_all > MOST_IN_A_PARAGRAPH:
            return True
    return False


def whole_words(text: str) -> str:
    """With what reads badly in two lines kept in one."""
    return _TOGETHER.sub(_unbroken, text)


def _unbroken(match: re.Match[str]) -> str:
    """With a word joiner wherever a line could end: it has no width, and is not copied.

    An element that forbids breaks would be simpler, but a word after one that ends its line is set
    alone on the next (WeasyPrint 70).
    """
    whole = match[0].replace(" ", f" {_JOINER}").replace(")(", f"){_JOINER}(")
    return whole.replace("e-m", f"e-{_JOINER}m").replace("E-m", f"E-{_JOINER}m")


def clean(text: str) -> str:
    """Without characters that neither a database nor a PDF takes, or that reorder what is read."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", _REORDERING.sub("", unix))


def escape(value: str) -> str:
    """A fact on one line, with no more backslashes than keep it plain text."""
    return _plain(" ".join(clean(value).split()))


def paragraphs(value: str) -> str:
    """A fact of several lines, each its own paragraph."""
    return "\n\n".join(escape(line) for line in clean(value).split("\n") if line.strip())


def lines(value: str) -> str:
    """A fact of several lines as a list; of one, as it is."""
    entries = [escape(line) for line in clean(value).split("\n") if line.strip()]
    return entries[0] if len(entries) == 1 else "\n".join(f"- {entry}" for entry in entries)


def numbered(values: list[str]) -> str:
    """A numbered list, one entry a fact."""
    return "\n".join(f"{number}. {escape(value)}" for number, value in enumerate(values, start=1))


def quoted(value: str) -> str:
    """A fact set off from the text around it."""
    return "\n".join(f"> {line}".rstrip() for line in paragraphs(value).split("\n"))


def stated(values: list[str | None]) -> str:
    """Those that there are, on one line."""
    return ", ".join(escape(value) for value in values if value) + "."


def listed(values: list[str]) -> str:
    """“a”, “a and b” or “a; b; and c”: citations have commas of their own."""
    escaped = [escape(value) for value in values]
    if len(escaped) <= 2:
        return " and ".join(escaped)
    return f"{'; '.join(escaped[:-1])}; and {escaped[-1]}"


def _plain(line: str) -> str:
    line = re.sub(r"([\\*])", r"\\\1", line)
    # Inside a word an underscore is plain already.
    line = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", line)
    return _STRUCTURE.sub(_backslash, line)


def _backslash(match: re.Match[str]) -> str:
    bullet, hashes, number, mark = match.groups()
    return rf"{number}\{mark}" if number else rf"\{bullet or hashes}"
