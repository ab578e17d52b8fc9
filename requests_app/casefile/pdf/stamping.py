"""The line under every page: what it is of, and which page of the whole.

The font is the letters' own: the engine prints one page of every character, and its subset, with
the number and width of each glyph, serves for all stamps.
"""

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf

from requests_app.casefile.pdf import pages

FONT = "/CaseFileStamp"
CHARACTERS = "".join(map(chr, range(33, 127))) + "·…"
SPACE = 260  # thousandths of the size
MARGIN = 54.0  # points from either edge of the page
_MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})>\s*(?:<([0-9A-Fa-f]{4})>\s*)?<([0-9A-Fa-f]+)>\s*\n")


@dataclass(frozen=True, slots=True)
class Stamp:
    """`left` says of what it is a page, `right` which; `above` points over the lower edge."""

    left: str
    right: str
    above: float
    size: float = 10.0


@dataclass(frozen=True, slots=True)
class StampFont:
    """A font of the assembled PDF, with what each character is in it and how wide."""

    font: pikepdf.Object
    glyphs: dict[str, int]
    widths: dict[int, float]  # in thousandths of the size

    def width(self, text: str, size: float) -> float:
        return sum(self._width(character) for character in text) * size / 1000

    def shown(self, text: str) -> str:
        """The operand of TJ: glyphs, and a gap for whatever the font has none for."""
        parts = (f"<{self.glyphs[c]:04x}>" if c in self.glyphs else f"-{SPACE}" for c in text)
        return f"[{' '.join(parts)}]"

    def _width(self, character: str) -> float:
        code = self.glyphs.get(character)
        return SPACE if code is None else self.widths.get(code, 500)


def stamp_font(pdf: Pdf) -> StampFont:
    """The stamps' font, brought into that PDF."""
    with Pdf.open(BytesIO(_every_character())) as sheet:
        fonts = sheet.pages[0].obj.Resources.Font
        chief = max((fonts[key] for key in fonts.keys()), key=lambda font: len(_characters(font)))  # noqa: SIM118
        font = pdf.copy_foreign(sheet.make_indirect(chief))
    glyphs = {text: code for code, text in _characters(font).items()}
    return StampFont(font, glyphs, _widths(font.DescendantFonts[0]))


@cache
def _every_character() -> bytes:
    """The page that the font is taken from: the same for every PDF."""
    return pages.render("stamp.html", characters=CHARACTERS).pdf


def _characters(font: pikepdf.Object) -> dict[int, str]:
    """What each code of the font stands for, as its own table says."""
    table: dict[int, str] = {}
    for first, last, text in _MAPPED.findall(font.ToUnicode.read_bytes()):
        low, meant = int(first, 16), bytes.fromhex(text.decode()).decode("utf-16-be")
        for code in range(low, (int(last, 16) if last else low) + 1):
            table[code] = meant if code == low else chr(ord(meant) + code - low)
    return table


def _widths(descendant: pikepdf.Object) -> dict[int, float]:
    """/W: `first [w w …]` and `first last w`, in any order."""
    widths: dict[int, float] = {}
    items = list(descendant.W)
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, pikepdf.Array):
            widths.update({first + i: float(width) for i, width in enumerate(second)})
        else:
            widths.update(dict.fromkeys(range(first, int(second) + 1), float(items.pop(0))))
    return widths


class Stamper:
    """Puts the line on pages that are in the PDF already; it is no part of their text."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf, self._font = pdf, stamp_font(pdf)
        self._begin = pdf.make_indirect(pdf.make_stream(b"q\n"))

    def stamp(self, page: Page, stamp: Stamp) -> None:
        x0, y0, x1, _ = (float(edge) for edge in page.obj.MediaBox)
        size, y = stamp.size, y0 + stamp.above
        begins = x1 - MARGIN - self._font.width(stamp.right, size)
        left = self._fitting(stamp.left, size, begins - x0 - MARGIN - 2 * size)
        drawn = "".join(
            (
                "\nQ\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq 0.15 g\n",
                self._line(left, x0 + MARGIN, y, size),
                self._line(stamp.right, begins, y, size),
                "Q\nEMC\n",
            )
        )
        self._add(page, drawn.encode("ascii"))

    def _line(self, text: str, x: float, y: float, size: float) -> str:
        if not text:
            return ""
        return (
            f"BT {FONT} {size:.2f} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm {self._font.shown(text)} TJ ET\n"
        )

    def _fitting(self, text: str, size: float, room: float) -> str:
        while len(text) > 4 and self._font.width(text, size) > room:
            text = text.rstrip("…")[:-1].rstrip() + "…"
        return text

    def _add(self, page: Page, drawn: bytes) -> None:
        resources = page.obj.get("/Resources")
        if resources is None:
            resources = page.obj["/Resources"] = Dictionary()
        if "/Font" not in resources:
            resources["/Font"] = Dictionary()
        resources["/Font"][FONT] = self._font.font
        before = page.obj.get("/Contents", Array())
        contents = list(before) if isinstance(before, pikepdf.Array) else [before]
        stream = self._pdf.make_stream(drawn)
        page.obj[Name.Contents] = Array([self._begin, *contents, stream])
