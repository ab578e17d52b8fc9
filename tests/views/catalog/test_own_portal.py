"""The page of a city's portal: tried before it is kept, a list by hand, and back again."""

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from cities.portals.address import PortalAddress
from requests_app.actions.catalog import own_portal
from requests_app.catalog.reading import trial
from requests_app.catalog.reading.sync import ReadingFrom
from requests_app.models import CatalogDataset, CityPortal, Role
from tests.factories import member
from tests.portals import made_up
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db

PAGE = "/cities/us-ct/stamford/portal/"
TYPED = {"platform": "socrata", "base_url": f"https://{made_up.HOST}", "organization": ""}


@pytest.fixture
def editor() -> Client:
    return signed_in(member(Role.EDITOR))


@pytest.fixture(autouse=True)
def portal_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"results": [made_up.asset(7)], "resultSetSize": 1}
    answers = httpx.MockTransport(lambda request: httpx.Response(200, json=body))

    def look_at(address: PortalAddress) -> trial.Trial:
        return trial.look_at(address, ReadingFrom(transport=answers))

    monkeypatch.setattr(own_portal, "look_at", look_at)


def test_a_portal_is_tried_shown_and_kept(editor: Client) -> None:
    tried = editor.post(PAGE, TYPED)

    assert "Dataset 7" in tried.content.decode()
    assert CityPortal.objects.filter(newsroom__isnull=False).count() == 0
    kept = editor.post(PAGE, {**TYPED, "tried": tried.context["tried"]}, follow=True)
    assert kept.redirect_chain == [(PAGE, 303)]
    assert CityPortal.objects.get(newsroom__isnull=False).base_url == TYPED["base_url"]


def test_what_was_tried_is_what_is_kept(editor: Client) -> None:
    """Another address than the one whose reading was shown is tried first."""
    tried = editor.post(PAGE, TYPED).context["tried"]

    editor.post(PAGE, {**TYPED, "base_url": "https://x.example", "tried": tried})

    assert CityPortal.objects.filter(newsroom__isnull=False).count() == 0


def test_a_list_is_loaded_and_given_up(editor: Client) -> None:
    file = SimpleUploadedFile("list.csv", b"identifier,title\n1,Permits\n")

    page = editor.post(f"{PAGE}list/", {"file": file}, follow=True)

    assert "1 dataset in the list: 1 new, 0 changed." in page.content.decode()
    page = editor.post(f"{PAGE}back/", follow=True)
    assert escape("Back to the portal that the desk knows.") in page.content.decode()
    assert CatalogDataset.objects.count() == 1


def test_faults_of_a_list_stand_by_row_and_column(editor: Client) -> None:
    file = SimpleUploadedFile("list.csv", b"identifier,title,url\n1,,ftp://x\n")

    page = editor.post(f"{PAGE}list/", {"file": file})

    assert [(fault.row, fault.column) for fault in page.context["faults"]] == [
        (2, "title"),
        (2, "url"),
    ]
    assert CatalogDataset.objects.count() == 0


def test_editors_are_told_of_a_portal_that_failed_three_nights(editor: Client) -> None:
    editor.post(PAGE, {**TYPED, "tried": " ".join(TYPED.values())})
    CityPortal.objects.update(failures_in_a_row=3)

    page = editor.get("/cities/us-ct/stamford/").content.decode()

    assert "The catalog could not be read 3 times in a row." in page
