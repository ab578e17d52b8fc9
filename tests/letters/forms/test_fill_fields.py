"""A city's own form: read, refused with the reason, filled, and what is left empty is said."""

from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from cities.schema.forms import FormMapping
from cities.schema.load import load_city
from requests_app.letters import page_images
from requests_app.letters.forms import office_form
from requests_app.letters.forms.facts_as_text import EXAMPLES
from requests_app.letters.paper.flatten import flatten
from tests.cities.conftest import FIXTURE_PACKS
from tests.letters.examples import MONDAY
from tests.letters.forms.blank_form import COMB, MULTILINE, READ_ONLY, Blank, request_form

MAPPING = FormMapping.model_validate(
    {
        "title": "Request for Public Records",
        "source": "the clerk's counter",
        "checked_on": MONDAY,
        "fields": {
            "requester_name": "Name",
            "newsroom_phone": "Phone",
            "dated_on": "Date",
            "description": "Records",
            "wants_fee_waiver": "Waiver",
            "asks_for_records": {"field": "Kind", "choose": "Copies"},
            "format": "Format",
        },
    }
)


def mapping(**fields: object) -> FormMapping:
    return FormMapping.model_validate(MAPPING.model_dump() | {"fields": fields})


def values(pdf: bytes) -> dict[str, str]:
    with pikepdf.open(BytesIO(pdf)) as form:
        return {str(f.T): str(f.get("/V", "")) for f in form.Root.AcroForm.Fields}


def printed(pdf: bytes) -> bytes:
    """The form as a printer would have it: its fields turned into ink."""
    with pikepdf.open(BytesIO(pdf)) as form:
        flatten(form)
        out = BytesIO()
        form.save(out)
        return out.getvalue()


def text_of(pdf: bytes, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(printed(pdf))
    try:
        return " ".join(document[page].get_textpage().get_text_bounded().split())
    finally:
        document.close()


def ink(pdf: bytes, rect: list[float]) -> int:
    """Dark pixels within that part of the first page, on the screen or on paper."""
    seen, paper = (page_images(one, width=1224)[0] for one in (pdf, printed(pdf)))
    return min(_ink(seen, rect), _ink(paper, rect))


def _ink(png: bytes, rect: list[float]) -> int:
    page = Image.open(BytesIO(png)).convert("L")
    left, bottom, right, top = rect
    box = page.crop((int(left * 2), int((792 - top) * 2), int(right * 2), int((792 - bottom) * 2)))
    return sum(box.histogram()[:128])


def test_field_below_another_has_its_full_name() -> None:
    form = Blank()
    form.below("Requester", form.text("Name", [72, 700, 300, 718]))
    pdf = form.bytes()
    assert [one.name for one in office_form.examine(pdf).fields] == ["Requester.Name"]
    filled = office_form.fill(pdf, mapping(requester_name="Requester.Name"), EXAMPLES)
    assert "Dana Whitfield" in text_of(filled.pdf)


def test_facts_stand_in_their_fields_for_every_reader() -> None:
    filled = office_form.fill(request_form().bytes(), MAPPING, EXAMPLES)
    assert values(filled.pdf) == {
        "Name": "Dana Whitfield", "Phone": "203-555-0100", "Date": "November 9, 2026",
        "Records": EXAMPLES["description"], "ZIP": "", "Office use": "", "Case number": "",
        "Waiver": "/Yes", "Kind": "/Copies", "Format": "csv", "Signature": "", "Print": "",
    }  # fmt: skip
    text = text_of(filled.pdf)
    for told in ("Dana Whitfield", "203-555-0100", "November 9, 2026", "the log of those", "CSV"):
        assert told in text
    assert ink(filled.pdf, [72, 700, 300, 718]) > 100
    assert ink(filled.pdf, [72, 440, 86, 454]) > 500
    assert ink(filled.pdf, [172, 400, 186, 414]) < 200


def test_what_is_left_empty_is_listed_in_the_forms_order_with_the_reason() -> None:
    filled = office_form.fill(request_form().bytes(), MAPPING, EXAMPLES)
    assert [(one.field, one.reason) for one in filled.left_empty] == [
        ("ZIP", "The desk has no fact for it."),
        ("Office use", "The form lets nobody fill it: it is the city's own."),
        ("Case number", "The desk has no fact for it."),
        ("Signature", "A signature: sign the form by hand where the city wants one."),
    ]


def test_filled_form_is_a_sound_pdf_that_asks_for_no_drawing() -> None:
    filled = office_form.fill(request_form().bytes(), MAPPING, EXAMPLES)
    with pikepdf.open(BytesIO(filled.pdf)) as form:
        assert form.check_pdf_syntax() == []
        assert not form.acroform.needs_appearances
        fonts = [o for o in form.objects if isinstance(o, Dictionary) and "/FontName" in o]
        assert fonts
        assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


def test_same_facts_give_the_same_bytes() -> None:
    blank = request_form().bytes()
    assert office_form.fill(blank, MAPPING, EXAMPLES) == office_form.fill(blank, MAPPING, EXAMPLES)


def reason(form: Blank, facts: dict[str, str], **fields: object) -> str:
    """Why the one field that was to be filled was not; and nothing of it is in the form."""
    blank = form.bytes()
    filled = office_form.fill(blank, mapping(**fields), facts)
    assert {v for v in values(filled.pdf).values() if v not in {"", "/Off"}} == set()
    return " ".join(one.reason for one in filled.left_empty)


def test_text_that_is_too_long_is_not_cut() -> None:
    form = Blank()
    form.text("Phone", [72, 700, 300, 718], MaxLen=5)
    why = reason(form, {"newsroom_phone": "203-555-0100"}, newsroom_phone="Phone")
    assert why == "Too long: 12 characters, and the field takes 5."


def test_text_that_does_not_fit_in_small_type_is_left_out() -> None:
    form = Blank()
    form.text("Records", [72, 700, 172, 740], flags=MULTILINE)
    assert "Too long for its space" in reason(
        form, {"description": "word " * 300}, description="Records"
    )
    form = Blank()
    form.text("Name", [72, 700, 132, 714])
    assert "Too long for its space" in reason(
        form, {"requester_name": "Maximiliana " * 4}, requester_name="Name"
    )


def test_text_is_set_smaller_until_it_fits() -> None:
    form = Blank()
    form.text("Records", [72, 700, 300, 740], flags=MULTILINE)
    told = "every report on the use of force that was completed in 2024, with its attachments"
    filled = office_form.fill(form.bytes(), mapping(description="Records"), {"description": told})
    assert filled.left_empty == ()
    assert told in text_of(filled.pdf)


def test_one_line_takes_several_lines_as_one() -> None:
    form = Blank()
    form.text("Records", [72, 700, 540, 718])
    filled = office_form.fill(form.bytes(), mapping(description="Records"), {"description": "a\nb"})
    assert values(filled.pdf) == {"Records": "a; b"}


def test_each_character_has_a_cell_of_its_own() -> None:
    form = Blank()
    form.text("ZIP", [72, 700, 172, 718], flags=COMB, MaxLen=5)
    filled = office_form.fill(form.bytes(), mapping(reference="ZIP"), {"reference": "06901"})
    assert values(filled.pdf) == {"ZIP": "06901"}
    for cell in range(5):
        assert ink(filled.pdf, [72 + 20 * cell, 700, 92 + 20 * cell, 718]) > 10


def test_names_in_any_script_are_printed() -> None:
    form = Blank()
    form.text("Name", [72, 700, 400, 718])
    for name in ("Nguyễn Thị Łucja", "محمد العربي", "שרה כהן", "Ελένη Παπαδοπούλου", "Юлия"):
        filled = office_form.fill(
            form.bytes(), mapping(requester_name="Name"), {"requester_name": name}
        )
        assert filled.left_empty == ()
        assert values(filled.pdf) == {"Name": name}
        assert ink(filled.pdf, [72, 700, 400, 718]) > 50


def test_character_without_a_font_leaves_that_field_empty_and_no_other() -> None:
    form = Blank()
    form.text("Name", [72, 700, 400, 718])
    form.text("Date", [72, 600, 400, 618])
    filled = office_form.fill(
        form.bytes(),
        mapping(requester_name="Name", dated_on="Date"),
        {"requester_name": "\U0010fffd", "dated_on": "today"},
    )
    assert [one.field for one in filled.left_empty] == ["Name"]
    assert "No font on this machine can print" in filled.left_empty[0].reason
    assert values(filled.pdf) == {"Name": "", "Date": "today"}


def test_markup_in_a_fact_is_text() -> None:
    form = Blank()
    form.text("Name", [72, 700, 540, 718])
    hostile = '<img src="file:///etc/passwd">{{ 7*7 }}'
    filled = office_form.fill(
        form.bytes(), mapping(requester_name="Name"), {"requester_name": hostile}
    )
    assert hostile in text_of(filled.pdf)


def test_fact_that_is_not_stated_is_asked_for() -> None:
    form = Blank()
    form.text("Phone", [72, 700, 300, 718])
    assert reason(form, {}, newsroom_phone="Phone") == "Not stated: its telephone number."


def test_box_for_what_is_not_asked_stays_empty_and_is_no_gap() -> None:
    form = Blank()
    form.box("Waiver", [72, 440, 86, 454])
    assert reason(form, {}, wants_fee_waiver="Waiver") == ""


def test_choice_that_the_form_has_not_is_named_with_those_it_has() -> None:
    form = Blank()
    form.choice("Format", [72, 360, 200, 378], ["CSV", "PDF"])
    assert reason(form, {"format": "XLSX"}, format="Format") == (
        "Its list has no “XLSX”: there are CSV, PDF."
    )
    form = Blank()
    form.buttons("Kind", {"Copies": [72, 400, 86, 414], "Inspection": [172, 400, 186, 414]})
    wants = {"asks_for_records": "yes"}
    assert "It has no “Both”: there are Copies, Inspection." in reason(
        form, wants, asks_for_records={"field": "Kind", "choose": "Both"}
    )
    assert "Which of its choices is meant" in reason(form, wants, asks_for_records="Kind")


def test_field_that_nobody_may_fill_or_see_is_left_alone() -> None:
    form = Blank()
    form.text("Name", [72, 700, 300, 718], flags=READ_ONLY)
    assert "lets nobody fill it" in reason(form, {"requester_name": "D"}, requester_name="Name")
    form = Blank()
    form.text("Name", [72, 700, 300, 718], F=2)
    assert (
        reason(form, {"requester_name": "D"}, requester_name="Name") == "It is hidden on the form."
    )


def test_field_of_another_edition_of_the_form_is_named() -> None:
    form = Blank()
    form.text("Name", [72, 700, 300, 718])
    why = reason(form, {"requester_name": "D"}, requester_name="Full name")
    assert why == "The desk has no fact for it. This copy of the form has no such field."


def test_box_without_a_look_of_its_own_gets_one() -> None:
    form = Blank()
    form.other("Waiver", [72, 440, 86, 454], FT=Name.Btn)
    filled = office_form.fill(
        form.bytes(), mapping(wants_fee_waiver="Waiver"), {"wants_fee_waiver": "yes"}
    )
    assert values(filled.pdf) == {"Waiver": "/Yes"}
    assert ink(filled.pdf, [72, 440, 86, 454]) > 30


def test_field_shown_twice_is_filled_twice() -> None:
    form = Blank()
    first = form.text("Name", [72, 700, 300, 718])
    second = form.text("Name again", [72, 600, 300, 618])
    del second.T
    del first.T
    both = form.pdf.make_indirect(
        Dictionary(FT=Name.Tx, T=String("Name"), Kids=Array([first, second]))
    )
    for kid in (first, second):
        kid.Parent = both
    form.pdf.Root.AcroForm.Fields = Array([both])
    filled = office_form.fill(
        form.bytes(), mapping(requester_name="Name"), {"requester_name": "Dana Whitfield"}
    )
    assert text_of(filled.pdf).count("Dana Whitfield") == 2


def test_widget_on_its_side_is_filled_along_it() -> None:
    form = Blank()
    form.text("Name", [72, 500, 90, 700], MK=Dictionary(R=90))
    filled = office_form.fill(
        form.bytes(), mapping(requester_name="Name"), {"requester_name": "Dana Whitfield"}
    )
    assert filled.left_empty == ()
    assert ink(filled.pdf, [72, 500, 90, 700]) > 100


def test_form_with_rights_for_adobes_reader_is_filled_without_them() -> None:
    form = request_form()
    form.pdf.Root.Perms = Dictionary(UR3=Dictionary(Type=Name.Sig))
    filled = office_form.fill(form.bytes(), MAPPING, EXAMPLES)
    assert "Dana Whitfield" in text_of(filled.pdf)
    with pikepdf.open(BytesIO(filled.pdf)) as pdf:
        assert "/Perms" not in pdf.Root


def test_fields_of_a_list_are_told_further_up() -> None:
    form = Blank()
    field = form.choice("Format", [72, 360, 200, 378], [("csv", "CSV"), ("pdf", "PDF")])
    opt = field.Opt
    del field.Opt
    form.below("Wanted", field)
    form.pdf.Root.AcroForm.Fields[0].Opt = opt
    filled = office_form.fill(form.bytes(), mapping(format="Wanted.Format"), {"format": "CSV"})
    assert filled.left_empty == ()
    assert "CSV" in text_of(filled.pdf)


def test_page_of_any_length_is_shown() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(3, 14400))
    out = BytesIO()
    pdf.save(out)
    (image,) = page_images(out.getvalue(), width=300)
    assert Image.open(BytesIO(image)).height == 1200


def test_packs_own_mapping_fills_the_form_it_was_made_for() -> None:
    city = load_city("us-zz/port-alder", FIXTURE_PACKS)
    told = office_form.mapping_for(city, "city_clerk")
    assert told is not None
    filled = office_form.sample(request_form().bytes(), told)
    assert [one.field for one in filled.left_empty] == [
        "ZIP", "Office use", "Case number", "Signature",
    ]  # fmt: skip
    assert office_form.mapping_for(load_city("us-ct/stamford"), "city_clerk") is None
