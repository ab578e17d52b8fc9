"""The Inbox: what it shows, and one step to each thing a person does with mail."""

from typing import Any

import pytest
from django.urls import reverse

from requests_app.actions.mail import read_mail
from requests_app.forms.requests.recorded_acts import BINDINGS
from requests_app.models import Communication, EventKind, InboundMail, RecordsRequest, Role
from requests_app.policy.acts import ANSWERS
from requests_app.reply_addresses import reply_address
from tests.factories import CLERK, acting, member, submitted
from tests.inbound.messages import answer_to, bounce, message, taken_in
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db

SPAM = "Prize <prize@spam.example>"


def post(user: Any, name: str, *args: Any, **data: str) -> Any:
    return signed_in(user).post(reverse(name, args=args), data)


def see(user: Any, name: str, *args: Any, **query: str) -> str:
    answer = signed_in(user).get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def fetched(user: Any, name: str, pk: int) -> int:
    """The status of a download, read to its end as a browser does."""
    answer = signed_in(user).get(reverse(name, args=[pk]))
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.status_code


def asked_and_unsure() -> tuple[RecordsRequest, InboundMail]:
    """Mail from the clerk we wrote to, that names no request."""
    request = submitted()
    mail = taken_in(message(subject="A question", text="About the use-of-force reports: which?"))
    return request, mail


def test_the_inbox_shows_who_what_and_where_it_may_belong() -> None:
    request, mail = asked_and_unsure()

    page = see(request.created_by, "inbox")

    assert "City Clerk" in page
    assert "About the use-of-force reports: which?" in page
    assert 'data-key="1"' in page
    assert request.reference in page
    assert f"written with {CLERK}" in page
    assert mail.is_waiting


COUNT = '<span class="count" aria-hidden="true">{}</span><span class="for-readers">: {}</span>'


def test_the_menu_counts_what_waits() -> None:
    request, _ = asked_and_unsure()

    page = " ".join(see(request.created_by, "board").split())

    assert COUNT.format(1, "1 message to file") in page


def test_mail_that_is_found_and_that_nobody_has_read_is_marked() -> None:
    request = submitted()
    taken_in(answer_to(request, text="We have it."))

    assert '<span class="mark unread">unread</span>' in see(request.created_by, "inbox", q="have")
    read_mail.keep_as_correspondence(Communication.objects.get(), **acting(request))
    assert '<span class="mark unread">' not in see(request.created_by, "inbox", q="have")


def test_a_candidate_is_filed_by_one_button() -> None:
    request, mail = asked_and_unsure()

    answer = post(request.created_by, "mail_file", mail.pk, request=request.public_id)

    filed = Communication.objects.get(mail=mail)
    assert (answer.status_code, answer.url) == (303, reverse("inbox"))
    assert (filed.records_request, filed.filed_by) == (request, request.created_by)
    assert filed.event.by == request.created_by


def test_mail_is_filed_by_a_reference_that_is_written() -> None:
    request, _ = asked_and_unsure()
    mail = taken_in(message(subject="Hello", sender=SPAM, message_id="<2@x.example>"))

    wrong = post(request.created_by, "mail_file", mail.pk, reference="STAM-1999-0001")
    right = post(request.created_by, "mail_file", mail.pk, reference=request.reference.lower())

    assert wrong.status_code == 422
    assert "No request that you work on" in wrong.content.decode()
    assert right.status_code == 303
    assert Communication.objects.get(mail=mail).records_request == request


def test_junk_is_set_aside_seen_there_and_brought_back() -> None:
    request, mail = asked_and_unsure()
    user = request.created_by

    post(user, "mail_set_aside", mail.pk)
    assert "A question" not in see(user, "inbox")
    assert "A question" in see(user, "inbox", aside="")
    post(user, "mail_bring_back", mail.pk)

    assert "A question" in see(user, "inbox")


def test_search_finds_mail_filed_or_not() -> None:
    request, _ = asked_and_unsure()
    taken_in(answer_to(request, subject="Filed one", message_id="<3@x.example>"))

    assert "Filed one" in see(request.created_by, "inbox", q="filed one")
    assert "No mail has these words" in see(request.created_by, "inbox", q="zebra")


def test_a_reporter_is_offered_only_requests_they_may_see() -> None:
    request, mail = asked_and_unsure()
    other = member(newsroom=request.newsroom)

    assert request.reference not in see(other, "inbox")
    assert post(other, "mail_file", mail.pk, request=request.public_id).status_code == 404
    mail.refresh_from_db()
    assert mail.is_waiting


def test_filed_mail_is_read_by_who_may_see_its_request_alone() -> None:
    request = submitted()
    mail = taken_in(answer_to(request, files=[("a.csv", b"1,2")]))
    other, stranger = member(newsroom=request.newsroom), member(Role.ADMIN)
    file = mail.files.get()

    for name, pk in (
        ("mail_page", mail.pk),
        ("mail_raw", mail.pk),
        ("mail_file_download", file.pk),
    ):
        assert fetched(request.created_by, name, pk) == 200
        assert fetched(other, name, pk) == 404
        assert fetched(stranger, name, pk) == 404


def test_raw_mail_is_a_download_byte_for_byte() -> None:
    request = submitted()
    raw = answer_to(request)
    mail = taken_in(raw)

    answer = signed_in(request.created_by).get(reverse("mail_raw", args=[mail.pk]))

    assert b"".join(answer.streaming_content) == raw  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_html_is_sealed_and_fetches_nothing() -> None:
    request = submitted()
    html = '<p>Hello</p><img src="https://track.example/1.png"><script>alert(1)</script>'
    raw = (
        answer_to(request)
        .replace(b"text/plain", b"text/html")
        .replace(b"We have it.", html.encode())
    )
    mail = taken_in(raw)

    answer = signed_in(request.created_by).get(reverse("mail_html", args=[mail.pk]))

    page = answer.content.decode()
    assert "Hello" in page
    assert "track.example" not in page.replace("&", "")
    assert "alert" not in page
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_a_program_is_kept_apart_and_handed_out_to_an_admin_who_asks() -> None:
    request = submitted()
    mail = taken_in(
        answer_to(request, files=[("invoice.pdf", b"MZ" + b"\0" * 200), ("x.csv", b"1")])
    )
    admin = member(Role.ADMIN, request.newsroom)
    program = mail.files.get(name="invoice.pdf")

    assert program.quarantined == "Its content is a program."
    assert [a.name for a in mail.standing_communication().attachments.all()] == ["x.csv"]
    assert signed_in(admin).get(reverse("mail_file_download", args=[program.pk])).status_code == 404
    assert post(request.created_by, "mail_file_release", program.pk).status_code == 403
    released = post(admin, "mail_file_release", program.pk)
    assert b"".join(released.streaming_content).startswith(b"MZ")


def test_files_of_mail_taken_out_are_no_longer_the_requests() -> None:
    request = submitted()
    mail = taken_in(answer_to(request, files=[("a.csv", b"1,2")]))
    filed = mail.standing_communication()
    attachment = filed.attachments.get()

    post(request.created_by, "mail_take_out", filed.pk)

    url = reverse("attachment_download", args=[attachment.pk])
    assert signed_in(request.created_by).get(url).status_code == 404
    assert "was taken out" in see(request.created_by, "request_page", request.public_id)


ESTIMATE = """Dear Ms. Delgado,

The estimated cost to search for and copy these records is $180.00. Please let us know whether you
wish to proceed.

City Clerk
"""


def test_a_fee_estimate_is_suggested_confirmed_and_recorded_without_copying() -> None:
    request = submitted()
    taken_in(answer_to(request, text=ESTIMATE, files=[("estimate.csv", b"hours,6")]))
    filed = Communication.objects.get(records_request=request)
    page = see(request.created_by, "request_page", request.public_id)
    assert "Looks like a fee estimate, $180.00" in page
    act = reverse("record_act", args=[request.public_id, "fees-estimated"])
    link = f"{act}?mail={filed.pk}&reading=0"
    assert link.replace("&", "&amp;") in page

    form = signed_in(request.created_by).get(link).content.decode()
    assert 'value="180.00"' in form
    answer = signed_in(request.created_by).post(
        link, {"on": "2026-11-02", "channel": "email", "amount": "180.00"}
    )

    assert answer.status_code == 303
    event = request.events.get(kind=EventKind.FEES_ESTIMATED)
    filed.refresh_from_db()
    assert event.data["mail"] == filed.pk
    assert filed.suggestions[0]["settled"] == "confirmed"
    assert filed.suggestions[0]["event"] == event.pk
    assert Communication.objects.filter(records_request=request).count() == 1
    assert "Looks like" not in see(request.created_by, "request_page", request.public_id)


def test_a_reading_is_dismissed_and_that_is_kept() -> None:
    request = submitted()
    taken_in(answer_to(request, text=ESTIMATE))
    filed = Communication.objects.get(records_request=request)

    post(request.created_by, "reading_dismiss", filed.pk, "0")

    filed.refresh_from_db()
    assert filed.suggestions[0]["settled"] == "dismissed"
    assert "Looks like" not in see(request.created_by, "request_page", request.public_id)


@pytest.mark.parametrize("act", ANSWERS)
def test_an_answer_by_phone_or_post_takes_fewer_than_five_fields_and_its_scans(act: str) -> None:
    form = BINDINGS[act].form(records_request=submitted())

    must = {name for name, field in form.fields.items() if field.required}
    assert len(must) < 5, must
    assert {"on", "channel", "text", "files"} <= set(form.fields)


def test_an_operator_gives_held_mail_to_a_newsroom_that_then_matches_it() -> None:
    request = submitted()
    submitted(member())  # a second newsroom: now nobody can say whose it is
    mail = taken_in(message(subject=f"Re: {request.subject} [{request.reference}]"))
    assert mail.newsroom is None
    operator = member(is_staff=True)

    assert "Held mail" in see(operator, "mail_held")
    post(operator, "mail_give", mail.pk, newsroom=str(request.newsroom_id))

    assert Communication.objects.get(mail=mail).records_request == request


def test_held_mail_is_for_operators() -> None:
    assert signed_in(member(Role.ADMIN)).get(reverse("mail_held")).status_code == 403


def test_a_second_copy_is_read_by_who_may_read_the_first() -> None:
    request = submitted()
    taken_in(answer_to(request))
    copy = taken_in(b"X-Way: another\n" + answer_to(request))
    other = member(newsroom=request.newsroom)

    assert copy.duplicate_of is not None
    assert "the first copy" in see(request.created_by, "mail_page", copy.pk)
    assert fetched(other, "mail_page", copy.pk) == 404


def test_a_bounce_that_names_no_letter_is_settled_by_one_button() -> None:
    request = submitted()
    delivery = request.deliveries.get()
    mail = taken_in(bounce("<foreign@mx.example>", to=reply_address(request)))
    user = request.created_by

    for page in (see(user, "inbox"), see(user, "mail_page", mail.pk)):
        assert "which one is not certain" in page
        assert f"It came back: the letter to {delivery.to_name}, {CLERK}" in page
    answer = post(user, "mail_came_back", mail.pk, delivery=str(delivery.pk))

    delivery.refresh_from_db()
    assert (answer.status_code, answer.url) == (303, reverse("inbox"))
    assert (delivery.state, Communication.objects.get(mail=mail).event.by) == ("bounced", user)


@pytest.mark.parametrize("chosen", ["", "x", "0"])
def test_a_letter_that_is_not_there_did_not_come_back(chosen: str) -> None:
    request = submitted()
    mail = taken_in(bounce("<foreign@mx.example>", to=reply_address(request)))

    answer = post(request.created_by, "mail_came_back", mail.pk, delivery=chosen)

    mail.refresh_from_db()
    assert (answer.status_code, mail.is_waiting) == (404, True)
