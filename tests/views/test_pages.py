"""What the pages say, and that what people typed is shown as text."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.actions.requests import city_acts
from requests_app.models import Attachment, Deadline, Newsroom, RecordsRequest, Role, User
from requests_app.policy.acts import ACTS
from requests_app.policy.clock_pill import pill_of
from tests.factories import NOW, TODAY, acting, draft, member, said, submitted
from tests.views.conftest import signed_in
from tests.views.world import build

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("x")</script>'


def _html(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_first_visit_founds_the_newsroom_and_signs_its_admin_in() -> None:
    client = Client()
    assert client.get("/").headers["Location"].startswith("/accounts/login/")
    assert client.get("/accounts/login/").headers["Location"] == "/setup/"

    founded = client.post(
        "/setup/",
        {
            "name": "The Ledger",
            "admin_name": "Ada Admin",
            "admin_email": "Ada@ledger.example",
            "admin_password": "look-around-freely",
        },
    )

    assert founded.headers["Location"] == "/"
    assert User.objects.get().membership.role == Role.ADMIN
    assert "Nothing has been asked yet" in _html(client, "/")


def test_setup_is_closed_once_there_is_a_newsroom() -> None:
    member()

    answer = Client().post("/setup/", {"name": "Another"})

    assert answer.headers["Location"] == "/"
    assert Newsroom.objects.count() == 1


def test_new_request_shows_the_fields_of_its_kind_and_the_offices_of_its_city() -> None:
    client = signed_in(member())

    page = _html(client, "/requests/new/?city=us-mo/kansas-city&kind=correction")

    assert 'name="what_is_wrong"' in page
    assert 'name="fee_limit"' not in page
    assert "Custodian of Records" in page


def test_new_request_begins_a_draft_with_its_letter() -> None:
    reporter = member()
    client = signed_in(reporter)
    told = {
        "city": "us-ct/stamford",
        "kind": "records",
        "office_role": "city_clerk",
        "subject": "Towing invoices",
        "what": "every towing invoice of 2025",
        "fee_limit": "50.00",
    }

    answer = client.post("/requests/new/", told)

    rr = RecordsRequest.objects.get()
    assert answer.headers["Location"] == f"/requests/{rr.public_id}/edit/"
    assert "every towing invoice of 2025" in rr.letter_text
    assert rr.particulars["fee_limit"] == "50.00"


def test_new_request_says_what_is_missing() -> None:
    answer = signed_in(member()).post("/requests/new/", {"kind": "records", "subject": "x"})

    assert answer.status_code == 422
    assert not RecordsRequest.objects.exists()


def test_what_people_typed_is_shown_as_text() -> None:
    reporter = member(name=HOSTILE)
    rr = submitted(reporter, subject=HOSTILE)
    city_acts.acknowledge(rr, reply=said(text=HOSTILE, city_reference=HOSTILE), **acting(rr))
    client = signed_in(reporter)

    for url in ("/", "/requests/", f"/requests/{rr.public_id}/", "/deliveries/"):
        page = _html(client, url)
        assert HOSTILE not in page
        assert "&lt;script&gt;" in page


def test_attachment_is_downloaded_and_never_shown() -> None:
    world = build()
    client = signed_in(world.people["reporter"])

    answer = client.get(reverse("attachment_download", args=[world.attachment.pk]))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="answer.html"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"  # type: ignore[attr-defined]
    answer.close()


def test_recording_an_answer_before_the_request_is_refused_on_the_form() -> None:
    rr = submitted()
    client = signed_in(rr.created_by)
    early = {"on": str(TODAY - timedelta(days=30)), "channel": "email"}

    answer = client.post(reverse("record_act", args=[rr.public_id, "denied"]), early)

    assert answer.status_code == 422
    assert "check the date" in answer.content.decode()
    rr.refresh_from_db()
    assert rr.state == "submitted"


def test_recording_a_denial_keeps_its_exemptions_and_offers_the_routes() -> None:
    rr = submitted()
    client = signed_in(rr.created_by)
    claimed = rr.city.statute.exemptions[0].citation
    told = {"on": str(TODAY), "channel": "email", "exemptions": [claimed], "text": "We decline."}

    client.post(reverse("record_act", args=[rr.public_id, "denied"]), told)

    page = _html(client, f"/requests/{rr.public_id}/")
    assert f"denied the request, claiming {claimed}" in page
    assert "We decline." in page
    assert "Appeal to the Freedom of Information Commission" in page


@pytest.mark.parametrize("act", sorted(ACTS))
def test_every_act_has_a_page_for_a_pending_request(act: str) -> None:
    rr = submitted()
    editor = member(Role.EDITOR, rr.newsroom)

    page = signed_in(editor).get(reverse("record_act", args=[rr.public_id, act]))

    assert page.status_code == 200
    assert ACTS[act].title in page.content.decode()


def test_files_that_came_with_an_answer_stand_in_the_ledger() -> None:
    world = build()

    page = _html(signed_in(world.people["researcher"]), f"/requests/{world.denied.public_id}/")

    assert Attachment.objects.get().name == "answer.html"
    assert "answer.html</a>" in page


def test_every_page_says_that_mail_is_practiced(settings: object) -> None:
    client = signed_in(member())
    settings.PRACTICE_MAIL = True  # type: ignore[attr-defined]
    assert "nothing leaves this machine" in _html(client, "/requests/")
    settings.PRACTICE_MAIL = False  # type: ignore[attr-defined]
    assert "nothing leaves this machine" not in _html(client, "/requests/")


def test_board_puts_each_request_in_one_section() -> None:
    reporter = member()
    late = submitted(reporter, at=NOW - timedelta(days=30), subject="Late one")
    draft(reporter, subject="My draft")
    waiting = submitted(
        reporter,
        kind="dataset",
        office_role="dataset_steward",
        subject="Waiting",
        particulars={"name_or_topic": "permits", "purpose": "to count"},
    )
    page = _html(signed_in(reporter), "/")

    sections = {name: page.find(f'id="{name}"') for name in ("late", "todo", "week", "waiting")}
    places = {rr.subject: page.find(rr.subject) for rr in (late, waiting)}
    assert sections["late"] < places["Late one"] < sections["todo"] < page.find("My draft")
    assert sections["week"] == -1
    assert places["Waiting"] > sections["waiting"]


def test_search_and_filters_narrow_the_list() -> None:
    reporter = member()
    draft(reporter, subject="Towing invoices")
    draft(
        reporter,
        subject="Fire overtime",
        city_slug="us-or/portland",
        office_role="records_custodian",
    )
    client = signed_in(reporter)

    found = _html(client, "/requests/?q=towing")
    in_portland = _html(client, "/requests/?city=us-or/portland")
    late = _html(client, "/requests/?late=1")

    assert ("Towing" in found, "Fire overtime" in found) == (True, False)
    assert ("Towing invoices" in in_portland, "Fire overtime" in in_portland) == (False, True)
    assert "Nothing fits" in late


def test_a_draft_shows_the_clock_it_would_start() -> None:
    rr = draft()

    page = _html(signed_in(rr.created_by), f"/requests/{rr.public_id}/edit/")

    # Filed on Monday, November 2; four business days after it.
    assert "If you file today" in page
    assert "Fri Nov 6" in page
    assert "§ 1-206(a)" in page


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 11, 20), "7 days left"),
        (date(2026, 11, 29), "perhaps until Mon Nov 30"),
        (date(2026, 12, 1), "window closed"),
    ],
)
def test_window_of_ours_is_not_called_closed_while_a_reading_holds(today: date, words: str):
    """Thirty days that end on a Sunday: file by the Friday; on another reading the Monday does."""
    window = Deadline(
        clock="appeal",
        whose="ours",
        status="running",
        due_on=date(2026, 11, 27),
        nominal_on=date(2026, 11, 29),
        latest_on=date(2026, 11, 30),
        citation="Conn. Gen. Stat. § 1-206(b)(1)",
    )

    assert pill_of(window, today=today).text == words


def test_reminder_that_has_come_is_no_closed_window() -> None:
    reminder = Deadline(
        clock="reminder",
        whose="ours",
        status="running",
        due_on=date(2026, 11, 11),
        is_reminder=True,
    )

    pill = pill_of(reminder, today=date(2026, 11, 21))

    assert (pill.tone, pill.text) == ("soon", "since Wed Nov 11")
