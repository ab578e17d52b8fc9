"""What a person says of a suggested dataset: kept in the ledger, and done."""

from typing import Any

import pytest

from requests_app.actions.catalog import checking
from requests_app.actions.drafts import discarding, unsaved_words
from requests_app.actions.drafts.unsaved_words import DRAFT_PAGE, FormPage, TypedCopy
from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.models import CatalogDataset, CitedDataset, EventKind, RecordsRequest
from requests_app.policy.checked_datasets import Answer, checked_catalog
from requests_app.views.requests.event_lines import sentence
from tests.catalog.datasets import small_catalog
from tests.factories import NOW, draft, rewritten, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def rr() -> RecordsRequest:
    small_catalog()
    return draft(subject="Towed cars", particulars={"what": "every tow of 2026"})


def towed() -> CatalogDataset:
    return CatalogDataset.objects.get(title="Towed Vehicles")


def by(rr: RecordsRequest) -> Attribution:
    return Attribution(rr.created_by, NOW)


def said(rr: RecordsRequest) -> list[str]:
    events = rr.events.filter(kind=EventKind.CATALOG_CHECKED).order_by("pk")
    return [sentence(event, rr) for event in events]


def test_not_it_is_kept_with_the_titles_and_the_day_of_the_catalog(rr: RecordsRequest) -> None:
    event = checking.not_it(rr, [towed()], by=by(rr))

    assert event.data == {
        "judged": "not_it",
        "datasets": [
            {
                "id": towed().pk,
                "identifier": "towed-vehicles",
                "title": "Towed Vehicles",
                "updated_on": "2026-11-01",
            }
        ],
        "datasets_checked": 6,
        "read_on": "2026-11-02",
    }
    assert said(rr) == [
        "Checked a published dataset first, “Towed Vehicles”: it does not cover it."
    ]


def test_several_at_once_are_one_entry(rr: RecordsRequest) -> None:
    checking.not_it(rr, CatalogDataset.objects.order_by("pk")[:3], by=by(rr))

    assert said(rr) == ["Checked 3 published datasets first: none covers it."]


def test_that_nothing_comes_near_it_and_that_nobody_looked_are_entries_too(
    rr: RecordsRequest,
) -> None:
    checking.none_found(rr, towed().portal, by=by(rr))
    checking.skip(rr, [towed()], by=by(rr))

    assert said(rr) == [
        "Checked the city’s 6 published datasets first: none covers it.",
        "Did not look at 1 suggested dataset: “Towed Vehicles”.",
    ]


def test_the_last_answer_on_a_dataset_counts(rr: RecordsRequest) -> None:
    checking.skip(rr, [towed()], by=by(rr))
    checking.not_it(rr, [towed()], by=by(rr))

    catalog = checked_catalog(rr)

    assert [(one.title, one.answer) for one in catalog.datasets] == [
        ("Towed Vehicles", Answer.NOT_IT)
    ]


def test_what_answers_it_discards_the_draft_and_keeps_the_metadata_as_seen(
    rr: RecordsRequest,
) -> None:
    checking.answers(rr, towed(), by=by(rr))
    CatalogDataset.objects.update(facts={"external_id": "x", "title": "Changed since"})

    assert rr.state == "discarded"
    assert CitedDataset.objects.get(records_request=rr).record.title == "Towed Vehicles"
    assert said(rr) == [
        "Checked a published dataset first, “Towed Vehicles”: it answers the request."
    ]
    discarding.bring_back(rr, by=by(rr))
    assert rr.state == "draft"


def test_partly_asks_for_the_rest_and_names_the_dataset_in_the_letter(rr: RecordsRequest) -> None:
    checking.partly(rr, towed(), "the fee charged\n\n rows before 2019 ", by=by(rr))

    rr.refresh_from_db()
    rest = (
        "what the published dataset “Towed Vehicles” leaves out: the fee charged; rows before 2019"
    )
    assert rr.particulars["what"] == f"every tow of 2026\n{rest}"
    assert rest in letter(rr)
    assert "published as “Towed Vehicles” (identifier: towed-vehicles)" in letter(rr)
    assert rr.draft_versions.count() == 2
    assert rr.cited_dataset.dataset == towed()


def test_partly_of_a_dataset_request_asks_for_its_fields() -> None:
    small_catalog()
    asked = {"name_or_topic": "Tows", "purpose": "We report on tows.", "fields": "date"}
    rr = draft(kind="dataset", particulars=asked)

    checking.partly(rr, towed(), "fee", by=by(rr))

    assert rr.particulars["fields"].splitlines()[0] == "date"
    assert rr.particulars["fields"].endswith("leaves out: fee")


def test_partly_without_what_is_missing_changes_nothing(rr: RecordsRequest) -> None:
    with pytest.raises(Refused, match="Say what the dataset leaves out"):
        checking.partly(rr, towed(), " \n ", by=by(rr))

    assert said(rr) == []
    assert not CitedDataset.objects.exists()


def test_words_that_are_not_saved_are_not_written_over(rr: RecordsRequest) -> None:
    typed = TypedCopy("a tab", 1, "1", {"subject": "Towed cars and fees"})
    unsaved_words.keep(FormPage(DRAFT_PAGE, rr), typed, by=by(rr))

    for act in (
        lambda: checking.partly(rr, towed(), "the fee", by=by(rr)),
        lambda: checking.say_in_letter(rr, is_said=True, by=by(rr)),
    ):
        with pytest.raises(Refused, match="not saved"):
            act()


def test_a_request_that_was_filed_is_not_compared_any_more() -> None:
    small_catalog()
    filed = submitted()

    with pytest.raises(Refused, match="only a draft can be edited"):
        checking.not_it(filed, [towed()], by=by(filed))


# -- in the letter --
LOOKED = (
    "Before writing we looked at what the City of Stamford publishes: the dataset “Towed Vehicles” "
    "(updated November 1, 2026); it does not have these records."
)


def letter(rr: RecordsRequest) -> str:
    rr.refresh_from_db()
    return " ".join(rr.letter_text.split())


def test_the_letter_says_it_only_where_its_writer_wants_it(rr: RecordsRequest) -> None:
    before = letter(rr)
    checking.not_it(rr, [towed()], by=by(rr))
    assert letter(rr) == before

    checking.say_in_letter(rr, is_said=True, by=by(rr))
    assert LOOKED in letter(rr)

    checking.say_in_letter(rr, is_said=False, by=by(rr))
    assert letter(rr) == before


def test_a_later_answer_is_said_too_in_a_letter_that_nobody_edited(rr: RecordsRequest) -> None:
    trees = CatalogDataset.objects.get(title="Street Tree Inventory")
    checking.not_it(rr, [towed()], by=by(rr))
    checking.say_in_letter(rr, is_said=True, by=by(rr))

    checking.not_it(rr, [trees], by=by(rr))

    assert (
        "the datasets “Towed Vehicles” (updated November 1, 2026) and “Street Tree Inventory”; "
        "none has these records."
    ) in letter(rr)


def test_an_edited_letter_stays_as_it_is(rr: RecordsRequest) -> None:
    rewritten(rr, "Our own words.")
    checking.not_it(rr, [towed()], by=by(rr))

    checking.say_in_letter(rr, is_said=True, by=by(rr))

    assert (letter(rr), rr.letter_names_datasets) == ("Our own words.", True)


@pytest.mark.parametrize(
    ("act", "line"),
    [
        (
            "none_found",
            "the list of datasets as it stood on November 2, 2026; none has these records.",
        ),
        (
            "partly",
            "“Towed Vehicles” (updated November 1, 2026), which has only part of what we ask for.",
        ),
    ],
)
def test_the_other_answers_in_the_letter(rr: RecordsRequest, act: str, line: str) -> None:
    acts: dict[str, Any] = {
        "none_found": lambda: checking.none_found(rr, towed().portal, by=by(rr)),
        "partly": lambda: checking.partly(rr, towed(), "the fee", by=by(rr)),
    }
    acts[act]()

    checking.say_in_letter(rr, is_said=True, by=by(rr))

    assert f"what the City of Stamford publishes: {line}" in letter(rr)
