"""What a dataset covers of a draft, and what is shown of it."""

from requests_app.catalog.suggestions.coverage import (
    Coverage,
    FoundWord,
    TermCounts,
    coverage,
    decide,
)
from requests_app.catalog.suggestions.dataset_terms import DatasetTerms, terms_of
from requests_app.catalog.suggestions.draft_terms import DraftTerms, DraftText
from requests_app.catalog.suggestions.draft_terms import terms_of as asked_by
from tests.catalog.datasets import record

COUNTS = TermCounts(300, {"tow": 4, "vehicle": 12, "company": 20, "permit": 40, "building": 30})
TOWED = terms_of(record("Towed Vehicles", "tow_company lot", description="Cars of residents."))


def asked(subject: str, text: str = "") -> DraftTerms:
    return asked_by(DraftText.of(subject, text, ("Stamford", "Connecticut")))


def test_words_are_found_with_the_places_they_stand_in_and_the_others_are_named() -> None:
    found = coverage(asked("Towed cars by company", "The hourly wrecker fees"), TOWED, COUNTS)

    assert [(one.word, one.places) for one in found.found] == [
        ("towed", "AC"), ("cars", "AD"), ("company", "C"),
    ]  # fmt: skip
    assert found.missing == ("hourly", "wrecker")


def test_a_rare_word_covers_more_than_a_common_one() -> None:
    draft = asked("Towing permits")

    towing = coverage(draft, DatasetTerms({"tow": "A"}, frozenset()), COUNTS)
    permits = coverage(draft, DatasetTerms({"permit": "A"}, frozenset()), COUNTS)

    assert towing.asked > permits.asked


def test_a_word_that_no_dataset_has_counts_as_the_rarest() -> None:
    with_common = coverage(asked("Towed vehicles, building"), TOWED, COUNTS)
    with_absent = coverage(asked("Towed vehicles, zeppelins"), TOWED, COUNTS)

    assert with_absent.asked < with_common.asked


def test_a_name_that_the_catalog_does_not_know_counts_for_nothing() -> None:
    plain = coverage(asked("Towed cars", "Cars that were towed."), TOWED, COUNTS)
    named = coverage(asked("Towed cars", "Cars that were towed by Brightline."), TOWED, COUNTS)

    assert (named.asked, named.missing) == (plain.asked, ())


def test_a_dataset_of_other_years_is_not_shown() -> None:
    of_2014 = terms_of(record("2014 Towed Vehicles"))
    draft = asked("Towed vehicles", "Every vehicle towed in 2023 and 2024.")

    assert not coverage(draft, of_2014, COUNTS).is_shown
    assert coverage(draft, terms_of(record("Towed Vehicles 2020-2024")), COUNTS).is_shown


def test_one_word_in_common_shows_nothing() -> None:
    of_one_word = DatasetTerms({"tow": "A"}, frozenset())

    assert not coverage(asked("Towed cars"), of_one_word, COUNTS).is_shown


def test_at_most_three_are_shown_the_best_first_and_none_far_behind_it() -> None:
    found = (FoundWord("towed", "A"), FoundWord("cars", "A"))
    best, near, far, poor = (
        Coverage(asked=share, named=1.0, found=found, missing=(), is_of_other_years=False)
        for share in (0.8, 0.6, 0.4, 0.2)
    )

    assert [key for key, _ in decide([(5, best), (4, best), (3, near), (2, best)])] == [2, 4, 5]
    assert [key for key, _ in decide([(1, far), (2, near), (3, best)])] == [3, 2]
    assert [key for key, _ in decide([(1, far), (2, poor)])] == [1]
