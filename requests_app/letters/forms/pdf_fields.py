"""The fields of a city's PDF form, as they are read from it; and why a form is refused.

Runs in the cage, without Django.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import FormFieldFlag, Name

from requests_app.letters.errors import LetterError
from requests_app.letters.forms.form_values import FormField, Kind

MAX_BYTES = 20 * 1024 * 1024
MAX_FIELDS = 2000
MAX_PAGES = 50
MAX_DEPTH = 30


@dataclass(frozen=True, slots=True)
class OpenField:
    """A field in the opened file: its `node`, the widgets that show it, and the entries that both
    have or inherit."""

    described: FormField
    node: pikepdf.Object = field(repr=False)
    widgets: tuple[pikepdf.Object, ...] = field(repr=False)
    entries: "Entries" = field(repr=False)


@contextmanager
def opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    """The form, when it is one that can be filled; else LetterError with the reason."""
    if len(data) > MAX_BYTES:
        raise LetterError("The form is larger than 20 MB: the city's own file is smaller.")
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError as error:
        raise LetterError(
            "The form is locked with a password, so it cannot be filled here: ask the city for one "
            "that is not, or fill it by hand and attach it."
        ) from error
    except pikepdf.PdfError as error:
        raise LetterError(
            "This is not a PDF, or a damaged one: download the form from the city again."
        ) from error
    with pdf:
        _refuse_what_cannot_be_filled(pdf)
        yield pdf


def _refuse_what_cannot_be_filled(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise LetterError(
            "The form is encrypted and its rights are restricted, so filling it would break it: "
            "ask the city for an open one, or fill it by hand and attach it."
        )
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        raise LetterError(_NO_FIELDS)
    if "/XFA" in form:
        raise LetterError(
            "This is an XFA form (made with Adobe LiveCycle), which only Adobe's own programs can "
            "fill: print it, fill it by hand and attach the scan."
        )
    if "/DocMDP" in pdf.Root.get("/Perms", {}) or int(form.get("/SigFlags", 0)) & 2:
        raise LetterError(
            "The form is signed or restricted by a signature, which any change would break: ask "
            "the city for the blank form without it."
        )
    if len(pdf.pages) > MAX_PAGES:
        raise LetterError(f"The PDF has more than {MAX_PAGES} pages: it is no request form.")
    kids = form.get("/Fields")
    if not isinstance(kids, pikepdf.Array) or not len(kids):
        raise LetterError(_NO_FIELDS)


_NO_FIELDS = (
    "The PDF has no fields to fill: it is meant to be printed and filled by hand. Attach it to "
    "your request filled, or write the letter alone."
)


def fields_of(pdf: pikepdf.Pdf) -> list[OpenField]:
    """Every field that has a place of its own, in the form's order. LetterError: there is none."""
    pages = _pages_of_widgets(pdf)
    found = list(_terminal(list(pdf.Root.AcroForm.Fields), "", {}, pages, MAX_DEPTH))
    if not found:
        raise LetterError(_NO_FIELDS)
    if len(found) > MAX_FIELDS:
        raise LetterError(f"The form has more than {MAX_FIELDS} fields: it is no request form.")
    if any(one.described.kind == "signature" and one.described.has_value for one in found):
        raise LetterError(
            "The form is signed already, and any change would break the signature: ask the city "
            "for the blank form."
        )
    return found


Entries = dict[str, Any]
INHERITABLE = ("/FT", "/Ff", "/V", "/DA", "/MaxLen", "/Q", "/Opt", "/TU")


def _terminal(
    nodes: Sequence[pikepdf.Object],
    prefix: str,
    above: Entries,
    pages: dict[Any, int],
    depth: int,
) -> Iterator[OpenField]:
    """The fields below these nodes; kids without a name of their own are a field's widgets."""
    if depth == 0:
        raise LetterError("The form's fields are nested without end: download it again.")
    for node in nodes:
        if not isinstance(node, pikepdf.Dictionary):
            continue
        own = {key: node[key] for key in INHERITABLE if key in node}
        entries = above | own
        name = ".".join(part for part in (prefix, str(node.get("/T", ""))) if part)
        listed = node.get("/Kids")
        kids = list(listed) if isinstance(listed, pikepdf.Array) else []
        named = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/T" in kid]
        if named:
            yield from _terminal(named, name, entries, pages, depth - 1)
        elif name and "/FT" in entries:
            widgets = tuple(kid for kid in kids if isinstance(kid, pikepdf.Dictionary)) or (node,)
            yield OpenField(_described(name, entries, widgets, pages), node, widgets, entries)


def _described(
    name: str, entries: Entries, widgets: tuple[pikepdf.Object, ...], pages: dict[Any, int]
) -> FormField:
    flags = FormFieldFlag(int(entries.get("/Ff", 0)))
    kind = _kind(entries["/FT"], flags)
    longest = entries.get("/MaxLen")
    return FormField(
        name=name,
        kind=kind,
        pages=tuple(sorted({pages[w.objgen] for w in widgets if w.objgen in pages})),
        label=" ".join(str(entries.get("/TU", "")).split())[:200],
        max_length=int(longest) if longest is not None and int(longest) > 0 else None,
        is_multiline=kind == "text" and FormFieldFlag.tx_multiline in flags,
        is_comb=kind == "text" and FormFieldFlag.tx_comb in flags and longest is not None,
        is_read_only=FormFieldFlag.read_only in flags,
        choices=_choices(kind, entries, widgets),
        has_value=_has_value(kind, entries.get("/V")),
    )


def _kind(of: pikepdf.Object, flags: FormFieldFlag) -> Kind:
    if of == Name.Tx:
        return (
            "unknown"
            if flags & (FormFieldFlag.tx_password | FormFieldFlag.tx_file_select)
            else "text"
        )
    if of == Name.Btn and FormFieldFlag.btn_pushbutton in flags:
        return "button"
    if of == Name.Btn:
        return "radio" if FormFieldFlag.btn_radio in flags else "checkbox"
    if of == Name.Ch:
        return "choice"
    return "signature" if of == Name.Sig else "unknown"


def _choices(kind: Kind, entries: Entries, widgets: tuple[pikepdf.Object, ...]) -> tuple[str, ...]:
    if kind == "choice":
        return tuple(shown for _, shown in options(entries.get("/Opt")))
    if kind in {"checkbox", "radio"}:
        states = (on_state(widget) for widget in widgets)
        return tuple(dict.fromkeys(state for state in states if state))
    return ()


def options(opt: Any) -> list[tuple[str, str]]:
    """A list's entries: what is exported, and what is shown."""
    if not isinstance(opt, pikepdf.Array):
        return []
    return [
        (str(one[0]), str(one[1])) if isinstance(one, pikepdf.Array) else (str(one), str(one))
        for one in opt
    ]


def on_state(widget: pikepdf.Object) -> str:
    """The name of the box's or button's checked look; "" where it has none."""
    looks = widget.get("/AP", pikepdf.Dictionary()).get("/N")
    if not isinstance(looks, pikepdf.Dictionary) or isinstance(looks, pikepdf.Stream):
        return ""
    return next((key[1:] for key in sorted(looks.keys()) if key != "/Off"), "")


def _has_value(kind: Kind, value: Any) -> bool:
    if kind in {"checkbox", "radio"}:
        return value is not None and str(value) not in {"", "/Off"}
    return value is not None and str(value) != ""


def _pages_of_widgets(pdf: pikepdf.Pdf) -> dict[Any, int]:
    """The page of each annotation, from 1."""
    return {
        annotation.objgen: number
        for number, page in enumerate(pdf.pages, start=1)
        for annotation in page.obj.get("/Annots", [])
    }
