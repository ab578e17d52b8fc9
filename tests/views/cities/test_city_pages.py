"""City pages: what is known, what is not, and what a newsroom adds."""

import pytest
from django.urls import reverse

from cities.schema.load import all_cities, load_statute
from requests_app.models import Closure, Deadline, OfficeEntry
from tests.factories import TODAY, member, submitted
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("city", all_cities(), ids=lambda city: city.slug)
def test_city_page_shows_every_office_route_and_gap(city: object) -> None:
    page = signed_in(member()).get(f"/cities/{city.slug}/")  # type: ignore[attr-defined]

    html = page.content.decode()
    assert page.status_code == 200
    assert "not specified" in html
    assert html.count('class="office"') == len(city.offices)  # type: ignore[attr-defined]
    assert html.count('class="facts route"') == len(city.all_routes())  # type: ignore[attr-defined]


def test_city_page_shows_what_answers_each_exemption_and_what_speaks_for_it() -> None:
    page = signed_in(member()).get("/cities/us-ct/stamford/").content.decode()

    exemptions = load_statute("us-ct").exemptions
    assert page.count('class="argument"') == sum(
        len(exemption.arguments) for exemption in exemptions
    ) + len(load_statute("us-ct").general_arguments)
    assert page.count("Against us:") == sum(len(exemption.against) for exemption in exemptions)


def test_unknown_city_is_a_404() -> None:
    client = signed_in(member())

    assert client.get("/cities/us-zz/nowhere/").status_code == 404
    assert client.get("/cities/us-ct/stamford/offices/nobody/").status_code == 404


def test_a_newsrooms_own_entry_wins_and_says_so() -> None:
    client = signed_in(member())
    told = {"email": "own@stamford.example", "source": "a call", "checked_on": str(TODAY)}

    client.post(reverse("office_entry", args=["us-ct", "stamford", "city_clerk"]), told)

    assert OfficeEntry.objects.get().value == "own@stamford.example"
    page = client.get("/cities/us-ct/stamford/").content.decode()
    assert "own@stamford.example" in page
    assert "entered by your newsroom" in page


def test_a_closure_moves_the_clock_and_the_ledger_says_so() -> None:
    rr = submitted()
    client = signed_in(rr.created_by)
    before = Deadline.objects.get(records_request=rr, clock="response").due_on
    told = {"on": "2026-11-04", "reason": "a burst pipe", "source": "the city's notice"}

    url = reverse("closure_new", args=["us-ct", "stamford"])
    shown = client.post(url, told).content.decode()
    assert "from Fri Nov 6 to Mon Nov 9" in shown
    assert not Closure.objects.exists()
    # Another day than the one that was shown is shown first, too.
    client.post(url, {**told, "shown": "2026-11-05"})
    assert not Closure.objects.exists()
    client.post(url, {**told, "shown": told["on"]})

    assert Closure.objects.get().reason == "a burst pipe"
    after = Deadline.objects.get(records_request=rr, clock="response")
    page = client.get(f"/requests/{rr.public_id}/").content.decode()
    assert "a burst pipe" in page
    assert (after.due_on, after.latest_on) != (before, before)
