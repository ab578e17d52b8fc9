"""The bytes of messages, let go of after their time; what was read of them and their files stay.

1. In one transaction, of a portion: the messages and their requests are locked, what is held is
   left out, and a `RawMailRemoval` in the hash chain states each that goes.
2. Half a day later the disk loses them: a backup that was begun before has read them by then.
Dying anywhere leaves statements whose files are still to be removed: the next run does that.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from requests_app.actions.privacy import finished_requests
from requests_app.actions.privacy.finished_requests import ENDINGS, Hold
from requests_app.mail import Kind
from requests_app.models import (
    Appeal,
    Communication,
    Event,
    Exhibit,
    InboundMail,
    RawMailRemoval,
    RecordsRequest,
    Stage,
)
from requests_app.storage import content
from requests_app.storage.erased_files import remove_erased

PORTION = 500
# For so long after it was stated the disk keeps what goes: no backup takes longer.
LONGEST_BACKUP = timedelta(hours=12)
# Written by machines of themselves. A receipt and what comes through a portal may be the city's
# own word on the request.
NOTICES = Q(kind__in=[Kind.BOUNCE, Kind.DELIVERY_REPORT, Kind.OURS]) | Q(
    kind=Kind.AUTO_REPLY, is_receipt=False, portal=""
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Which messages go by which setting."""

    words: str
    setting: str
    of: Q

    @property
    def days(self) -> int:
        return int(getattr(settings, self.setting))


RULES = (
    Rule("messages, of which the bytes go", "KEEP_RAW_MAIL_DAYS", ~NOTICES),
    Rule("notices of machines, of which the bytes go", "KEEP_NOTICES_DAYS", NOTICES),
)


@dataclass(frozen=True, slots=True)
class Staying:
    """How many stay for one reason."""

    words: str
    why: str
    count: int


def count_due(rule: Rule, *, at: datetime) -> int:
    return _due(rule, at=at).count()


def why_others_stay(rule: Rule, *, at: datetime) -> list[Staying]:
    """Each message that stays is counted once, under its weightiest reason."""
    cases = [When(hold.of, then=Value(hold.why)) for hold in _holds(rule, at=at)]
    why = Case(*cases, default=Value(""), output_field=CharField())
    found = _kept(rule).annotate(why=why).exclude(why="").order_by("why")
    counted = dict(found.values_list("why").annotate(count=Count("pk")))
    order = [hold.why for hold in _holds(rule, at=at)]
    return [Staying(rule.words, one, counted[one]) for one in order if one in counted]


def let_go(rule: Rule, *, at: datetime) -> int:
    """How many were stated. A portion at a time, each a transaction of its own."""
    gone, last = 0, 0
    while portion := list(
        _due(rule, at=at).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PORTION]
    ):
        gone += _state(rule, portion, at=at)
        last = portion[-1]
    return gone


def remove_stated(*, at: datetime) -> int:
    """From the disk, what was stated half a day ago. Bytes that came again since wait as long; what
    another row has under the same name stays where it lies."""
    removed, last = 0, 0
    stated = RawMailRemoval.objects.on_disk().filter(at__lte=at - LONGEST_BACKUP).order_by("pk")
    while portion := list(stated.filter(pk__gt=last).select_related("mail")[:PORTION]):
        old = [one for one in portion if not _came_again(one, at=at)]
        remove_erased(str(one.mail.raw) for one in old)
        rows = RawMailRemoval.objects.filter(pk__in=[one.pk for one in old])
        removed += rows.on_disk().update(removed_at=at)
        last = portion[-1].pk
    return removed


def _came_again(stated: RawMailRemoval, *, at: datetime) -> bool:
    """Whether the bytes were written anew, so that a row for them may be about to be committed."""
    path = content.local_path(str(stated.mail.raw))
    if not path.exists():
        return False
    return path.stat().st_mtime > (at - LONGEST_BACKUP).timestamp()


@transaction.atomic
def _state(rule: Rule, portion: Sequence[int], *, at: datetime) -> int:
    """Nothing of it moves while this decides: who files, reopens or erases waits, or was first."""
    related = _related(portion)
    mails = InboundMail.objects.select_for_update(no_key=True, of=("self",))
    list(mails.filter(pk__in=related).order_by("pk").values_list("pk", flat=True))
    filed = Communication.objects.filter(mail__in=related)
    requests = RecordsRequest.objects.select_for_update(no_key=True, of=("self",))
    named = filed.values_list("records_request", flat=True)
    list(requests.filter(pk__in=set(named)).order_by("pk").values_list("pk", flat=True))
    due = _due(rule, at=at).filter(pk__in=portion)
    going = list(due.only("sha256", "size", "duplicate_of").order_by("pk"))
    counted_from = _counted_from(going)
    RawMailRemoval.objects.bulk_create(
        RawMailRemoval(
            mail=mail,
            at=at,
            setting=rule.setting,
            keep_days=rule.days,
            counted_from=counted_from[mail.pk],
            sha256=mail.sha256,
            size=mail.size,
        )
        for mail in going
    )
    return len(going)


def _related(portion: Iterable[int]) -> set[int]:
    """With those of the same bytes, and those of which they are copies."""
    rows = InboundMail.objects.filter(pk__in=portion)
    same = InboundMail.objects.filter(sha256__in=rows.values("sha256"))
    found = same.values_list("pk", "duplicate_of")
    return {key for keys in found for key in keys if key is not None}


def _counted_from(going: Sequence[InboundMail]) -> dict[int, datetime]:
    """Of each, the latest of: it came, it was filed or set aside, its request ended."""
    related = _related([mail.pk for mail in going])
    ended = dict(
        Event.objects.filter(
            kind__in=ENDINGS,
            records_request__in=Communication.objects.filter(mail__in=related).values(
                "records_request"
            ),
        )
        .values_list("records_request")
        .annotate(Max("recorded_at"))
    )
    copies: dict[str, set[int]] = defaultdict(set)
    latest: dict[int, datetime] = {}
    for mail in InboundMail.objects.filter(pk__in=related).defer("text", "said", "html"):
        copies[mail.sha256] |= {mail.pk, mail.duplicate_of_id or mail.pk}
        latest[mail.pk] = max(mail.arrived_at, mail.set_aside_at or mail.arrived_at)
    filed = Communication.objects.filter(mail__in=related)
    for key, request, filed_at in filed.values_list("mail", "records_request", "filed_at"):
        latest[key] = max(latest[key], filed_at, ended.get(request, filed_at))
    return {mail.pk: max(latest[copy] for copy in copies[mail.sha256]) for mail in going}


def _kept(rule: Rule) -> QuerySet[InboundMail]:
    return InboundMail.objects.filter(rule.of, erased_at=None, raw_removal=None)


def _due(rule: Rule, *, at: datetime) -> QuerySet[InboundMail]:
    old = _kept(rule).filter(arrived_at__lte=at - timedelta(days=rule.days))
    return old.filter(~finished_requests.any_of(_holds(rule, at=at)))


def _holds(rule: Rule, *, at: datetime) -> tuple[Hold, ...]:
    """Of messages, the weightiest first."""
    before = at - timedelta(days=rule.days)
    mails, filed = InboundMail.objects, Communication.objects
    exhibits = Exhibit.objects.filter(appeal__in=Appeal.objects.undecided())
    young = Q(arrived_at__gt=before) | Q(set_aside_at__gt=before)
    return (
        Hold(
            "it could not be read, or is not read yet: its bytes are all there is of it",
            _any_copy(mails.exclude(stage=Stage.READ)),
        ),
        Hold("it waits in the Inbox", _any_copy(mails.waiting())),
        Hold("nobody has said what it means", _any_copy(filed.unread(), "mail__")),
        Hold(
            "it is an exhibit of an appeal that is not decided",
            _any_copy(exhibits, "communication__mail__"),
        ),
        *(
            Hold(
                hold.why,
                _any_copy(
                    filed.filter(records_request__in=RecordsRequest.objects.filter(hold.of)),
                    "mail__",
                ),
            )
            for hold in finished_requests.holds(at=at, before=before)
        ),
        Hold(
            "it came, or was filed or set aside, not long enough ago",
            _any_copy(mails.filter(young)) | _any_copy(filed.filter(filed_at__gt=before), "mail__"),
        ),
    )


def _any_copy(rows: QuerySet[Any, Model], to_mail: str = "") -> Q:
    """Whether any of them is of the message, of its twin in the same bytes, or of the message whose
    copy one of these is. Two questions, as each has its index."""
    same = {f"{to_mail}sha256": OuterRef("sha256")}
    first = {f"{to_mail}duplicates__sha256": OuterRef("sha256")}
    return Q(Exists(rows.filter(**same))) | Q(Exists(rows.filter(**first)))
