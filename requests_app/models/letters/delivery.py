"""One sending of one letter. The row is the promise; the worker only hurries it."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from django.db import models
from django.db.models.functions import Left, Lower
from django.utils import timezone

if TYPE_CHECKING:
    from requests_app.models.requests.appeal import Appeal
    from requests_app.models.requests.records_request import RecordsRequest
from requests_app.models.letters.letter import Letter
from requests_app.models.newsroom.people import User
from requests_app.vocabulary.channels import Channel
from requests_app.vocabulary.states import (
    KEEPS_COPIES,
    MAY_HAVE_LEFT,
    NEEDS_A_PERSON,
    RETRIABLE,
    WAITING,
    DeliveryState,
)

# Read aloud or typed by nobody; in lower case, as some servers make every address.
RETURN_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
RETURN_LENGTH = 24  # letters of five bits: 120 bits, which nobody guesses


def new_return_token() -> str:
    """What makes a return path the one of this sending; see `requests_app.return_paths`."""
    return "".join(secrets.choice(RETURN_ALPHABET) for _ in range(RETURN_LENGTH))


class UndeclaredMoveError(Exception):
    """Somebody tried to move a delivery past the moves that are declared for it."""


class DeliveryMove(Protocol):
    """What `delivery.outbox.moves` declares: from which states to which."""

    @property
    def sources(self) -> tuple[DeliveryState, ...]: ...

    @property
    def target(self) -> DeliveryState: ...


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Which sendings need somebody, and which the worker may take.

    A state is written through `moving` alone, so that no sending leaves a state by a way that is
    not declared.
    """

    _target: DeliveryState | None = None

    def moving(self, move: DeliveryMove) -> Self:
        """Those that the move may begin with, and that may be updated to where it ends."""
        rows = self.filter(state__in=move.sources)
        rows._target = move.target
        return rows

    def update(self, **fields: Any) -> int:
        if "state" in fields and fields["state"] != self._target:
            raise UndeclaredMoveError(
                f"A delivery goes to {fields['state']!r} by a move of delivery.outbox.moves alone."
            )
        return super().update(**fields)

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._target = self._target
        return clone

    def due(self, *, at: datetime) -> "DeliveryQuerySet":
        return self.filter(state=DeliveryState.QUEUED, not_before__lte=at)

    def stuck(self, *, at: datetime) -> "DeliveryQuerySet":
        """Claimed by a worker that has not been heard of for longer than it may be silent."""
        silent = models.Q(leased_until__lt=at) | models.Q(leased_until__isnull=True)
        return self.filter(silent, state=DeliveryState.SENDING)

    def waiting(self) -> "DeliveryQuerySet":
        return self.filter(state__in=WAITING)

    def needs_a_person(self) -> "DeliveryQuerySet":
        return self.filter(state__in=NEEDS_A_PERSON)

    def settled(self) -> "DeliveryQuerySet":
        """Neither waiting nor in need of anybody."""
        return self.exclude(state__in=(*WAITING, *NEEDS_A_PERSON))


class Delivery(models.Model):
    """One letter on its way by one channel. `delivery.outbox` alone moves its state.

    Enclosures that are too much for one message go in several: each is a row of its own, with its
    own Message-ID, so that none is lost or doubled. The first carries the letter.
    """

    records_request: models.ForeignKey["RecordsRequest"] = models.ForeignKey(
        "RecordsRequest", on_delete=models.PROTECT, related_name="deliveries"
    )
    appeal: models.ForeignKey["Appeal | None"] = models.ForeignKey(
        "Appeal", on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=20, choices=Channel.choices)
    to_name = models.CharField(max_length=200)
    to = models.TextField("address, of the channel's kind", blank=True)
    copies = models.JSONField("addresses that have a copy", default=list, blank=True)
    state = models.CharField(max_length=20, choices=DeliveryState.choices)
    first_part: models.ForeignKey["Delivery | None"] = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="other_parts"
    )
    part = models.PositiveSmallIntegerField(default=1)
    parts = models.PositiveSmallIntegerField(default=1)
    files = models.ManyToManyField("requests_app.Attachment", related_name="+", blank=True)
    # Made before the first try, so that a message in doubt can be looked for on the server.
    message_id = models.CharField(max_length=200, unique=True)
    # Made with the Message-ID and exchanged with it: all tries of one message go under one.
    return_token = models.CharField(max_length=40, unique=True, default=new_return_token)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    # Its turn at the recipient's host, where more wait than go in a minute.
    turn_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    # Until when the worker that claimed it need not be heard of.
    leased_until = models.DateTimeField(null=True, blank=True)
    # Set just before the server is given the message: a crash after this moment leaves a doubt.
    handed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    confirmation = models.CharField("tracking or confirmation number", max_length=200, blank=True)
    server = models.CharField("the mail server that answered", max_length=255, blank=True)
    last_answer = models.TextField("what the server said last", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Delivery"]] = models.Manager.from_queryset(DeliveryQuerySet)()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["state", "not_before"]),
            # The outbox shows first what waits for somebody, the oldest before the others.
            models.Index(
                fields=["id"],
                condition=models.Q(state__in=NEEDS_A_PERSON),
                name="deliveries_for_a_person",
            ),
            # Whom we wrote to: by it, mail from the same address is matched.
            models.Index(
                Lower(Left("to", 254)),
                models.F("id").desc(),
                condition=models.Q(channel="email"),
                name="delivery_by_address",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=DeliveryState.values), name="delivery_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["sent", "delivered"])
                | models.Q(sent_at__isnull=False),
                name="a_sent_delivery_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sending") | models.Q(claimed_at__isnull=False),
                name="a_delivery_being_sent_is_claimed",
            ),
            models.CheckConstraint(
                condition=models.Q(part__gte=1, part__lte=models.F("parts")),
                name="a_part_is_one_of_its_parts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} to {self.to_name}: {self.get_state_display()}"

    def save(self, **options: Any) -> None:
        """All but its state once it is there: that is moved by `DeliveryQuerySet.moving`."""
        if not self._state.adding:
            stored = Delivery.objects.values_list("state", flat=True).get(pk=self.pk)
            if stored != self.state:
                raise UndeclaredMoveError(f"A delivery that is {stored} is not saved {self.state}.")
        super().save(**options)

    @property
    def can_be_retried(self) -> bool:
        return self.state in RETRIABLE

    @property
    def can_be_recalled(self) -> bool:
        """Nothing of it was given to a server, and no worker has it."""
        return self.state == DeliveryState.QUEUED

    @property
    def can_come_back(self) -> bool:
        """A mail server has it, or may have; what was carried or posted is handed over anew."""
        return self.channel == Channel.EMAIL and self.state in MAY_HAVE_LEFT

    @property
    def is_at_home(self) -> bool:
        """Nobody has it, so it can still go otherwise."""
        return self.can_be_recalled or self.state in {
            DeliveryState.BY_HAND,
            DeliveryState.FAILED,
            DeliveryState.RECALLED,
        }

    @property
    def keeps_its_copies(self) -> bool:
        """Whether its copies stay at home with it."""
        return self.state in KEEPS_COPIES

    @property
    def waits_its_turn(self) -> bool:
        return self.state == DeliveryState.QUEUED and self.turn_at == self.not_before

    @property
    def host(self) -> str:
        """The part of an e-mail address that says where it goes, in lower case."""
        return self.to.rpartition("@")[2].strip().lower()


class EarlierSending(models.Model):
    """Under which name a letter went before it was sent again: a late report may be of that one."""

    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, related_name="earlier_sendings"
    )
    to = models.TextField("address it went to")
    message_id = models.CharField(max_length=200, unique=True)
    return_token = models.CharField(max_length=40, unique=True)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.message_id} to {self.to}"


class HostPace(models.Model):
    """How soon the next message may go to one host, all workers together."""

    host = models.CharField(max_length=255, unique=True)
    free_at = models.DateTimeField("the next turn nobody has taken")

    def __str__(self) -> str:
        return f"{self.host} from {self.free_at}"


class FileLink(models.Model):
    """A file too large for any message, for who has the link: until it expires or is ended."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="links")
    attachment = models.ForeignKey(
        "requests_app.Attachment", on_delete=models.PROTECT, related_name="links"
    )
    token = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    fetches = models.PositiveIntegerField(default=0)
    fetched_at = models.DateTimeField("fetched last", null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"link to {self.attachment_id}, {self.fetches} fetches"

    def is_open(self, *, at: datetime) -> bool:
        return self.ended_at is None and at < self.expires_at
