"""The letterhead, one's signature, the paragraphs: uploaded, seen, refused, put away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from requests_app.actions.newsroom import stationery
from requests_app.ledger.attribution import Attribution
from requests_app.models import Logo, Paragraph, Role, Signature
from tests.actions.test_stationery import TOLD, png
from tests.factories import NOW, member
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


def upload(name: str, data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"picture": SimpleUploadedFile(name, data, "image/png")}


def test_admin_adds_the_logo_and_sees_it_on_paper() -> None:
    client = signed_in(member(Role.ADMIN))
    plain = client.get("/stationery/").context["sample"].pdf

    answer = client.post("/stationery/", upload("logo.png", png()))

    assert answer.headers["Location"] == "/stationery/"
    page = client.get("/stationery/")
    assert page.context["sample"].pdf != plain
    assert "Replace the logo" in page.content.decode()


def test_editor_sees_the_letterhead_and_cannot_change_it() -> None:
    client = signed_in(member(Role.EDITOR))

    assert 'type="file"' not in client.get("/stationery/").content.decode()
    assert client.post("/stationery/", upload("logo.png", png())).status_code == 403
    assert not Logo.objects.exists()


@pytest.mark.parametrize("data", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"x"])
def test_bad_picture_is_said_on_the_form_and_nothing_changes(data: bytes) -> None:
    reporter = member()
    client = signed_in(reporter)
    client.post("/stationery/signature/", upload("me.png", png()))
    before = Signature.objects.get().sha256

    answer = client.post("/stationery/signature/", upload("me.svg", data))

    assert answer.status_code == 422
    assert "signature" in answer.content.decode()
    assert Signature.objects.get().sha256 == before


def test_signature_is_removed_by_whose_it_is() -> None:
    reporter = member()
    client = signed_in(reporter)
    client.post("/stationery/signature/", upload("me.png", png()))

    signed_in(member(newsroom=reporter.membership.newsroom)).post("/stationery/signature/remove/")
    assert Signature.objects.exists()
    client.post("/stationery/signature/remove/")

    assert not Signature.objects.exists()


def test_editor_writes_changes_and_puts_away_a_paragraph() -> None:
    client = signed_in(member(Role.EDITOR))
    client.post(reverse("paragraph_new"), TOLD)
    first = Paragraph.objects.get()

    client.post(reverse("paragraph_edit", args=[first.pk]), TOLD | {"text": "A weekly."})
    page = client.get("/stationery/paragraphs/").content.decode()
    assert "A weekly." in page
    assert "A daily newspaper." not in page

    second = Paragraph.objects.get(retired_at=None)
    client.post(reverse("paragraph_put_away", args=[second.pk]))
    assert "None yet" in client.get("/stationery/paragraphs/").content.decode()
    assert client.get(reverse("paragraph_edit", args=[second.pk])).status_code == 404


def test_paragraph_with_a_taken_title_is_refused_on_the_form() -> None:
    editor = member(Role.EDITOR)
    stationery.write_paragraph(editor.membership.newsroom, by=Attribution(editor, NOW), **TOLD)

    answer = signed_in(editor).post(reverse("paragraph_new"), TOLD)

    assert answer.status_code == 422
    assert "There is a paragraph “Who we are” already" in answer.content.decode()


def test_words_of_a_paragraph_are_shown_as_text() -> None:
    editor = member(Role.EDITOR)
    hostile = "<script>alert(1)</script> {{ 7*7 }}"
    stationery.write_paragraph(
        editor.membership.newsroom, by=Attribution(editor, NOW), **(TOLD | {"text": hostile})
    )

    page = signed_in(editor).get("/stationery/paragraphs/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in page
