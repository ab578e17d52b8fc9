"""How a filled field looks: drawn here, so that every viewer and every printer shows the same.

The texts are set by the engine that sets the letters, each on a page of its field's size, and those
pages become the fields' appearances. So a name in any script prints, and its font is in the file.
"""

import html
import re
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Stream

from requests_app.letters.forms.pdf_fields import Found

FAMILY = '"Charis SIL", Charter, "DejaVu Serif", "DejaVu Sans", serif'
USUAL, SMALLEST = 11.0, 6.0
_SIZE = re.compile(rb"([\d.]+)\s+Tf")


@dataclass(frozen=True, slots=True)
class Ink:
    """One text for one field."""

    found: Found
    text: str


@dataclass(frozen=True, slots=True)
class _Set:
    """A text as it fits a widget: its page."""

    widget: pikepdf.Object
    width: float
    height: float
    body: str
    style: str

    def page(self, name: str) -> tuple[str, str]:
        """Its rule and its block in a document of many."""
        size = f"{self.width:.2f}pt {self.height:.2f}pt"
        rule = (
            f"@page {name} {{ size: {size}; margin: 0 }} .{name} {{ page: {name}; {self.style} }}"
        )
        return rule, f'<div class="{name}">{self.body}</div>'


def draw(pdf: pikepdf.Pdf, inks: list[Ink]) -> list[str]:
    """Give each field its look. For each the reason why it has none, or "".

    All are set in one document. Only where a character has no font are they tried one by one.
    """
    settings = [_fit_all(pdf, ink) for ink in inks]
    problems = ["" if sets else "Too long for its space, even in small type." for sets in settings]
    try:
        _place(pdf, [one for sets in settings for one in sets])
        return problems
    except _no_glyph() as error:
        del error
    for number, sets in enumerate(settings):
        try:
            _place(pdf, sets)
        except _no_glyph() as error:
            problems[number] = f"No font on this machine can print {error}."
    return problems


def draw_check(pdf: pikepdf.Pdf, widget: pikepdf.Object) -> None:
    """A checked and an empty look for a box that came without."""
    width, height = _size(widget)
    stroke = (
        f"q 1.2 w 1 J 1 j {width * 0.2:.2f} {height * 0.5:.2f} m {width * 0.42:.2f} "
        f"{height * 0.22:.2f} l {width * 0.82:.2f} {height * 0.8:.2f} l S Q"
    )
    frame = _frame(widget, width, height)
    looks = {
        "/Yes": _look(pdf, f"{frame} {stroke}".encode(), width, height),
        "/Off": _look(pdf, frame.encode(), width, height),
    }
    widget.AP = Dictionary(N=Dictionary(looks))


def _no_glyph() -> type[Exception]:
    """The engine is loaded only where something is drawn: see `engine`."""
    from requests_app.letters.paper.pdf_engine import MissingGlyphError

    return MissingGlyphError


def _fit_all(pdf: pikepdf.Pdf, ink: Ink) -> list[_Set]:
    """The text for each of the field's widgets; none at all where it does not fit one of them."""
    sets = [_fit(pdf, ink, widget) for widget in ink.found.widgets]
    return [one for one in sets if one] if all(sets) else []


def _fit(pdf: pikepdf.Pdf, ink: Ink, widget: pikepdf.Object) -> _Set | None:
    """In the form's own size where it fits, else smaller, down to what can still be read."""
    width, height = _size(widget)
    if width < 4 or height < 4:
        return None
    size = _type_size(pdf, ink.found, widget, height)
    while size >= SMALLEST:
        attempt = _set(ink, widget, width, height, size)
        if _is_one_page(attempt):
            return attempt
        size -= 0.5
    return None


def _set(ink: Ink, widget: pikepdf.Object, width: float, height: float, size: float) -> _Set:
    told = ink.found.told
    align = ("left", "center", "right")[_quadding(ink.found, widget)]
    style = f"font: {size}pt {FAMILY}; color: #000; orphans: 1; widows: 1; overflow-wrap: anywhere;"
    if told.is_multiline:
        style += f"line-height: 1.2; padding: 2pt; text-align: {align}; white-space: pre-wrap;"
        return _Set(widget, width, height, html.escape(ink.text), style)
    # A line as high as the field: a second one would be on a second page.
    style += f"line-height: {height - 0.1:.2f}pt; "
    if told.is_comb and told.max_length:
        cell = f"display: inline-block; text-align: center; width: {width / told.max_length:.4f}pt"
        cells = "".join(f'<span style="{cell}">{html.escape(c)}</span>' for c in ink.text)
        return _Set(
            widget, width, height, cells, style + "white-space: nowrap; font-kerning: none;"
        )
    style += f"padding: 0 2pt; text-align: {align};"
    return _Set(widget, width, height, html.escape(ink.text), style)


def _document(sets: list[_Set]) -> str:
    pages = [one.page(f"f{number}") for number, one in enumerate(sets)]
    css = "body { margin: 0 } " + " ".join(rule for rule, _ in pages)
    blocks = "".join(block for _, block in pages)
    return f"<!doctype html><html lang=en><title>x</title><style>{css}</style><body>{blocks}</body>"


def _is_one_page(one: _Set) -> bool:
    from requests_app.letters.paper import pdf_engine

    return len(pdf_engine.lay_out(_document([one])).pages) == 1


def _place(pdf: pikepdf.Pdf, sets: list[_Set]) -> None:
    """Set the texts and give each widget its page. MissingGlyphError, with nothing placed."""
    from requests_app.letters.paper import pdf_engine

    if not sets:
        return
    written = pdf_engine.write(pdf_engine.lay_out(_document(sets)), variant=None)
    with pikepdf.open(BytesIO(written)) as pages:
        for one, page in zip(sets, pages.pages, strict=True):
            text = pdf.copy_foreign(page.as_form_xobject())
            frame = _frame(one.widget, one.width, one.height)
            content = f"{frame} /Tx BMC q /Text Do Q EMC".encode()
            look = _look(pdf, content, one.width, one.height)
            look.Resources = Dictionary(XObject=Dictionary(Text=text))
            look.Matrix = _upright(one.widget)
            one.widget.AP = Dictionary(N=look)


def _look(pdf: pikepdf.Pdf, content: bytes, width: float, height: float) -> pikepdf.Stream:
    look = Stream(pdf, content)
    look.Type, look.Subtype = Name.XObject, Name.Form
    look.BBox = Array([0, 0, round(width, 3), round(height, 3)])
    look.Resources = Dictionary()
    return look


def _size(widget: pikepdf.Object) -> tuple[float, float]:
    """Width and height as its text runs: a widget may stand on its side."""
    left, bottom, right, top = (float(edge) for edge in widget.Rect)
    width, height = abs(right - left), abs(top - bottom)
    return (height, width) if _turn(widget) in {90, 270} else (width, height)


def _turn(widget: pikepdf.Object) -> int:
    return int(widget.get("/MK", Dictionary()).get("/R", 0)) % 360


def _upright(widget: pikepdf.Object) -> Array:
    return Array([round(value, 6) for value in Matrix().rotated(_turn(widget)).shorthand])


def _frame(widget: pikepdf.Object, width: float, height: float) -> str:
    """The field's own background and border, which its old look may have drawn."""
    looks = widget.get("/MK", Dictionary())
    drawn = ""
    if ground := _color(looks.get("/BG"), "g", "rg", "k"):
        drawn += f"q {ground} 0 0 {width:.2f} {height:.2f} re f Q "
    line = float(widget.get("/BS", Dictionary()).get("/W", 1))
    if line and (edge := _color(looks.get("/BC"), "G", "RG", "K")):
        box = f"{line / 2:.2f} {line / 2:.2f} {width - line:.2f} {height - line:.2f}"
        drawn += f"q {edge} {line:.2f} w {box} re S Q "
    return drawn


def _color(parts: pikepdf.Object | None, *operators: str) -> str:
    """A color of one, three or four parts as its operator; "" for none."""
    if not isinstance(parts, Array) or len(parts) not in {1, 3, 4}:
        return ""
    operator = operators[{1: 0, 3: 1, 4: 2}[len(parts)]]
    return f"{' '.join(f'{float(part):.3f}' for part in parts)} {operator}"


def _type_size(pdf: pikepdf.Pdf, found: Found, widget: pikepdf.Object, height: float) -> float:
    """The form's size of type; where it leaves that open (0), what suits the field's height."""
    told = widget.get("/DA", found.known.get("/DA", pdf.Root.AcroForm.get("/DA")))
    match = _SIZE.search(bytes(told)) if told is not None else None
    if match and float(match[1]) > 0:
        return max(SMALLEST, min(float(match[1]), 24.0))
    return USUAL if found.told.is_multiline else max(SMALLEST, min(USUAL, height * 0.72))


def _quadding(found: Found, widget: pikepdf.Object) -> int:
    told = widget.get("/Q", found.known.get("/Q", 0))
    return int(told) if int(told) in {0, 1, 2} else 0
