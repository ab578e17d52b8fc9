"""Mails of the desk to its people and messages to other programs go after their time."""

from datetime import date, timedelta
from typing import Any

import pytest

from requests_app.actions.privacy import notices, retention
from requests_app.actions.requests import ending
from requests_app.models import (
    MessageState,
    Notice,
    NoticeState,
    PersonalReminder,
    RecordsRequest,
    Reminder,
    ReminderKind,
    Webhook,
    WebhookMessage,
)
from tests.factories import NOW, TODAY, acting, in_state, member
from tests.inbound.messages import answer_to, taken_in

pytestmark = pytest.mark.django_db

DAYS = 365
AFTER = NOW + timedelta(days=DAYS + 1)


@pytest.fixture(autouse=True)
def _for_a_year(settings: Any) -> None:
    settings.KEEP_NOTICES_DAYS = DAYS


def reminder(request: RecordsRequest, **fields: Any) -> Notice:
    """Of the city's clock, sent."""
    said = {"kind": ReminderKind.CITY, "state": NoticeState.SENT, "on": TODAY, **fields}
    user = request.created_by
    notice = Notice.objects.create(
        user=user, records_request=request, message_id=f"<{Notice.objects.count()}@x.example>",
        created_at=NOW, **said,
    )  # fmt: skip
    Reminder.objects.create(
        notice=notice, user=user, records_request=request, clock="response", due_on=TODAY,
        step=f"late-{notice.pk}", step_on=TODAY,
    )  # fmt: skip
    return notice


def closed(request: RecordsRequest) -> RecordsRequest:
    ending.close(request, on=TODAY, **acting(request))
    return request


def left() -> set[int]:
    retention.purge(at=AFTER)
    return set(Notice.objects.values_list("pk", flat=True))


def test_a_reminder_goes_after_its_request_and_not_while_that_is_open() -> None:
    request = in_state("granted")
    notice = reminder(request)

    assert left() == {notice.pk}
    closed(request)
    assert left() == set()
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("state", [NoticeState.QUEUED, NoticeState.SENDING])
def test_what_is_on_its_way_stays(state: NoticeState) -> None:
    notice = reminder(closed(in_state("granted")), state=state)

    assert left() == {notice.pk}


def test_what_was_sent_since_stays() -> None:
    request = closed(in_state("granted"))
    notice = reminder(request)
    Notice.objects.filter(pk=notice.pk).update(created_at=AFTER - timedelta(days=DAYS - 1))

    assert left() == {notice.pk}


def test_a_reminder_that_somebody_set_and_has_not_done_is_not_told_twice() -> None:
    request = closed(in_state("granted"))
    notice = reminder(request, kind=ReminderKind.PERSONAL)
    own = PersonalReminder.objects.create(
        user=request.created_by, records_request=request, due_on=TODAY, note="Ask again."
    )

    assert left() == {notice.pk}
    PersonalReminder.objects.filter(pk=own.pk).update(done_at=NOW)
    assert left() == set()


def test_the_notice_of_an_unread_message_stays() -> None:
    request = in_state("granted")
    message = taken_in(answer_to(request)).standing_communication()
    Notice.objects.all().delete()
    notice = reminder(request, kind=ReminderKind.MESSAGE, communication=message)
    request.refresh_from_db()
    closed(request)

    assert left() == {notice.pk}


def test_the_last_digest_of_each_person_stays_as_the_next_begins_there() -> None:
    people = [member(), member()]
    made = [
        Notice.objects.create(
            user=user, kind=ReminderKind.DIGEST, on=TODAY + timedelta(days=day), created_at=NOW,
            state=NoticeState.SENT, message_id=f"<{user.pk}-{day}@x.example>",
        )
        for user in people
        for day in range(3)
    ]  # fmt: skip

    assert left() == {made[2].pk, made[5].pk}


def test_portions_leave_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "PORTION", 2)
    request = closed(in_state("granted"))
    for day in range(5):
        reminder(request, on=date(2026, 11, 2 + day))

    gone = retention.purge(at=AFTER)

    assert not Notice.objects.exists()
    assert [one.count for one in gone if one.words == notices.KINDS[0].words] == [5]


@pytest.mark.parametrize(
    ("state", "passed", "is_over", "stays"),
    [
        (MessageState.DELIVERED, True, True, False),
        (MessageState.FAILED, True, True, False),
        (MessageState.QUEUED, True, True, True),
        (MessageState.DELIVERED, False, True, True),
        (MessageState.DELIVERED, True, False, True),
    ],
)
def test_messages_to_other_programs(
    state: MessageState, passed: bool, is_over: bool, stays: bool
) -> None:
    request = in_state("granted")
    event = request.events.latest("pk")
    webhook = Webhook.objects.create(
        user=request.created_by, newsroom=request.newsroom, url="https://x.example/", made_at=NOW,
        through=event.pk if passed else event.pk - 1,
    )  # fmt: skip
    WebhookMessage.objects.create(
        webhook=webhook, event=event, state=state, not_before=NOW, made_at=NOW
    )
    if is_over:
        closed(request)

    retention.purge(at=AFTER)

    assert WebhookMessage.objects.exists() == stays


def test_zero_keeps_them_for_ever(settings: Any) -> None:
    settings.KEEP_NOTICES_DAYS = 0
    notice = reminder(closed(in_state("granted")))

    assert left() == {notice.pk}
