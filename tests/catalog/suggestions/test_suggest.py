"""Suggestions for one draft out of the newsroom's catalog of its city."""

from datetime import datetime
from typing import Any

import pytest

from cities.schema.load import load_city
from requests_app.catalog.suggestions import index
from requests_app.catalog.suggestions.asked_text import asked_text
from requests_app.catalog.suggestions.suggest import CatalogCheck, suggest
from requests_app.models import CatalogDataset, Newsroom, PortalStatus
from tests.catalog.datasets import CITY, dataset, portal, small_catalog
from tests.factories import NOW, NewsroomFactory

pytestmark = pytest.mark.django_db

TOWS = "Every vehicle towed in 2026, with the tow company, the reason and when it was released."


def check(
    newsroom: Newsroom, what: str = TOWS, subject: str = "Towed cars", **more: Any
) -> CatalogCheck:
    city = load_city(CITY)
    text = asked_text(city, "records", {"subject": subject, "what": what})
    return suggest(newsroom, city, text, at=NOW, **more)


def titles(found: CatalogCheck) -> list[str]:
    return [one.dataset.title for one in found.suggestions]


def test_the_dataset_is_shown_with_words_places_and_freshness() -> None:
    made = small_catalog()

    found = check(NewsroomFactory.create())

    (one,) = found.suggestions
    assert one.dataset.title == "Towed Vehicles"
    assert {(word.word, word.places) for word in one.coverage.found} == {
        ("towed", "ABCD"), ("cars", "AD"), ("company", "C"),
    }  # fmt: skip
    assert one.coverage.missing == ()
    assert (one.freshness.cadence, one.freshness.is_stale, one.is_older) == (
        "Monthly",
        False,
        False,
    )
    assert (found.dataset_count, found.read_at, found.could_not) == (6, made.last_complete_at, "")


def test_a_dataset_past_its_own_cadence_is_stale_and_may_be_older_than_what_is_asked() -> None:
    updated = datetime.fromisoformat("2025-12-01T00:00Z")
    small_catalog(cadence_days=30, data_updated_at=updated)

    (one,) = check(NewsroomFactory.create()).suggestions

    assert (one.freshness.is_stale, one.is_older) == (True, True)


def test_a_dataset_that_was_judged_is_not_shown_again() -> None:
    small_catalog()
    towed = CatalogDataset.objects.get(title="Towed Vehicles")

    assert titles(check(NewsroomFactory.create(), without=[towed.pk])) == []


def test_a_kind_that_is_rarely_published_folds_what_was_found() -> None:
    small_catalog()

    found = check(NewsroomFactory.create(), f"{TOWS} And e-mails on it.")

    assert found.rarely_published == ("e-mails and other messages",)
    assert (found.is_folded, titles(found)) == (True, ["Towed Vehicles"])


def test_no_catalog_is_no_answer() -> None:
    found = check(NewsroomFactory.create())

    assert (found.is_checked, found.could_not) == (False, "No catalog of Stamford is set up here.")


@pytest.mark.parametrize("status", [s for s in PortalStatus if s not in {"ok", "empty"}])
def test_a_portal_that_was_not_read_well_says_so_and_shows_the_last_reading(status: str) -> None:
    made = small_catalog()
    type(made).objects.update(status=status, status_reason="It did not answer for three nights.")

    found = check(NewsroomFactory.create())

    assert found.could_not == "Stamford’s catalog: It did not answer for three nights."
    assert titles(found) == ["Towed Vehicles"]


def test_a_catalog_that_is_not_indexed_yet_is_not_empty() -> None:
    portal()

    found = check(NewsroomFactory.create())

    assert found.could_not == "Stamford’s catalog was read and is not indexed yet."


def test_an_empty_catalog_was_checked() -> None:
    portal(status=PortalStatus.EMPTY)

    assert check(NewsroomFactory.create()).is_checked


def test_a_newsrooms_own_portal_is_searched_in_place_of_the_shared_one() -> None:
    small_catalog()
    newsroom, other = NewsroomFactory.create(), NewsroomFactory.create()
    own = portal(newsroom)
    dataset(own, "Tows and vehicle releases by company", "tow company released")
    index.reindex(own)

    assert titles(check(newsroom)) == ["Tows and vehicle releases by company"]
    assert titles(check(other)) == ["Towed Vehicles"]
