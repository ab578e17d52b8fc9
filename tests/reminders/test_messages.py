"""A message of the city's is told at once to whose request it is, by a mail that only links."""

from datetime import timedelta
from typing import Any

import pytest

from requests_app.actions.mail import file_mail, read_mail
from requests_app.actions.newsroom import people, reminders
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    Communication,
    InboundMail,
    Notice,
    NoticeState,
    RecordsRequest,
    ReminderKind,
    Role,
    User,
)
from requests_app.reminders.mails.send_notices import send_due
from requests_app.reminders.planning import message_notices
from requests_app.reminders.planning.morning_round import plan
from tests.delivery.smtp_server import Script, smtp_server
from tests.factories import NOW, acting, member, submitted
from tests.inbound.messages import answer_to, message, out_of_office, taken_in
from tests.reminders.conftest import FRIDAY
from tests.reminders.desk import used_to_it, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(request_of_hers: RecordsRequest) -> InboundMail:
    return taken_in(answer_to(request_of_hers, subject="Your request", text="It is denied."))


def sent(settings: Any) -> list[Any]:
    with smtp_server(settings, Script()) as server:
        send_due(now=lambda: NOW)
    return server.messages


def mailed() -> list[tuple[str, str]]:
    """Who has, or is to have, a mail of which kind."""
    rows = Notice.objects.exclude(state=NoticeState.SILENT).order_by("pk")
    return list(rows.values_list("user__name", "kind"))


def test_the_owner_has_a_mail_at_once_that_says_who_wrote_about_what(
    mail: InboundMail, request_of_hers: RecordsRequest, settings: Any
) -> None:
    [letter] = sent(settings)

    text = letter.get_body(("plain",)).get_content()
    assert letter["To"] == request_of_hers.created_by.email
    assert letter["Subject"] == f"{request_of_hers.reference}: Stamford wrote"
    assert "Stamford wrote about your request, on Monday, November 2, 2026." in text
    assert "From: City Clerk <clerk@stamford.example>" in text
    assert "Subject: Your request" in text
    assert f"/messages/{mail.communications.get().pk}/" in text
    assert f"/requests/{request_of_hers.public_id}/" in text
    assert "It is denied." not in letter.as_string()


def test_it_is_sent_once(mail: InboundMail, settings: Any) -> None:
    assert len(sent(settings)) == 1
    assert sent(settings) == []


def test_a_strangers_subject_is_only_words(request_of_hers: RecordsRequest, settings: Any) -> None:
    taken_in(answer_to(request_of_hers, subject="<img src=x> Click"))

    [letter] = sent(settings)

    page = letter.get_body(("html",)).get_content()
    assert "<img" not in page
    assert "&lt;img src=x&gt; Click" in page


def test_an_automatic_reply_is_told_to_nobody(request_of_hers: RecordsRequest) -> None:
    taken_in(out_of_office(request_of_hers))

    assert mailed() == []


def test_the_mail_is_promised_with_the_filing_or_not_at_all(
    request_of_hers: RecordsRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = answer_to(request_of_hers)

    def dies(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(message_notices, "promise", dies)
    with pytest.raises(KeyboardInterrupt):
        taken_in(raw)

    assert not Communication.objects.exists()
    assert mailed() == []


def test_who_files_it_is_not_told_what_they_have_just_seen(rosa: User) -> None:
    _file_by_hand(rosa, by=rosa)

    assert mailed() == []


def test_who_has_the_request_is_told_what_a_colleague_filed(rosa: User) -> None:
    _file_by_hand(rosa, by=member(Role.EDITOR, rosa.membership.newsroom))

    assert mailed() == [("Rosa Delgado", "message")]


def _file_by_hand(owner: User, *, by: User) -> None:
    request = submitted(owner)
    waiting = taken_in(message(sender="Somebody <who@example.com>"))
    file_mail.file_communication(waiting, request, by=Attribution(by, NOW))


def test_who_does_not_want_it_has_no_mail(mail: InboundMail, rosa: User, settings: Any) -> None:
    reminders.choose(by=rosa, message=False)

    assert sent(settings) == []
    assert mailed() == []


def test_its_own_link_stops_it(mail: InboundMail, rosa: User, settings: Any) -> None:
    reminders.unsubscribe(user_id=rosa.pk, kind=ReminderKind.MESSAGE)

    assert sent(settings) == []


def test_somebody_who_works_here_no_longer_has_no_mail(
    mail: InboundMail, rosa: User, settings: Any
) -> None:
    User.objects.filter(pk=rosa.pk).update(is_active=False)

    assert sent(settings) == []


def test_who_may_not_see_the_request_any_more_has_no_mail(
    mail: InboundMail, rosa: User, settings: Any
) -> None:
    elsewhere = member().membership.newsroom
    rosa.membership.newsroom = elsewhere
    rosa.membership.save()

    assert sent(settings) == []


def test_who_gave_the_request_away_has_no_mail(
    mail: InboundMail, rosa: User, request_of_hers: RecordsRequest, settings: Any
) -> None:
    editor = member(Role.EDITOR, rosa.membership.newsroom)
    other = member(newsroom=rosa.membership.newsroom)
    people.assign(request_of_hers, to=other, by=Attribution(editor, NOW))

    assert sent(settings) == []


def test_what_was_read_before_the_mail_left_is_not_told(
    mail: InboundMail, request_of_hers: RecordsRequest, settings: Any
) -> None:
    read_mail.keep_as_correspondence(Communication.objects.get(), **acting(request_of_hers))

    assert sent(settings) == []


def test_what_was_taken_out_before_the_mail_left_is_not_told(
    mail: InboundMail, request_of_hers: RecordsRequest, settings: Any
) -> None:
    file_mail.take_out(Communication.objects.get(), **acting(request_of_hers))

    assert sent(settings) == []


def test_the_digest_does_not_say_it_again_to_whom_it_was_mailed(
    mail: InboundMail, rosa: User, settings: Any
) -> None:
    editor = used_to_it(member(Role.EDITOR, rosa.membership.newsroom, name="Grace"))
    used_to_it(rosa, digest=True)
    sent(settings)
    plan(at=FRIDAY)

    assert _in_digest_of(editor) == 1
    assert _in_digest_of(rosa) == 0


def test_the_digest_says_it_to_whom_it_was_not_mailed(
    mail: InboundMail, rosa: User, settings: Any
) -> None:
    used_to_it(rosa, digest=True, message=False)
    sent(settings)
    plan(at=FRIDAY)

    assert _in_digest_of(rosa) == 1


def _in_digest_of(user: User) -> int:
    notice = Notice.objects.select_related("user").get(user=user, kind=ReminderKind.DIGEST)
    Notice.objects.filter(pk=notice.pk).update(created_at=NOW + timedelta(hours=1))
    notice.refresh_from_db()
    return words_of(notice, at=FRIDAY).count("Message from the city")
