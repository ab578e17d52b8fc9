"""How often the right dataset is among the first three, and how often a wrong one is shown."""

import pytest
from django.conf import settings

from requests_app.bench.catalog import filling, judged
from requests_app.catalog.suggestions import dataset_terms, draft_terms
from requests_app.catalog.suggestions.coverage import TermCounts, coverage, decide
from requests_app.catalog.suggestions.draft_terms import DraftText
from requests_app.models import CatalogIndex

FOLDER = settings.ROOT / "tests" / "catalog" / "judged"


@pytest.mark.django_db
def test_suggestions_are_as_right_as_promised_on_the_half_that_nothing_is_tuned_on() -> None:
    figures = judged.run(FOLDER)

    for name in ("held", "both"):
        one = figures[name]
        assert one.recall >= 0.9, one.faults
        assert one.false_drafts <= 0.1, one.faults
        assert one.false_shown <= 0.1, one.faults


@pytest.mark.django_db
def test_what_the_database_finds_first_has_all_that_a_look_at_every_dataset_would_show() -> None:
    records = judged.read_datasets(FOLDER / "datasets.txt")
    portal = filling.fill(records, at=judged.AT)
    of_all = {record.title: dataset_terms.terms_of(record) for record in records}
    counts = TermCounts(len(records), CatalogIndex.objects.get(portal=portal).term_counts)

    for draft in judged.read_drafts(FOLDER / "drafts.toml"):
        text = DraftText.of(draft.subject, draft.text, judged.PLACE)
        asked = draft_terms.terms_of(text)
        judged_all = enumerate(coverage(asked, terms, counts) for terms in of_all.values())
        shown = [list(of_all)[place] for place, _ in decide(judged_all)]

        check = judged.check(portal, draft)

        assert [one.dataset.title for one in check.suggestions] == shown


def test_the_set_is_as_large_as_promised_and_names_datasets_that_are_in_it() -> None:
    titles = [one.title for one in judged.read_datasets(FOLDER / "datasets.txt")]
    drafts = judged.read_drafts(FOLDER / "drafts.toml")

    assert len(set(titles)) == len(titles) >= 300
    assert len(drafts) >= 60
    assert {one.half for one in drafts} == {"tuning", "held"}
    assert [one for draft in drafts for one in draft.answers if one not in titles] == []
    for half in ("tuning", "held"):
        answerable = [bool(draft.answers) for draft in drafts if draft.half == half]
        assert 0.4 <= sum(answerable) / len(answerable) <= 0.6


def test_a_miss_and_a_wrong_one_are_both_counted() -> None:
    figures = judged.Figures(drafts=20, answerable=10, found=8, shown=9, wrong=1, with_any_shown=0)

    assert (figures.recall, figures.false_shown, figures.is_met) == (0.8, 1 / 9, False)
