"""What an editor reads of each city: counts that the ledger and the catalog bear out."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from requests_app.actions.requests import city_determinations
from requests_app.ledger import record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import CitedDataset, EventKind, Role, User
from requests_app.policy.checked_datasets import Answer
from tests.catalog.catalogs import dataset, portal, withdrawn
from tests.factories import NOW, acting, member, said, submitted
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db

CORRECTION = {"dataset_title": "Building permits", "what_is_wrong": "Row 12."}
DATASET = {"name_or_topic": "Dog bites", "purpose": "To report."}


def table(user: User) -> dict[str, list[str]]:
    answer = signed_in(user).get(reverse("catalog_coverage_csv"))
    _, *rows = csv.reader(io.StringIO(answer.content.decode()))
    return {row[0]: row[1:] for row in rows}


def test_each_request_counts_where_it_belongs() -> None:
    editor = member(Role.EDITOR)
    of = portal()
    kept = dataset(of, data_updated_at=NOW - timedelta(days=60))
    withdrawn(dataset(of, external_id="gone-0001"))
    at_stamford: dict[str, Any] = {"by": editor, "office_role": "city_clerk"}
    fixed = submitted(kind="correction", particulars=CORRECTION, **at_stamford)
    city_determinations.grant(fixed, answer=said(text="Mended."), **acting(fixed))
    refused = submitted(kind="dataset", particulars=DATASET, **at_stamford)
    city_determinations.deny(refused, answer=said(text="No."), **acting(refused))
    submitted(kind="dataset", particulars=DATASET, **at_stamford)
    partly = submitted(editor)
    CitedDataset.objects.create(
        records_request=partly, dataset=kept, facts=kept.facts, cited_at=NOW
    )
    unlucky = submitted(editor)
    for answer in (Answer.SKIPPED, Answer.NONE_FOUND):
        data = {"judged": answer.value, "datasets": [], "read_on": "2026-11-02"}
        record(unlucky, EventKind.CATALOG_CHECKED, Occasion(Attribution(editor, NOW), data=data))
    submitted()  # another newsroom's

    found = table(editor)

    assert found["Kansas City"][2:] == ["1", "1", "1", *["0"] * 7]
    assert found["Stamford"] == [
        "We could not check", "", "", "", "", "3", "0", "1", "1", "0", "1", "1",
    ]  # fmt: skip


def test_the_page_shows_what_the_csv_says() -> None:
    dataset(portal(), data_updated_at=NOW - timedelta(days=60))

    page = flat(signed_in(member(Role.EDITOR)).get(reverse("catalog_coverage")))

    assert '<a href="/cities/us-mo/kansas-city/datasets/?state=stale">1</a>' in page
    assert page.count("unknown") == 4 * 3
