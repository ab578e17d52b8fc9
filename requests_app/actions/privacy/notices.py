"""Mail of the desk to its own people and messages to their programs, deleted after their time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from requests_app.actions.privacy.finished_requests import ended_before
from requests_app.models import (
    Communication,
    MessageState,
    Notice,
    NoticeState,
    PersonalReminder,
    RecordsRequest,
    ReminderKind,
    WebhookMessage,
)

SETTING = "KEEP_NOTICES_DAYS"
PORTION = 1000


@dataclass(frozen=True, slots=True)
class Kind:
    words: str
    due: Callable[[datetime], QuerySet]  # type: ignore[type-arg]


def let_go(kind: Kind, *, at: datetime) -> int:
    """How many went: a portion at a time, each a transaction of its own."""
    gone = 0
    while portion := _let_go_once(kind, at=at):
        gone += portion
    return gone


@transaction.atomic
def _let_go_once(kind: Kind, *, at: datetime) -> int:
    rows = kind.due(at).select_for_update(no_key=True, of=("self",), skip_locked=True)
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:PORTION])
    rows.model._default_manager.filter(pk__in=keys).delete()
    return len(keys)


def _before(at: datetime) -> datetime:
    return at - timedelta(days=settings.KEEP_NOTICES_DAYS)


def _ended(at: datetime) -> QuerySet[RecordsRequest]:
    ended: QuerySet[RecordsRequest] = RecordsRequest.objects.filter(
        ended_before(_before(at), at=at)
    )
    return ended


def _notices(at: datetime) -> QuerySet[Notice]:
    """Sent or given up. The last digest of each person stays: the next one begins where it ended.
    So does what tells a reminder or a message that still waits: it would be told once more."""
    past = [NoticeState.SENT, NoticeState.SILENT, NoticeState.FAILED]
    found = Notice.objects.filter(state__in=past, created_at__lte=_before(at))
    later = Notice.objects.filter(
        user=OuterRef("user"), kind=ReminderKind.DIGEST, on__gt=OuterRef("on"),
        state__in=[NoticeState.SENT, NoticeState.SILENT],
    )  # fmt: skip
    unread = Communication.objects.unread().filter(pk=OuterRef("communication"))
    waiting = PersonalReminder.objects.waiting().filter(
        user=OuterRef("user"), records_request=OuterRef("records_request")
    )
    is_digest = Q(kind=ReminderKind.DIGEST)
    of_a_request = Q(~is_digest, ~Q(Exists(unread)), ~Q(Exists(waiting)),
                     records_request__in=_ended(at))  # fmt: skip
    return found.filter((is_digest & Q(Exists(later))) | of_a_request)


def _webhook_messages(at: datetime) -> QuerySet[WebhookMessage]:
    """Settled, of entries that their webhook has passed: none is promised once more."""
    past = [MessageState.DELIVERED, MessageState.SILENT, MessageState.FAILED]
    found = WebhookMessage.objects.filter(
        state__in=past, made_at__lte=_before(at), event__lte=F("webhook__through")
    )
    return found.filter(event__records_request__in=_ended(at))


KINDS = (
    Kind("mails to the newsroom’s own people", _notices),
    Kind("messages to other programs", _webhook_messages),
)
