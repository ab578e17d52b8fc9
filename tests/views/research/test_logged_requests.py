"""The requests that were logged from elsewhere: those without a challenge stand here alone."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from requests_app.models import LoggedRequest, Project, Role, User
from tests.factories import member
from tests.research.entries import logged
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/appeals/requests/"


@pytest.fixture
def researcher() -> User:
    return member(Role.RESEARCHER)


def a_request(by: User, **said: Any) -> LoggedRequest:
    least: dict[str, Any] = {"place": "Hartford, CT", "subject": "Overtime", "status": "done"}
    newsroom = by.membership.newsroom
    return LoggedRequest.objects.create(newsroom=newsroom, created_by=by, **least | said)


def subjects(client: Client, asked: str = "") -> list[str]:
    return [row.subject for row in client.get(PAGE + asked).context["shown"].rows]


def test_a_request_without_a_challenge_is_listed_with_what_its_log_says(researcher: User) -> None:
    a_request(
        researcher,
        subject="Body camera policy",
        agency="Police",
        reference="2019-77",
        source="Hartford 2019",
        status="partial",
        status_as_stated="Closed – partial",
        requested_on="2019-03-01",
        requested_precision="month",
        source_url="https://hartford.example/77",
    )

    page = flat(signed_in(researcher).get(PAGE))

    assert '<a class="subject" href="https://hartford.example/77" rel="noreferrer">' in page
    for said in ("Body camera policy", "2019-77", "Hartford 2019", "Police", "March 2019",
                 "completed in part", "“Closed – partial”", ">none<"):  # fmt: skip
        assert said in page


def test_a_challenged_one_links_its_challenges(researcher: User) -> None:
    entry = logged(researcher, subject="Payroll")

    page = flat(signed_in(researcher).get(PAGE))

    assert f'href="/appeals/logged/{entry.pk}/"' in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["B", "A"]),
        ("?challenged=no", ["B"]),
        ("?challenged=yes", ["A"]),
        ("?status=done", ["B"]),
        ("?city=us-ct/stamford", ["A"]),
        ("?city=elsewhere", ["B"]),
        ("?q=hartford", ["B"]),
        ("?status=nonsense", []),
    ],
)
def test_the_list_is_filtered(researcher: User, asked: str, found: list[str]) -> None:
    logged(researcher, subject="A")
    a_request(researcher, subject="B")

    assert subjects(signed_in(researcher), asked) == found


def test_a_project_narrows_it_and_another_newsrooms_stand_nowhere(researcher: User) -> None:
    newsroom = researcher.membership.newsroom
    project = Project.objects.create(newsroom=newsroom, name="Pay", created_by=researcher)
    a_request(researcher, subject="In it", project=project)
    a_request(researcher, subject="Outside")
    a_request(member(Role.ADMIN), subject="Theirs")

    assert subjects(signed_in(researcher), f"?project={project.pk}") == ["In it"]
    assert set(subjects(signed_in(researcher))) == {"In it", "Outside"}


def test_a_reporter_reads_it_and_a_long_one_has_pages_of_as_many_queries(researcher: User) -> None:
    reporter = member(Role.REPORTER, researcher.membership.newsroom)
    client = signed_in(reporter)
    a_request(researcher)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for number in range(26):
        a_request(researcher, subject=f"No. {number}")

    with CaptureQueriesContext(connection) as many:
        page = client.get(PAGE)

    assert len(page.context["shown"].rows) == 25
    assert len(many) == len(few)


def test_an_empty_list_says_how_requests_come_into_it(researcher: User) -> None:
    page = flat(signed_in(researcher).get(PAGE))
    nothing_fits = flat(signed_in(researcher).get(PAGE + "?q=zzz"))

    assert "No request of others is logged yet." in page
    assert "Nothing fits." in nothing_fits
