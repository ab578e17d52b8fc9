"""`manage.py bench api` reads the list by a token, and asks as often far behind as at its top."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from requests_app.bench import api_list
from requests_app.bench.pages import newsroom
from tests.factories import submitted

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(FRIDAY):
        yield


def test_each_page_takes_at_most_eight_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_list, "FAR", 3)
    monkeypatch.setattr(api_list, "ROWS", 1)
    staff = newsroom.hire(at=FRIDAY)
    for _ in range(3):
        submitted(staff.editor)

    figures = list(api_list.figures(staff, at=FRIDAY, runs=1))

    assert [figure.name for figure in figures] == [
        "editor: API, first page of 50",
        "editor: API, page 3 of 50",
        "reporter: API, first page of 50",
    ]
    # A reporter who has no request has no headlines to read either.
    assert [figure.queries for figure in figures] == [4, 3, 3]  # the first notes the token’s use
    most = api_list.PROMISE.queries
    assert most is not None
    assert all(figure.queries <= most for figure in figures)
