"""The fields of a form as they are read, and the forms that are refused with the reason."""

from io import BytesIO, StringIO
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from pikepdf import Array, Dictionary, Name, Stream

from requests_app.letters import LetterError
from requests_app.letters.forms import office_form
from requests_app.letters.forms.facts_as_text import EXAMPLES
from tests.letters.forms.blank_form import Blank, request_form
from tests.letters.forms.test_fill_fields import MAPPING


def named(form: office_form.FormFields, name: str) -> office_form.FormField:
    found = form.named(name)
    assert found is not None
    return found


def test_form_says_what_it_asks_for() -> None:
    form = office_form.examine(request_form().bytes())
    kinds = {one.name: one.kind for one in form.fields}
    assert kinds == {
        "Name": "text", "Phone": "text", "Date": "text", "Records": "text", "ZIP": "text",
        "Office use": "text", "Case number": "text", "Waiver": "checkbox", "Kind": "radio",
        "Format": "choice", "Signature": "signature", "Print": "button",
    }  # fmt: skip
    assert form.pages == 1
    assert named(form, "Phone").max_length == 12
    assert named(form, "Records").is_multiline
    assert named(form, "ZIP").is_comb
    assert named(form, "Kind").choices == ("Copies", "Inspection")
    assert named(form, "Format").choices == ("CSV", "PDF", "Paper")
    assert named(form, "Office use").is_read_only
    assert form.named("Fax") is None
    assert {one.pages for one in form.fields} == {(1,)}


def book() -> bytes:
    form = request_form()
    for _ in range(50):
        form.pdf.add_blank_page()
    return form.bytes()


def xfa() -> bytes:
    form = request_form()
    form.pdf.Root.AcroForm.XFA = Stream(form.pdf, b"<xdp/>")
    return form.bytes()


def signed() -> bytes:
    form = request_form()
    form.other("Signed", [72, 200, 300, 230], FT=Name.Sig, V=Dictionary(Type=Name.Sig))
    return form.bytes()


def certified() -> bytes:
    form = request_form()
    form.pdf.Root.Perms = Dictionary(DocMDP=Dictionary(Type=Name.Sig))
    return form.bytes()


def restricted(password: str) -> bytes:
    return request_form().bytes(encryption=pikepdf.Encryption(owner="city", user=password))


def fieldless() -> bytes:
    return Blank().bytes()


def plain() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def endless() -> bytes:
    form = Blank()
    field = form.text("Name", [72, 700, 300, 718])
    field.Kids = Array([field])
    return form.bytes()


@pytest.mark.parametrize(
    ("pdf", "why"),
    [
        (restricted("secret"), "locked with a password"),
        (restricted(""), "encrypted and its rights are restricted"),
        (xfa(), "XFA form"),
        (fieldless(), "no fields to fill"),
        (plain(), "no fields to fill"),
        (signed(), "signed already"),
        (certified(), "signed or restricted by a signature"),
        (endless(), "nested without end"),
        (book(), "more than 50 pages"),
        (b"<html>no form</html>", "not a PDF, or a damaged one"),
        (b"", "not a PDF, or a damaged one"),
        (request_form().bytes()[:300], "not a PDF, or a damaged one"),
        (b"%PDF-1.7" + bytes(20 * 1024 * 1024), "larger than 20 MB"),
    ],
    ids=[
        "locked", "encrypted", "xfa", "fieldless", "plain", "signed", "certified", "endless",
        "book", "html", "empty", "half", "huge",
    ],
)  # fmt: skip
def test_form_that_cannot_be_filled_is_refused_with_the_reason(pdf: bytes, why: str) -> None:
    with pytest.raises(LetterError, match=why):
        office_form.examine(pdf)
    with pytest.raises(LetterError, match=why):
        office_form.fill(pdf, MAPPING, EXAMPLES)


def test_command_lists_the_fields_for_whoever_writes_the_mapping(tmp_path: Path) -> None:
    file, out = tmp_path / "form.pdf", StringIO()
    file.write_bytes(request_form().bytes())
    call_command("form_fields", file, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[1] == "'Phone': text; at most 12 characters"
    assert "'Kind': radio; choices Copies, Inspection" in lines
    file.write_bytes(plain())
    with pytest.raises(CommandError, match="no fields to fill"):
        call_command("form_fields", file)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("form_fields", tmp_path / "none.pdf")
