"""What is published, stale, corrected and refused, city by city; as a page and as CSV."""

import csv
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from requests_app.catalog.newsroom_coverage import Coverage, coverage_of
from requests_app.models import DatasetNews
from requests_app.permissions import require
from requests_app.views.catalog.dataset_list import CityCatalog, catalogs
from requests_app.views.lookup import newsroom_of, now, person

HEADINGS = (
    "City", "Catalog", "Last read whole", "Published", "Stale", "Withdrawn",
    "Asked of stewards", "Opened at our request", "Corrected at our request", "Refused",
    "Questions a dataset answered", "Answered in part", "Covered by none",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CoverageRow:
    catalog: CityCatalog
    counts: Coverage

    @property
    def cells(self) -> tuple[object, ...]:
        """As the CSV has them, in the order of HEADINGS. What could not be checked has no count."""
        status, counts = self.catalog.status, self.counts
        known = status.could_check or status.is_old_copy
        catalog = (self.catalog.published, self.catalog.stale, self.catalog.withdrawn)
        return (
            self.catalog.city.name,
            status.heading,
            status.read_at.isoformat() if status.read_at else "",
            *(catalog if known else ("", "", "")),
            counts.filed,
            counts.opened,
            counts.corrected,
            counts.refused,
            counts.answered,
            counts.partly,
            counts.uncovered,
        )


def _rows(request: HttpRequest) -> list[CoverageRow]:
    newsroom = newsroom_of(request)
    require(person(request), "see_coverage")
    counts = coverage_of(newsroom)
    return [
        CoverageRow(one, counts.get(one.city.slug, Coverage()))
        for one in catalogs(newsroom, at=now())
    ]


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    rows = _rows(request)
    unseen = DatasetNews.objects.unseen().filter(watch__user=person(request)).count()
    context = {"rows": rows, "unseen": unseen}
    return render(request, "catalog/coverage.html", context)


@require_safe
def coverage_csv(request: HttpRequest) -> HttpResponse:
    rows = _rows(request)
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="dataset-coverage.csv"'},
    )
    table = csv.writer(answer)
    table.writerow(HEADINGS)
    table.writerows(row.cells for row in rows)
    return answer
