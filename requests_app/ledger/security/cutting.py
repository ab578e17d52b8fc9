"""The security log lets go of its oldest entries, behind a cut that states which went.

A portion at a time, each in a transaction of its own: whoever signs in meanwhile waits for one
portion at most.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, Min, OuterRef, QuerySet

from requests_app.models import ChainEntry, ChainHead, SecurityEvent, SecurityLogCut
from requests_app.models.chain.chained_tables import SECURITY

PORTION = 5000


@dataclass(frozen=True, slots=True)
class OverAge:
    """What is to go of one log: its chain, and how many events that is."""

    chain: ChainHead
    events: int


def over_age(*, at: datetime, keep_days: int) -> list[OverAge]:
    """In each log of the desk: the entries at its beginning that are older, up to the first that
    is not."""
    heads = ChainHead.objects.filter(name__startswith=f"{SECURITY}-").order_by("pk")
    before = at - timedelta(days=keep_days)
    found = []
    for head in heads:
        going = _over_age_of(_entries(head), before=before)
        if events := going.filter(table="security").count():
            found.append(OverAge(head, events))
    return found


def cut(chain: ChainHead, *, at: datetime, keep_days: int) -> int:
    """How many events of that log went."""
    gone = 0
    while (went := _cut_once(chain, at=at, keep_days=keep_days)) is not None:
        gone += went
    return gone


@transaction.atomic
def _cut_once(chain: ChainHead, *, at: datetime, keep_days: int) -> int | None:
    """None where nothing is over age."""
    head = ChainHead.objects.select_for_update(no_key=True).get(pk=chain.pk)
    first = _entries(head).aggregate(first=Min("number"))["first"] or 1
    portion = _entries(head).filter(number__lt=first + PORTION)
    old = _over_age_of(portion, before=at - timedelta(days=keep_days))
    if not old.filter(table="security").exists():
        return None
    last = old.latest("number")
    going = _entries(head).filter(number__lte=last.number)  # and not the cut's own entry
    events = SecurityEvent.objects.filter(pk__in=_rows(going, "security"))
    cuts = SecurityLogCut.objects.filter(pk__in=_rows(going, "cut"))
    instants = [found.aggregate(newest=Max("at"))["newest"] for found in (events, cuts)]
    stated = SecurityLogCut(
        newsroom_id=head.newsroom_id,
        at=at,
        keep_days=keep_days,
        number=last.number,
        entries=last.number - first + 1,
        newest_at=max(instant for instant in instants if instant),
        head=last.hash,
    )
    stated.save()
    # The triggers let a row go for its entry, so the entries go last.
    count, _ = events.delete()
    cuts.delete()
    going.delete()
    return count


def _over_age_of(entries: QuerySet[ChainEntry], *, before: datetime) -> QuerySet[ChainEntry]:
    """Up to the first that is not old enough."""
    kept = min(_first_kept(entries, before), default=None)
    return entries if kept is None else entries.filter(number__lt=kept)


def _first_kept(entries: QuerySet[ChainEntry], before: datetime) -> Iterator[int]:
    """Of each kind of entry, the number of the first that is not old enough."""
    young: dict[str, QuerySet[Any]] = {
        "security": SecurityEvent.objects.filter(pk=OuterRef("row"), at__gt=before),
        "cut": SecurityLogCut.objects.filter(pk=OuterRef("row"), at__gt=before),
    }
    for table, rows in young.items():
        found = entries.filter(Exists(rows), table=table).order_by("number")
        first = found.values_list("number", flat=True).first()
        if first is not None:
            yield first


def _entries(head: ChainHead) -> QuerySet[ChainEntry]:
    return ChainEntry.objects.filter(chain=head)


def _rows(entries: QuerySet[ChainEntry], table: str) -> QuerySet[ChainEntry, int]:
    return entries.filter(table=table).values_list("row", flat=True)
