"""A city's year on a page."""

from html import unescape

import pytest
from django.urls import reverse

from cities.clocks.derive import Closure as LegalClosure
from cities.schema.load import all_cities
from requests_app.actions.cities import contacts
from requests_app.ledger.attribution import Attribution
from tests.cities.worked import on
from tests.factories import NOW, member
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


def page(slug: str, query: str = "") -> str:
    client = signed_in(member())
    answer = client.get(f"/cities/{slug}/calendar/{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("city", all_cities(), ids=lambda city: city.slug)
def test_calendar_shows_the_year_of_every_city(city) -> None:
    shown = unescape(page(city.slug, "?year=2026"))
    holidays = city.statute.calendar.legal_holidays

    assert shown.count('class="sheet month"') == 12
    assert "If you file today" in shown
    assert [name for day, name in holidays.items() if day.year == 2026 and name not in shown] == []


def test_if_filed_today_gives_the_three_days() -> None:
    """Monday, November 2, 2026, in Portland and in Stamford."""
    portland, stamford = page("us-or/portland"), page("us-ct/stamford")

    assert "Mon Nov 9" in portland  # acknowledgement
    assert "Tue Nov 24" in portland  # response
    assert "The law sets no last day." in portland
    assert "Fri Nov 6" in stamford  # four business days
    assert "Fri Dec 4" in stamford  # thirty days from there end on Sunday, December 6
    assert "to appeal, if the city stays silent" in stamford


def test_law_that_sets_no_acknowledgement_says_so() -> None:
    assert "The Act sets no acknowledgement." in page("us-ca/stockton")


def test_year_can_be_chosen_within_the_calendar() -> None:
    client = signed_in(member())

    assert "<h1>2030</h1>" in page("us-ct/stamford", "?year=2030")
    assert client.get("/cities/us-ct/stamford/calendar/?year=1899").status_code == 404
    assert client.get("/cities/us-ct/stamford/calendar/?year=soon").status_code == 404


def test_closures_are_the_newsrooms_own() -> None:
    editor = member()
    contacts.enter_closure(
        editor.membership.newsroom,
        LegalClosure(on("2026-11-27"), "ice storm", "a call"),
        city_slug="us-or/portland",
        by=Attribution(editor, NOW),
    )
    url = reverse("city_calendar", args=["us-or", "portland"])

    assert "closed: ice storm" in signed_in(editor).get(url).content.decode()
    assert "ice storm" not in signed_in(member()).get(url).content.decode()
