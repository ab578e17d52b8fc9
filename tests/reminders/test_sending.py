"""What becomes of a mail, by what a real mail server does, and by when the worker dies."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from requests_app.models import Notice, NoticeState, RecordsRequest, Role, User
from requests_app.reminders.mails import outbox
from requests_app.reminders.mails.send_notices import send_due
from requests_app.reminders.planning.morning_round import plan
from tests.delivery.smtp_server import HANG_UP, Script, free_port, point_at, smtp_server
from tests.factories import member, submitted
from tests.reminders.conftest import FRIDAY
from tests.reminders.desk import morning, used_to_it

pytestmark = pytest.mark.django_db
S = NoticeState


def sent_through(settings: Any, at: datetime = FRIDAY, /, **answers: str) -> Script:
    with smtp_server(settings, Script(**answers)) as server:
        send_due(now=lambda: at)
    return server


def state_of(notice: Notice) -> str:
    notice.refresh_from_db()
    return notice.state


def test_reminder_is_sent_with_its_headers(notice: Notice, settings: Any) -> None:
    server = sent_through(settings)

    [mail] = server.messages
    assert state_of(notice) == S.SENT
    assert notice.sent_at == FRIDAY
    assert mail["To"] == notice.user.email
    assert mail["Message-ID"] == notice.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Precedence"] is None
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip().startswith(f"<{settings.BASE_URL}/unsubscribe/")
    thread = mail["References"].strip()
    assert thread == mail["In-Reply-To"].strip() != notice.message_id
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_nothing_secret_stands_in_the_subject(notice: Notice, settings: Any) -> None:
    [mail] = sent_through(settings).messages

    assert mail["Subject"] == "STAM-2026-0001: the city’s answer is due today"


def test_mails_of_a_request_stand_in_one_thread(
    request_of_hers: RecordsRequest, rosa: User, settings: Any
) -> None:
    other = submitted(rosa, subject="Another")
    plan(at=FRIDAY)
    plan(at=morning(11, 9))

    mails = sent_through(settings, morning(11, 9)).messages

    threads = {mail["References"] for mail in mails}
    assert (len(mails), len(threads)) == (4, 2)
    assert other.reference in "".join(mail["Subject"] for mail in mails)


def test_a_second_run_sends_nothing(notice: Notice, settings: Any) -> None:
    sent_through(settings)

    assert sent_through(settings, FRIDAY + timedelta(hours=1)).messages == []


def test_a_claim_is_taken_once(notice: Notice) -> None:
    assert outbox.claim(notice.pk, at=FRIDAY) is not None
    assert outbox.claim(notice.pk, at=FRIDAY) is None


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_later_means_another_try_with_the_same_message_id(
    notice: Notice, settings: Any, step: str
) -> None:
    sent_through(settings, **{step: "451 4.3.0 try later"})
    assert state_of(notice) == S.QUEUED
    assert "451" in notice.last_answer

    assert len(sent_through(settings, FRIDAY).messages) == 0  # not before its time
    [mail] = sent_through(settings, FRIDAY + timedelta(minutes=2)).messages
    assert mail["Message-ID"] == notice.message_id


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_refusal_stops_in_sight_and_can_be_tried_again(
    notice: Notice, settings: Any, step: str
) -> None:
    sent_through(settings, **{step: "550 5.1.1 no such mailbox"})
    assert state_of(notice) == S.FAILED
    assert "550" in notice.last_answer

    outbox.try_again(Notice.objects.all(), at=FRIDAY)
    assert len(sent_through(settings).messages) == 1
    assert state_of(notice) == S.SENT


def test_a_server_that_is_away_costs_one_try_and_loses_nothing(
    notice: Notice, rosa: User, settings: Any
) -> None:
    plan(at=FRIDAY)
    Notice.objects.create(
        user=rosa, kind="personal", records_request=notice.records_request, on=FRIDAY.date(),
        message_id="<second@desk>", not_before=FRIDAY,
    )  # fmt: skip
    point_at(settings, free_port())

    assert send_due(now=lambda: FRIDAY) == 1
    assert state_of(notice) == S.QUEUED
    assert len(sent_through(settings, FRIDAY + timedelta(minutes=2)).messages) == 1


def test_it_gives_up_in_sight_after_the_last_try(notice: Notice, settings: Any) -> None:
    settings.DELIVERY_MAX_ATTEMPTS = 2
    sent_through(settings, MAIL="451 later")
    sent_through(settings, FRIDAY + timedelta(hours=12), MAIL="451 later")

    assert state_of(notice) == S.FAILED


def test_a_line_that_breaks_at_the_end_is_sent_once_more_and_no_more(
    notice: Notice, settings: Any
) -> None:
    first = sent_through(settings, DATA=HANG_UP)
    assert state_of(notice) == S.QUEUED
    second = sent_through(settings, FRIDAY + timedelta(hours=1), DATA=HANG_UP)

    assert state_of(notice) == S.FAILED
    assert "may have arrived" in notice.last_answer
    [one, two] = first.messages + second.messages
    assert one["Message-ID"] == two["Message-ID"]


def test_a_worker_that_died_before_the_server_had_it_is_made_up(
    notice: Notice, settings: Any
) -> None:
    outbox.claim(notice.pk, at=FRIDAY)
    later = FRIDAY + timedelta(seconds=settings.DELIVERY_LEASE_SECONDS + 1)

    assert sent_through(settings, later).messages == []  # it waits a minute
    [mail] = sent_through(settings, later + timedelta(minutes=2)).messages

    assert mail["Message-ID"] == notice.message_id
    assert (state_of(notice), notice.doubts) == (S.SENT, 0)


def test_a_worker_that_died_while_giving_it_sends_it_once_more(
    notice: Notice, settings: Any
) -> None:
    for number in range(2):
        at = FRIDAY + timedelta(hours=number)
        claimed = outbox.claim(notice.pk, at=at)
        assert claimed is not None
        assert outbox.mark_handed(claimed, at=at)
        outbox.release_stuck(at=at + timedelta(minutes=30))
        assert state_of(notice) == (S.QUEUED if number == 0 else S.FAILED)


def test_a_worker_whose_claim_was_lost_gives_nothing(notice: Notice) -> None:
    mine = outbox.claim(notice.pk, at=FRIDAY)
    assert mine is not None
    outbox.release_stuck(at=FRIDAY + timedelta(hours=1))
    theirs = outbox.claim(notice.pk, at=FRIDAY + timedelta(hours=2))
    assert theirs is not None

    assert not outbox.mark_handed(mine, at=FRIDAY + timedelta(hours=2))
    assert not outbox.mark_sent(mine, at=FRIDAY + timedelta(hours=2))
    assert outbox.mark_handed(theirs, at=FRIDAY + timedelta(hours=2))


def test_a_mail_that_cannot_be_written_stops_no_other(
    notice: Notice, settings: Any, monkeypatch: Any
) -> None:
    newsroom = notice.user.membership.newsroom
    submitted(used_to_it(member(newsroom=newsroom, name="Tom"), digest=False))
    plan(at=FRIDAY)
    from requests_app.reminders.mails import send_notices

    whole = send_notices.message_for

    def broken(one: Notice, *, at: datetime) -> Any:
        if one.pk == notice.pk:
            raise RuntimeError("no such template")
        return whole(one, at=at)

    monkeypatch.setattr(send_notices, "message_for", broken)

    [mail] = sent_through(settings).messages
    assert mail["To"] != notice.user.email
    assert state_of(notice) == S.QUEUED
    assert "no such template" in notice.last_answer


def test_a_name_cannot_begin_a_header(request_of_hers: RecordsRequest, settings: Any) -> None:
    type(request_of_hers).objects.filter(pk=request_of_hers.pk).update(
        reference="STAM\r\nBcc: all@example.org"
    )
    plan(at=FRIDAY)

    [mail] = sent_through(settings).messages
    assert mail["Bcc"] is None
    assert mail["Subject"].strip().startswith("STAM Bcc: all@example.org: ")


def test_an_editors_mail_says_whose_request_it_is(rosa: User, settings: Any) -> None:
    grace = member(Role.EDITOR, rosa.membership.newsroom, name="Grace")
    used_to_it(grace, digest=False)
    submitted(rosa)
    plan(at=morning(11, 16))

    mails = sent_through(settings, morning(11, 16)).messages

    [to_grace] = [mail for mail in mails if mail["To"] == grace.email]
    text = to_grace.get_body(("plain",)).get_content()
    assert "5 business days late" in to_grace["Subject"]
    assert "The request is Rosa Delgado’s." in text
