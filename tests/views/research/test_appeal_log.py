"""The Appeals page: tracked and logged together, filtered, in the order asked for; the forms."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from requests_app.models import LogDocument, LogEntry, RequestState, Role
from requests_app.vocabulary.research.imprecise_days import ImpreciseDay
from tests.factories import in_state, member
from tests.research.entries import logged
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
NO_CLAIMS = {"claims-TOTAL_FORMS": "3", "claims-INITIAL_FORMS": "0"}
LEAST = {
    "place": "Stamford, CT",
    "subject": "Overtime of the police",
    "body": "Freedom of Information Commission",
    "state": "decided",
    "outcome": "reversed",
    **NO_CLAIMS,
}


def subjects(client: Client, asked: str = "") -> list[str]:
    rows = client.get(f"/appeals/{asked}").context["rows"]
    return [row.entry.subject for row in rows]


@pytest.fixture
def researcher():
    return member(Role.RESEARCHER)


def test_tracked_and_logged_stand_in_one_list_the_next_day_first():
    request = in_state(RequestState.UNDER_APPEAL)
    editor = member(Role.EDITOR, request.newsroom)
    logged(editor, subject="Old one")

    page = flat(signed_in(editor).get("/appeals/"))

    assert subjects(signed_in(editor)) == [request.subject, "Old one"]
    assert str(request.owner) in page
    assert "September 4, 2019, after 184 days" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?sort=filed", ["B", "A"]),
        ("?sort=first-filed", ["A", "B"]),
        ("?sort=decided", ["B", "A"]),
        ("?sort=entered", ["B", "A"]),
        ("?sort=nonsense", ["A", "B"]),
        ("?outcome=affirmed", ["B"]),
        ("?city=elsewhere", ["B"]),
        ("?city=us-ct/stamford", ["A"]),
        ("?year=2019", ["A"]),
        ("?q=FIC+2019-7", ["A"]),
        ("?q=hartford", ["B"]),
        ("?kind=tracked", []),
        ("?answers=silence", ["B"]),
    ],
)
def test_the_list_is_filtered_and_sorted(researcher, asked, found):
    logged(researcher, subject="A", docket="FIC 2019-7")
    other: dict[str, Any] = {"place": "Hartford, CT", "outcome": "affirmed", "answers": "silence"}
    filed, decided = ImpreciseDay(date(2020, 2, 3)), ImpreciseDay(date(2020, 5, 3))
    logged(researcher, subject="B", filed=filed, decided=decided, **other)

    assert subjects(signed_in(researcher), asked) == found


def test_a_choice_that_is_none_is_said_and_lists_nothing(researcher):
    logged(researcher, subject="A")

    page = flat(signed_in(researcher).get("/appeals/?outcome=won&q=A"))

    assert "“won” is none of the choices of “Outcome”. Choose one, or “Any outcome”." in page
    assert ">A</a>" not in page


def test_a_reporter_sees_what_is_logged_and_of_what_is_tracked_their_own():
    request = in_state(RequestState.UNDER_APPEAL)
    other = member(Role.REPORTER, request.newsroom)
    logged(other, subject="Logged")

    assert subjects(signed_in(other)) == ["Logged"]
    assert subjects(signed_in(request.created_by)) == [request.subject, "Logged"]


def test_nothing_of_another_newsroom_stands_anywhere(researcher):
    entry = logged(member(), subject="Theirs")
    client = signed_in(researcher)

    assert subjects(client) == []
    addresses = (f"/appeals/logged/{entry.pk}/", f"/appeals/log/?follows={entry.pk}")
    assert [client.get(one).status_code for one in addresses] == [404, 404]
    assert client.post(f"/appeals/logged/{entry.pk}/take-out/").status_code == 404


def test_five_fields_are_enough_and_the_next_keeps_the_city(researcher):
    answer = signed_in(researcher).post("/appeals/log/", LEAST | {"then": "next"})

    entry = LogEntry.objects.get()
    assert (entry.subject, entry.route, entry.filed_on) == ("Overtime of the police", "foic", None)
    assert answer.status_code == 303
    assert "place=Stamford%2C+CT" in answer["Location"]
    assert "subject" not in answer["Location"]


def test_all_of_it_is_kept_and_shown(researcher):
    more = {
        "filed": "March 2019",
        "decided": "9/4/2019",
        "requested": "2019",
        "agency": "Police Department",
        "docket": "FIC 2019-0123",
        "order_number": "Final Decision FIC 2019-0123",
        "answers": "denied",
        "claims-0-as_claimed": "§ 1-210(b)(3)",
        "claims-0-became": "rejected",
        "claims-0-passage": "The exemption does not apply.",
        "claims-0-page": "4",
    }

    answer = signed_in(researcher).post("/appeals/log/", LEAST | more)
    page = flat(signed_in(researcher).get(answer["Location"]))

    for words in (
        "March 2019", "September 4, 2019", "FIC 2019-0123", "Police Department", "A denial",
        "§ 1-210(b)(3)", "Rejected", "The exemption does not apply.", "page 4",
        "logged: no clock runs on it",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"filed": "some day"}, "“some day” is no date that we can read"),
        ({"outcome": ""}, "It is decided: choose the outcome."),
        ({"claims-0-became": "upheld"}, "Name the exemption that this is of"),
        ({"subject": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_logged(researcher, wrong, sentence):
    answer = signed_in(researcher).post("/appeals/log/", LEAST | wrong)

    assert answer.status_code == 422
    assert sentence in flat(answer)
    assert LogEntry.objects.count() == 0


def test_a_correction_begins_with_what_stands(researcher):
    entry = logged(researcher, subject="Overtime")
    client = signed_in(researcher)
    address = f"/appeals/logged/{entry.pk}/correct/"

    shown = client.get(address).context["form"]
    answer = client.post(address, LEAST | {"subject": "Overtime of 2018", "filed": "2019-03-04"})

    entry.refresh_from_db()
    assert (shown["filed"].value(), shown["place"].value()) == (entry.filed, "Stamford")
    assert (answer.status_code, entry.subject) == (303, "Overtime of 2018")


def test_a_further_step_is_proposed_with_its_request(researcher):
    entry = logged(researcher, subject="Overtime")
    client = signed_in(researcher)
    address = f"/appeals/log/?follows={entry.pk}"

    shown = client.get(address).context["form"]
    client.post(address, LEAST | {"body": "Superior Court"})

    court = LogEntry.objects.get(follows=entry)
    page = flat(client.get(f"/appeals/logged/{court.pk}/"))
    assert shown["subject"].value() == "Overtime"
    assert "Its steps" in page


def test_a_document_is_downloaded_by_the_newsroom_alone(researcher):
    file = SimpleUploadedFile("decision.html", b"<script>", "text/html")
    logged(researcher, files=(file,))
    address = f"/appeals/documents/{LogDocument.objects.get().pk}/"

    answer = signed_in(researcher).get(address)

    assert b"".join(answer) == b"<script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="decision.html"'
    assert signed_in(member()).get(address).status_code == 404
