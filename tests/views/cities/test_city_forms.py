"""The page of a city's own form: uploaded with its source, its fields told, refused, put away."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from requests_app.models import CityForm, FilledForm, Role
from tests.factories import draft, member
from tests.letters.forms.blank_form import Blank, request_form
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/cities/us-ct/stamford/offices/city_clerk/form/"


def blank(data: bytes | None = None) -> dict[str, Any]:
    content = request_form().bytes() if data is None else data
    return {
        "pdf": SimpleUploadedFile("request.pdf", content, "application/pdf"),
        "source": "the city's page",
    }


def test_editor_uploads_the_form_and_sees_its_fields_and_its_face() -> None:
    editor = member(Role.EDITOR)
    client = signed_in(editor)

    assert client.post(PAGE, blank()).headers["Location"] == PAGE
    answer = client.get(PAGE)

    page, shown = answer.content.decode(), answer.context["shown"]
    assert CityForm.objects.get().uploaded_by == editor
    assert shown.rows
    assert all(row.field.name in page for row in shown.rows)
    assert 'alt="Page 1 of the form"' in page
    assert "does not say yet which fact fills which field" in page


@pytest.mark.parametrize(
    ("data", "reason"), [(b"text", "not a PDF"), (Blank().bytes(), "no fields to fill")]
)
def test_form_that_cannot_be_filled_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    answer = signed_in(member(Role.EDITOR)).post(PAGE, blank(data))

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not CityForm.objects.exists()


def test_reporter_sees_the_page_and_cannot_upload() -> None:
    client = signed_in(member())

    assert 'type="file"' not in client.get(PAGE).content.decode()
    assert client.post(PAGE, blank()).status_code == 403


def test_form_is_put_away_and_not_shown_any_more() -> None:
    client = signed_in(member(Role.EDITOR))
    client.post(PAGE, blank())

    client.post(reverse("city_form_put_away", args=[CityForm.objects.get().pk]))

    assert client.get(PAGE).context["shown"] is None


def test_office_that_the_city_has_not_is_not_found() -> None:
    page = PAGE.replace("city_clerk", "mayor")

    assert signed_in(member()).get(page).status_code == 404


def test_office_page_leads_to_its_form() -> None:
    page = signed_in(member()).get("/cities/us-ct/stamford/offices/city_clerk/")

    assert PAGE in page.content.decode()


@pytest.fixture
def mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stamford's City Clerk, had its pack a mapping: a field the form has, and one it has not."""
    from cities.schema.forms import FormMapping
    from requests_app.letters.forms import office_form

    fields = [field.name for field in office_form.examine(request_form().bytes()).fields]
    mapping = FormMapping.model_validate(
        {
            "title": "Request for records",
            "source": "the city's page",
            "checked_on": "2026-11-02",
            "fields": {"requester_name": fields[0], "fee_limit": "No such field"},
        }
    )
    monkeypatch.setattr(office_form, "mapping_for", lambda city, role: mapping)


@pytest.mark.usefixtures("mapped")
def test_form_follows_the_letter_and_what_is_left_empty_is_said_before_and_after() -> None:
    rr = draft()
    signed_in(member(Role.EDITOR, rr.newsroom)).post(PAGE, blank())
    client = signed_in(rr.created_by)
    submit = reverse("request_submit", args=[rr.public_id])

    before = client.get(submit).content.decode()
    client.post(
        submit,
        {
            "channel": "email",
            "version": "1",
            "to": "clerk@stamford.example",
            "source": "a call",
            "checked_on": "2026-11-02",
        },
    )
    after = client.get(f"/requests/{rr.public_id}/").content.decode()

    assert 'alt="Page 1 of the form"' in before
    letter = FilledForm.objects.get().letter
    assert reverse("filled_form_pdf", args=[letter.pk]) in after
    for page in (before, after):
        assert "request.pdf" in page
        assert "No such field" in page
