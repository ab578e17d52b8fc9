"""A city's blank PDF form, made here: every kind of field a real one has."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

MULTILINE, RADIO, PUSH_BUTTON, COMBO, COMB = 1 << 12, 1 << 15, 1 << 16, 1 << 17, 1 << 24
READ_ONLY = 1


class Blank:
    """A form of one page, field by field."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.page = self.pdf.add_blank_page(page_size=(612, 792))
        helvetica = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
        self.pdf.Root.AcroForm = Dictionary(
            Fields=Array(),
            DR=Dictionary(Font=Dictionary(Helv=helvetica)),
            DA=String("/Helv 10 Tf 0 g"),
        )
        self.page.Annots = Array()

    def text(
        self, name: str, rect: Sequence[float], *, flags: int = 0, **more: Any
    ) -> pikepdf.Object:
        return self._field(name, rect, FT=Name.Tx, Ff=flags, **more)

    def box(
        self, name: str, rect: Sequence[float], *, on: str = "Yes", **more: Any
    ) -> pikepdf.Object:
        looks = Dictionary({f"/{on}": self._look(rect, True), "/Off": self._look(rect, False)})
        return self._field(name, rect, FT=Name.Btn, AP=Dictionary(N=looks), AS=Name.Off, **more)

    def buttons(self, name: str, choices: dict[str, list[float]]) -> pikepdf.Object:
        group = self.pdf.make_indirect(
            Dictionary(FT=Name.Btn, Ff=RADIO, T=String(name), Kids=Array())
        )
        for choice, rect in choices.items():
            looks = Dictionary(
                {f"/{choice}": self._look(rect, True), "/Off": self._look(rect, False)}
            )
            kid = self._widget(rect, AP=Dictionary(N=looks), AS=Name.Off, Parent=group)
            group.Kids.append(kid)
        self.pdf.Root.AcroForm.Fields.append(group)
        return group

    def choice(
        self, name: str, rect: Sequence[float], entries: list[Any], *, flags: int = COMBO
    ) -> pikepdf.Object:
        opt = Array([Array(map(String, e)) if isinstance(e, tuple) else String(e) for e in entries])
        return self._field(name, rect, FT=Name.Ch, Ff=flags, Opt=opt)

    def other(self, name: str, rect: Sequence[float], **more: Any) -> pikepdf.Object:
        return self._field(name, rect, **more)

    def below(self, parent: str, child: pikepdf.Object) -> None:
        """Hang a field under a named parent: "Requester" and "Name" are "Requester.Name"."""
        form = self.pdf.Root.AcroForm
        above = self.pdf.make_indirect(Dictionary(T=String(parent), Kids=Array([child])))
        child.Parent = above
        kept = [field for field in form.Fields if field.objgen != child.objgen]
        form.Fields = Array([*kept, above])

    def bytes(self, **save: Any) -> bytes:
        out = BytesIO()
        self.pdf.save(out, deterministic_id="encryption" not in save, **save)
        return out.getvalue()

    def _field(self, name: str, rect: Sequence[float], **more: Any) -> pikepdf.Object:
        widget = self._widget(rect, T=String(name), **more)
        self.pdf.Root.AcroForm.Fields.append(widget)
        return widget

    def _widget(self, rect: Sequence[float], **more: Any) -> pikepdf.Object:
        widget = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, Rect=Array(rect), P=self.page.obj, **more
            )
        )
        self.page.Annots.append(widget)
        return widget

    def _look(self, rect: Sequence[float], checked: bool) -> pikepdf.Stream:
        width, height = rect[2] - rect[0], rect[3] - rect[1]
        ink = f"0 0 {width} {height} re f" if checked else f"0 0 {width} {height} re S"
        return Stream(
            self.pdf, ink.encode(), Type=Name.XObject, Subtype=Name.Form,
            BBox=Array([0, 0, width, height]), Resources=Dictionary(),
        )  # fmt: skip


def request_form() -> Blank:
    """What cities ask: who, how to reach them, what, in which form, and a day."""
    form = Blank()
    form.text("Name", [72, 700, 300, 718])
    form.text("Phone", [320, 700, 480, 718], MaxLen=12)
    form.text("Date", [320, 670, 480, 688])
    form.text("Records", [72, 520, 540, 650], flags=MULTILINE)
    form.text("ZIP", [72, 480, 172, 500], flags=COMB, MaxLen=5)
    form.text("Office use", [72, 60, 300, 80], flags=READ_ONLY)
    form.text("Case number", [320, 60, 480, 80])
    form.box("Waiver", [72, 440, 86, 454])
    form.buttons("Kind", {"Copies": [72, 400, 86, 414], "Inspection": [172, 400, 186, 414]})
    form.choice("Format", [72, 360, 200, 378], [("csv", "CSV"), ("pdf", "PDF"), ("paper", "Paper")])
    form.other("Signature", [72, 300, 300, 330], FT=Name.Sig)
    form.other("Print", [500, 700, 560, 718], FT=Name.Btn, Ff=PUSH_BUTTON)
    return form
