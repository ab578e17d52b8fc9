"""What somebody leaves open when they no longer work here: each thing with whose page shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from requests_app.models import (
    ApiToken,
    Appeal,
    CalendarFeed,
    CodingAssignment,
    Delivery,
    Invitation,
    PersonalReminder,
    RecordsRequest,
    User,
    Webhook,
)
from requests_app.vocabulary.states import UNFILED

SHOWN = 200  # of each kind; how many there are is said


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request of theirs and what about it waits."""

    request: RecordsRequest
    waits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """`requests`: theirs by assignment, or begun by them and assigned to nobody. The rest are
    counts; `keys` end with the account, for as long as it cannot sign in."""

    requests: tuple[OpenRequest, ...]
    request_count: int
    codings: int
    invitations: int
    reminders: int
    keys: int

    @property
    def is_any(self) -> bool:
        counts = (self.request_count, self.codings, self.invitations, self.reminders, self.keys)
        return any(counts)


def left_open_by(user: User, *, at: datetime) -> LeftOpen:
    theirs = RecordsRequest.objects.open().filter(
        Q(assigned_to=user) | Q(assigned_to=None, created_by=user)
    )
    shown = list(theirs.order_by("reference")[:SHOWN])
    waits = _waits(shown)
    keys = (
        ApiToken.objects.filter(user=user, ended_at=None, expires_at__gt=at).count()
        + CalendarFeed.objects.filter(user=user).count()
        + Webhook.objects.filter(user=user, ended_at=None).count()
    )
    return LeftOpen(
        requests=tuple(OpenRequest(one, tuple(waits[one.pk])) for one in shown),
        request_count=theirs.count() if len(shown) == SHOWN else len(shown),
        codings=CodingAssignment.objects.filter(coder=user, ended_at=None).count(),
        invitations=Invitation.objects.working(at=at).filter(invited_by=user).count(),
        reminders=PersonalReminder.objects.waiting().filter(user=user).count(),
        keys=keys,
    )


def _waits(requests: list[RecordsRequest]) -> dict[int, list[str]]:
    """What stands on each in words, in three queries."""
    found: dict[int, list[str]] = {one.pk: [] for one in requests}
    for one in requests:
        if one.state in UNFILED:
            found[one.pk].append(one.get_state_display().lower())
    for delivery in Delivery.objects.filter(records_request__in=requests).needs_a_person():
        found[delivery.records_request_id].append(
            f"a letter stands at “{delivery.get_state_display().lower()}”"
        )
    for appeal in Appeal.objects.undecided().filter(records_request__in=requests):
        found[appeal.records_request_id].append(
            f"an appeal is {appeal.get_state_display().lower()}"
        )
    unread = RecordsRequest.objects.filter(
        pk__in=found,
        communications__is_to_be_read=True,
        communications__taken_out_at=None,
        communications__read_at=None,
    ).distinct()
    for pk in unread.values_list("pk", flat=True):
        found[pk].append("nobody said what the city wrote")
    return found
