"""How a filled field looks: drawn here, so that every viewer and every printer shows the same.

The texts are set by the engine that sets the letters, each on a page of its field's size, and those
pages become the fields' appearances. So a name in any script prints, and its font is in the file.
Runs in the cage, without Django.
"""

import html
import re
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Stream

from requests_app.letters.forms.pdf_fields import OpenField

FAMILY = '"Charis SIL", Charter, "DejaVu Serif", "DejaVu Sans", serif'
USUAL_SIZE, SMALLEST_SIZE = 11.0, 6.0
_SIZE = re.compile(rb"([\d.]+)\s+Tf")


@dataclass(frozen=True, slots=True)
class FieldText:
    """One text for one field."""

    field: OpenField
    text: str


@dataclass(frozen=True, slots=True)
class _TextPage:
    """A text set to fit one widget: a page of the widget's size."""

    widget: pikepdf.Object
    width: float
    height: float
    body: str
    style: str

    def html(self, name: str) -> tuple[str, str]:
        """Its rule and its block in a document of many."""
        size = f"{self.width:.2f}pt {self.height:.2f}pt"
        rule = (
            f"@page {name} {{ size: {size}; margin: 0 }} .{name} {{ page: {name}; {self.style} }}"
        )
        return rule, f'<div class="{name}">{self.body}</div>'


def draw(pdf: pikepdf.Pdf, texts: list[FieldText]) -> list[str]:
    """Draw each text in its field. For each the reason why that cannot be done, or "".

    All are set in one document. Only where a character has no font are they tried one by one.
    """
    fitted = [_fit_all(pdf, text) for text in texts]
    problems = ["" if pages else "Too long for its space, even in small type." for pages in fitted]
    try:
        _place(pdf, [one for pages in fitted for one in pages])
        return problems
    except _missing_glyph() as error:
        del error
    for number, pages in enumerate(fitted):
        try:
            _place(pdf, pages)
        except _missing_glyph() as error:
            problems[number] = f"No font on this machine can print {error}."
    return problems


def draw_check(pdf: pikepdf.Pdf, widget: pikepdf.Object) -> None:
    """A checked and an empty look for a box that came without."""
    width, height = _size(widget)
    stroke = (
        f"q 1.2 w 1 J 1 j {width * 0.2:.2f} {height * 0.5:.2f} m {width * 0.42:.2f} "
        f"{height * 0.22:.2f} l {width * 0.82:.2f} {height * 0.8:.2f} l S Q"
    )
    background = _background(widget, width, height)
    appearances = {
        "/Yes": _appearance(pdf, f"{background} {stroke}".encode(), width, height),
        "/Off": _appearance(pdf, background.encode(), width, height),
    }
    widget.AP = Dictionary(N=Dictionary(appearances))


def _missing_glyph() -> type[Exception]:
    """The engine is loaded only where something is drawn: see `pdf_engine`."""
    from requests_app.letters.paper.pdf_engine import MissingGlyphError

    return MissingGlyphError


def _fit_all(pdf: pikepdf.Pdf, text: FieldText) -> list[_TextPage]:
    """The text for each of the field's widgets; none at all where it does not fit one of them."""
    pages = [_fit(pdf, text, widget) for widget in text.field.widgets]
    return [one for one in pages if one] if all(pages) else []


def _fit(pdf: pikepdf.Pdf, text: FieldText, widget: pikepdf.Object) -> _TextPage | None:
    """In the form's own size where it fits, else smaller, down to what can still be read."""
    width, height = _size(widget)
    if width < 4 or height < 4:
        return None
    size = _type_size(pdf, text.field, widget, height)
    while size >= SMALLEST_SIZE:
        attempt = _text_page(text, widget, size)
        if _is_one_page(attempt):
            return attempt
        size -= 0.5
    return None


def _text_page(text: FieldText, widget: pikepdf.Object, size: float) -> _TextPage:
    """The text in that size of type, whether it fits or not."""
    field, (width, height) = text.field.described, _size(widget)
    align = ("left", "center", "right")[_alignment(text.field, widget)]
    style = f"font: {size}pt {FAMILY}; color: #000; orphans: 1; widows: 1; overflow-wrap: anywhere;"
    if field.is_multiline:
        style += f"line-height: 1.2; padding: 2pt; text-align: {align}; white-space: pre-wrap;"
        return _TextPage(widget, width, height, html.escape(text.text), style)
    # A line as high as the field: a second one would be on a second page.
    style += f"line-height: {height - 0.1:.2f}pt; "
    if field.is_comb and field.max_length:
        cell = f"display: inline-block; text-align: center; width: {width / field.max_length:.4f}pt"
        cells = "".join(f'<span style="{cell}">{html.escape(c)}</span>' for c in text.text)
        style += "white-space: nowrap; font-kerning: none;"
        return _TextPage(widget, width, height, cells, style)
    style += f"padding: 0 2pt; text-align: {align};"
    return _TextPage(widget, width, height, html.escape(text.text), style)


def _document(texts: list[_TextPage]) -> str:
    pages = [one.html(f"f{number}") for number, one in enumerate(texts)]
    css = "body { margin: 0 } " + " ".join(rule for rule, _ in pages)
    blocks = "".join(block for _, block in pages)
    return f"<!doctype html><html lang=en><title>x</title><style>{css}</style><body>{blocks}</body>"


def _is_one_page(one: _TextPage) -> bool:
    from requests_app.letters.paper import pdf_engine

    return len(pdf_engine.lay_out(_document([one])).pages) == 1


def _place(pdf: pikepdf.Pdf, texts: list[_TextPage]) -> None:
    """Set the texts and give each widget its page. MissingGlyphError, with nothing placed."""
    from requests_app.letters.paper import pdf_engine

    if not texts:
        return
    written = pdf_engine.write(pdf_engine.lay_out(_document(texts)), variant=None)
    with pikepdf.open(BytesIO(written)) as pages:
        for one, page in zip(texts, pages.pages, strict=True):
            text = pdf.copy_foreign(page.as_form_xobject())
            background = _background(one.widget, one.width, one.height)
            content = f"{background} /Tx BMC q /Text Do Q EMC".encode()
            appearance = _appearance(pdf, content, one.width, one.height)
            appearance.Resources = Dictionary(XObject=Dictionary(Text=text))
            appearance.Matrix = _rotation(one.widget)
            one.widget.AP = Dictionary(N=appearance)


def _appearance(pdf: pikepdf.Pdf, content: bytes, width: float, height: float) -> pikepdf.Stream:
    appearance = Stream(pdf, content)
    appearance.Type, appearance.Subtype = Name.XObject, Name.Form
    appearance.BBox = Array([0, 0, round(width, 3), round(height, 3)])
    appearance.Resources = Dictionary()
    return appearance


def _size(widget: pikepdf.Object) -> tuple[float, float]:
    """Width and height as its text runs: a widget may stand on its side."""
    left, bottom, right, top = (float(edge) for edge in widget.Rect)
    width, height = abs(right - left), abs(top - bottom)
    return (height, width) if _turn(widget) in {90, 270} else (width, height)


def _turn(widget: pikepdf.Object) -> int:
    return int(widget.get("/MK", Dictionary()).get("/R", 0)) % 360


def _rotation(widget: pikepdf.Object) -> Array:
    return Array([round(value, 6) for value in Matrix().rotated(_turn(widget)).shorthand])


def _background(widget: pikepdf.Object, width: float, height: float) -> str:
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


def _type_size(pdf: pikepdf.Pdf, field: OpenField, widget: pikepdf.Object, height: float) -> float:
    """The form's size of type; where it leaves that open (0), what suits the field's height."""
    stated = widget.get("/DA", field.entries.get("/DA", pdf.Root.AcroForm.get("/DA")))
    match = _SIZE.search(bytes(stated)) if stated is not None else None
    if match and float(match[1]) > 0:
        return max(SMALLEST_SIZE, min(float(match[1]), 24.0))
    return (
        USUAL_SIZE
        if field.described.is_multiline
        else max(SMALLEST_SIZE, min(USUAL_SIZE, height * 0.72))
    )


def _alignment(field: OpenField, widget: pikepdf.Object) -> int:
    stated = widget.get("/Q", field.entries.get("/Q", 0))
    return int(stated) if int(stated) in {0, 1, 2} else 0
