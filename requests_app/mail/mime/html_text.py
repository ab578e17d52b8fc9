"""HTML made harmless for a page, and readable as text.

Nothing of it is fetched: images, styles, scripts, frames, forms and every attribute that could
load something are gone before it is kept. Links stay, to be followed by a person or not at all.
"""

import re
from html import escape, unescape
from html.parser import HTMLParser

import nh3

from requests_app.mail.clean_strings import clean_text

MAX_HTML = 1024 * 1024  # characters that are read
MAX_NESTED = 400  # elements within elements; browsers stop at 512
_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "dd", "del", "div",
    "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "ol", "p",
    "pre", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "tt", "u", "ul",
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style", "title", "head", "noscript", "svg", "math", "template"},
    attributes={"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
)
_BLOCKS = {
    "blockquote", "caption", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "li", "ol", "p", "pre", "table", "tr", "ul",
}  # fmt: skip
_PARAGRAPHS = {"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_MANY_LINES = re.compile(r"\n{3,}")
# Elements that need their closing tags: the others end by themselves.
_OPENS_OR_CLOSES = re.compile(
    r"<(/?)(?!(?:br|img|hr|meta|link|input|col|area|base|wbr|p|li|t[drh]|dt|dd|tbody|option)\b)[a-z]",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{0,2000}>")


def clean_html(html: str) -> str:
    """The HTML without anything that acts, loads or hides.

    Nested deeper than any letter it is laid out no more: parsing it would take quadratic time.
    """
    if _is_bottomless(html[:MAX_HTML]):
        return as_html(roughly_text(html[:MAX_HTML]))
    return clean_text(_CLEANER.clean(html[:MAX_HTML])).strip()


def text_of(cleaned: str) -> str:
    """Cleaned HTML as text: paragraphs, list items, table rows, quotes as `> `."""
    reader = _Reader()
    reader.feed(cleaned)
    reader.close()
    return reader.text()


def as_html(text: str) -> str:
    """Plain text among HTML."""
    return f"<pre>{escape(text, quote=False)}</pre>"


def _is_bottomless(html: str) -> bool:
    if html.count("<") <= MAX_NESTED:
        return False
    depth = 0
    for match in _OPENS_OR_CLOSES.finditer(html):
        depth += -1 if match[1] else 1
        if depth > MAX_NESTED:
            return True
    return False


def roughly_text(html: str) -> str:
    """Text for comparing: tags dropped, nothing laid out."""
    return _SPACE.sub(" ", unescape(_TAG.sub(" ", html))).strip()


class _Reader(HTMLParser):
    """Runs over HTML that nh3 has written, which is well-formed: no recovery needed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str]] = []  # depth of quoting, text
        self.line = ""
        self.quotes = 0
        self.pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._end_line()
        elif tag in _BLOCKS:
            self._block(tag)
        elif tag in {"td", "th"} and self.line.strip():
            self.line += "  "
        if tag == "blockquote":
            self.quotes += 1
        elif tag == "pre":
            self.pre += 1
        elif tag == "li":
            self.line = "- "
        elif tag == "hr":
            self.line = "________________________________"
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._block(tag)
        if tag == "blockquote":
            self.quotes = max(0, self.quotes - 1)
        elif tag == "pre":
            self.pre = max(0, self.pre - 1)

    def handle_data(self, data: str) -> None:
        if self.pre:
            *whole, last = data.split("\n")
            for line in whole:
                self.line += line
                self._end_line()
            self.line += last
            return
        flat = _SPACE.sub(" ", data)
        self.line += flat.lstrip(" ") if not self.line or self.line.endswith(" ") else flat

    def _block(self, tag: str) -> None:
        if self.line.strip():
            self._end_line()
        self.line = ""
        if tag in _PARAGRAPHS and self.lines and self.lines[-1][1]:
            self.lines.append((self.quotes, ""))

    def _end_line(self) -> None:
        self.lines.append((self.quotes, self.line.replace("\xa0", " ").strip()))
        self.line = ""

    def text(self) -> str:
        if self.line.strip():
            self._end_line()
        written = "\n".join("> " * depth + line if line else "" for depth, line in self.lines)
        return _MANY_LINES.sub("\n\n", written).strip()
