"""Where `pikepdf.form` falls short of our own reading and drawing: the table of decision 16.

A test that turns red here says that pikepdf has mended an entry, and that our code for it can go.
"""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from pikepdf.form import DefaultAppearanceStreamGenerator, ExtendedAppearanceStreamGenerator, Form

from requests_app.letters.forms import office_form
from tests.letters.forms.blank_form import COMB, MULTILINE, Blank, request_form
from tests.letters.forms.test_fill_fields import text_of

WIDE = [72, 700, 400, 718]
PRINTED = 4  # an annotation's flag


def names_in_pikepdf(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [name for name, _ in Form(opened).items()]


def filled_by_pikepdf(form: Blank, value: str) -> bytes:
    """The form's one text with that value, drawn by pikepdf."""
    with pikepdf.open(BytesIO(form.bytes())) as opened:
        Form(opened, DefaultAppearanceStreamGenerator)["Name"].value = value
        out = BytesIO()
        opened.save(out)
    return out.getvalue()


def test_plain_fields_are_read_alike() -> None:
    form = Blank()
    form.below("Requester", form.text("Name", WIDE))
    form.box("Waiver", [72, 440, 86, 454])
    form.choice("Format", [72, 360, 200, 378], ["CSV", "PDF"])

    ours = [one.name for one in office_form.examine(form.bytes()).fields]

    assert sorted(names_in_pikepdf(form.bytes())) == sorted(ours)


def test_radio_buttons_come_after_everything_else() -> None:
    form = request_form().bytes()
    ours = [one.name for one in office_form.examine(form).fields]
    assert ours.index("Kind") < ours.index("Format")
    assert names_in_pikepdf(form)[-1] == "Kind"


def test_entries_of_a_list_that_stand_on_its_parent_are_not_found() -> None:
    form = Blank()
    field = form.choice("Format", [72, 360, 200, 378], ["CSV", "PDF"])
    entries = field.Opt
    del field.Opt
    form.below("Wanted", field)
    form.pdf.Root.AcroForm.Fields[0].Opt = entries
    (ours,) = office_form.examine(form.bytes()).fields
    assert ours.choices == ("CSV", "PDF")
    with pikepdf.open(BytesIO(form.bytes())) as opened:
        assert Form(opened)["Wanted.Format"].options == ()


def test_one_field_of_an_unknown_type_loses_the_whole_form() -> None:
    form = Blank()
    form.other("Odd", [72, 440, 86, 454], FT=Name.Odd)
    form.text("Name", WIDE)
    kinds = [one.kind for one in office_form.examine(form.bytes()).fields]
    assert kinds == ["unknown", "text"]
    with pytest.raises(RuntimeError, match="Unknown field type"):
        names_in_pikepdf(form.bytes())


def test_box_without_a_look_cannot_be_checked() -> None:
    form = Blank()
    form.other("Waiver", [72, 440, 86, 454], FT=Name.Btn)
    with pikepdf.open(BytesIO(form.bytes())) as opened:
        field = Form(opened)["Waiver"]
        with pytest.raises(AttributeError, match="/AP"):
            field.checked = True


def test_field_shown_twice_is_printed_nowhere() -> None:
    form = Blank()
    kids = [form.text(str(top), [72, top, 300, top + 18], F=PRINTED) for top in (600, 700)]
    both = form.pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("Name"), Kids=Array(kids)))
    for kid in kids:
        del kid.T
        kid.Parent = both
    form.pdf.Root.AcroForm.Fields = Array([both])
    assert text_of(filled_by_pikepdf(form, "Dana Whitfield")) == ""


@pytest.mark.parametrize("name", ["Nguyễn", "محمد", "Ελένη", "Юлия"])
def test_names_outside_latin_1_are_question_marks(name: str) -> None:
    form = Blank()
    form.text("Name", WIDE, F=PRINTED)
    assert "?" in text_of(filled_by_pikepdf(form, name))


def test_text_that_is_too_long_is_cut() -> None:
    form = Blank()
    form.text("Name", WIDE, F=PRINTED, MaxLen=5)
    assert text_of(filled_by_pikepdf(form, "203-555-0100")) == "203-5"


@pytest.mark.parametrize("more", [{"flags": MULTILINE}, {"flags": COMB, "MaxLen": 5}])
def test_several_lines_in_a_standard_font_cannot_be_drawn(more: dict[str, int]) -> None:
    form = Blank()
    form.text("Name", WIDE, **more)
    with pikepdf.open(BytesIO(form.bytes())) as opened:
        field = Form(opened, ExtendedAppearanceStreamGenerator)["Name"]
        with pytest.raises(AttributeError, match="/FontDescriptor"):
            field.value = "06901"
