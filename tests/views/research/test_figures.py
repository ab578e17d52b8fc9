"""The figures' page, their numbers as CSV, and the report of a city on paper."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pikepdf
import pytest

from requests_app.models import Project, Role, User
from tests.factories import NOW, member, submitted
from tests.research.coding_project import CLEAR, NOTE, study
from tests.research.figures.ledgers import answered
from tests.research.figures.test_codes import coded_study
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/research/figures/"
STAMFORD = {"city": "us-ct/stamford"}


@pytest.fixture
def researcher() -> User:
    """Of a newsroom with four requests that were answered and one that is not."""
    reporter = member()
    for after in (5, 10, 10, 20):
        answered(reporter, ago=40, after=after)
    submitted(reporter, at=NOW - timedelta(days=40))
    return member(Role.RESEARCHER, reporter.membership.newsroom)


def test_page_shows_each_figure_with_its_sentence_chart_and_table(researcher: User) -> None:
    page = flat(signed_in(researcher).get(PAGE))

    assert page.count('class="sheet figure"') == 11
    assert (
        "Half of the requests were answered within 10 days (95% interval 5 to not reached). "
        "1 request of 5 had not come to it when last counted." in page
    )
    assert "Every city, filed on any day. 5 requests that you may see" in page
    assert 'role="img"' in page


def test_what_is_drawn_from_too_few_is_said_instead(researcher: User) -> None:
    page = flat(signed_in(researcher).get(PAGE))

    appeals = page[page.index('id="appeals"') : page.index('id="backlog"')]
    assert "There is none: nothing is drawn from fewer than five." in appeals
    assert re.findall("<svg|<table|CSV", appeals) == []


def test_address_narrows_and_the_links_keep_it(researcher: User) -> None:
    page = flat(signed_in(researcher).get(PAGE, STAMFORD | {"filed_from": "2026-01-01"}))

    assert "Stamford, filed since January 1, 2026" in page
    assert "/research/figures/determination.csv?city=us-ct%2Fstamford&amp;filed_from=2026" in page
    assert "/research/figures/us-ct/stamford/report.pdf?city=us-ct%2Fstamford&amp;" in page


def test_a_project_is_one_of_the_newsrooms(researcher: User) -> None:
    newsroom = researcher.membership.newsroom
    mine = Project.objects.create(newsroom=newsroom, name="Policing", created_by=researcher)
    other = member()
    theirs = Project.objects.create(
        newsroom=other.membership.newsroom, name="Secret", created_by=other
    )
    client = signed_in(researcher)

    assert "project “Policing”, filed on any day. 0 requests" in flat(
        client.get(PAGE, {"project": mine.pk})
    )
    refused = flat(client.get(PAGE, {"project": theirs.pk}))
    assert "This newsroom has no such project: choose one." in refused
    assert "Secret" not in refused


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"city": "us-xx/nowhere"}, "This desk knows no city “us-xx/nowhere”: choose one."),
        ({"office": "city_clerk"}, "“city_clerk” is no office of that city: choose the city"),
        (
            {"filed_from": "2026-02-01", "filed_until": "2026-01-01"},
            "The span ends before it begins: exchange the two days.",
        ),
        ({"filed_from": "May"}, "Write the day as year-month-day, such as 2026-11-09."),
    ],
)
def test_a_choice_that_cannot_be_followed_counts_nothing(
    researcher: User, asked: dict[str, str], sentence: str
) -> None:
    client = signed_in(researcher)

    page = flat(client.get(PAGE, asked))
    numbers = client.get(f"{PAGE}outcomes.csv", asked)

    assert sentence in page
    assert 'class="chart' not in page
    assert numbers.status_code == 400
    assert sentence in numbers.content.decode()


def test_numbers_are_what_the_chart_is_drawn_from(researcher: User) -> None:
    answer = signed_in(researcher).get(f"{PAGE}determination.csv", STAMFORD)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))

    assert answer["Content-Disposition"] == (
        'attachment; filename="determination-us-ct-stamford-2026-11-02.csv"'
    )
    # Of five one is answered on day 5. After it fewer than five wait, and nothing more is drawn.
    # √(1/20) = .22361; exp(1.95996 × .22361 / .22314) = 7.1284; .8^7.1284 and .8^(1/7.1284)
    interval = (float(rows[0].pop("lower_95")), float(rows[0].pop("upper_95")))
    assert interval == pytest.approx((0.2038, 0.9692), abs=1e-4)
    assert rows == [
        {"days": "5", "at_risk": "5", "ended": "1", "censored": "0", "still_waiting": "0.8"}
    ]


def test_a_figure_that_is_none_is_not_found(researcher: User) -> None:
    assert signed_in(researcher).get(f"{PAGE}weather.csv").status_code == 404


def test_report_of_a_city_is_tagged_and_says_how_to_repeat_it(researcher: User) -> None:
    answer = signed_in(researcher).get(f"{PAGE}us-ct/stamford/report.pdf")

    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert str(pdf.docinfo.Title) == "Stamford: figures on public-records requests"
        assert pdf.Root.MarkInfo.Marked
    assert answer["Content-Disposition"] == (
        'inline; filename="figures-us-ct-stamford-2026-11-02.pdf"'
    )


def test_the_page_draws_it_and_gives_its_numbers():
    found = coded_study()
    client = signed_in(found.editor)
    asked: dict[str, Any] = {"project": found.project.pk, "variable": CLEAR}

    page = flat(client.get(PAGE, asked))
    numbers = client.get(f"{PAGE}codes.csv", asked)

    assert "Coded: Is the ground stated?" in page
    assert f"/research/figures/codes.csv?project={found.project.pk}&amp;variable=clear" in page
    rows = list(csv.DictReader(io.StringIO(numbers.content.decode())))
    assert [(one["code"], one["challenges"]) for one in rows] == [
        ("stated", "1"), ("vague", "4"), ("none", "0"),
    ]  # fmt: skip


def test_words_are_no_variable_to_draw_and_without_one_there_is_no_such_figure():
    found = study()
    client = signed_in(found.editor)
    project: Any = found.project.pk

    words = flat(client.get(PAGE, {"project": project, "variable": NOTE}))

    assert "“note” is no variable of that project that is chosen from values" in words
    assert client.get(f"{PAGE}codes.csv", {"project": project}).status_code == 404
