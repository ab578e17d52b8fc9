"""A request for records: where it stands, and the moves the law and the newsroom allow it."""

import secrets
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django_fsm import GET_STATE, FSMField, transition

from cities.pack.city import City, Office, RequestKind
from cities.pack.load import load_city
from requests_app.models.newsroom import Membership, Newsroom, Role, User
from requests_app.models.reading_again import ReadAgain
from requests_app.public_ids import ALPHABET, LENGTH
from requests_app.vocabulary.states import (
    ANSWERABLE,
    CHALLENGED,
    OPEN,
    OVER,
    PENDING,
    REFUSED,
    UNFILED,
    RequestState,
)

S = RequestState


def new_public_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


# Guards of the transitions below. django-fsm hands them a bare model, hence Any.
def has_fresh_review(request: Any) -> bool:
    """Approved, or of a newsroom that does not review."""
    return bool(request.state == S.APPROVED or not request.newsroom.reviews_before_filing)


def clarification_is_open(request: Any) -> bool:
    return request.clarification_requested_on is not None and request.clarified_on is None


def fees_are_open(request: Any) -> bool:
    return request.fees_estimated_on is not None and request.fees_answered_on is None


def fees_are_unsettled(request: Any) -> bool:
    return request.fees_estimated_on is not None and request.fees_settled_on is None


def is_not_denied_in_writing(request: Any) -> bool:
    return request.denied_on is None or request.is_denied_by_silence


def appeals_are_settled(request: Any) -> bool:
    return not request.appeals.undecided().exists()


def _standing(request: "RecordsRequest", *args: Any, **kwargs: Any) -> str:
    """Where a pending request stands once an act is done: whatever is still open decides."""
    if clarification_is_open(request):
        return S.AWAITING_CLARIFICATION
    if fees_are_open(request):
        return S.AWAITING_FEES
    return S.ACKNOWLEDGED if request.acknowledged_on else S.SUBMITTED


STANDING = GET_STATE(_standing, states=list(PENDING))
# After a challenge is begun or decided, a court's case outranks any other.
CHALLENGE = GET_STATE(
    lambda request, *args, **kwargs: (
        S.IN_LITIGATION
        if kwargs.get("in_court") or request.state == S.IN_LITIGATION
        else S.UNDER_APPEAL
    ),
    states=list(CHALLENGED),
)


class RecordsRequestQuerySet(models.QuerySet["RecordsRequest"]):
    def visible_to(self, user: User) -> "RecordsRequestQuerySet":
        """The one rule of who sees what; every page starts here, so another's request is a 404.

        A reporter sees the requests they began, are assigned or were shared; everybody else
        in the newsroom sees all the newsroom's.
        """
        membership: Membership | None = getattr(user, "membership", None)
        if membership is None or not user.is_active:
            return self.none()
        mine = self.filter(newsroom_id=membership.newsroom_id)
        if membership.role != Role.REPORTER:
            return mine
        shared = RecordsRequest.shared_with.through.objects.filter(user_id=user.pk)
        return mine.filter(
            models.Q(created_by=user)
            | models.Q(assigned_to=user)
            | models.Q(pk__in=shared.values("recordsrequest_id"))
        )

    def open(self) -> "RecordsRequestQuerySet":
        return self.filter(state__in=OPEN)

    def pending(self) -> "RecordsRequestQuerySet":
        return self.filter(state__in=PENDING)

    def of_city(self, city: str) -> "RecordsRequestQuerySet":
        return self.filter(city_slug=city)


class RecordsRequest(ReadAgain, models.Model):
    """One request to one office of a city. `actions` alone moves its state; see docs/states.md.

    Each transition is told `on`, the city's day of what happened; those that keep it set a field.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    reference = models.CharField(max_length=40)  # ours, on every letter: STAM-2026-0012
    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=20, choices=[(k.value, k.name.title()) for k in RequestKind])
    city_slug = models.CharField(max_length=80)
    office_role = models.CharField(max_length=40)
    track = models.CharField(
        max_length=40, blank=True
    )  # "personnel_file": records with other clocks
    subject = models.CharField(max_length=200)
    particulars = models.JSONField(default=dict)  # what the kind asks for: requests_app.particulars
    letter_text = models.TextField(blank=True)
    letter_template = models.CharField(max_length=200, blank=True)

    state = FSMField(default=S.DRAFT, choices=S.choices, protected=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="requests_begun")
    assigned_to = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="requests_assigned"
    )
    shared_with = models.ManyToManyField(User, blank=True, related_name="requests_shared")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    # Set by the transitions below, on the city's own days.
    city_reference = models.CharField("the city's tracking number", max_length=120, blank=True)
    submitted_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    clarification_requested_on = models.DateField(null=True)
    clarified_on = models.DateField(null=True)
    fees_estimated_on = models.DateField(null=True)
    fee_amount = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    fees_answered_on = models.DateField(null=True)  # accepted, refused, paid or waived
    fees_settled_on = models.DateField(null=True)  # paid or waived
    denied_on = models.DateField(null=True)
    is_denied_by_silence = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["RecordsRequest"]] = models.Manager.from_queryset(
        RecordsRequestQuerySet
    )()

    class Meta:
        indexes = [
            models.Index(fields=["newsroom", "state"]),
            models.Index(fields=["city_slug", "state"]),
            # By which incoming mail is matched: see `actions.evidence`.
            models.Index(Upper("reference"), name="request_by_reference"),
            models.Index(
                Upper("city_reference"),
                condition=~models.Q(city_reference=""),
                name="request_by_city_reference",
            ),
            models.Index(Lower("subject"), name="request_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["newsroom", "reference"], name="one_reference_a_newsroom"
            ),
            models.CheckConstraint(condition=models.Q(state__in=S.values), name="state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=[*UNFILED, S.WITHDRAWN])
                | models.Q(submitted_on__isnull=False),
                name="what_is_filed_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(fees_estimated_on__isnull=True, fee_amount__isnull=True)
                | models.Q(fees_estimated_on__isnull=False, fee_amount__isnull=False),
                name="a_fee_has_an_amount_and_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=OVER, ended_on__isnull=False)
                | (~models.Q(state__in=OVER) & models.Q(ended_on__isnull=True)),
                name="what_is_over_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}"

    @property
    def city(self) -> City:
        return load_city(self.city_slug)

    @property
    def office(self) -> Office:
        return self.city.office(self.office_role)

    @property
    def custodian(self) -> str:
        """Who holds the records, as the law tells apart: "city" or "elected_official"."""
        return "elected_official" if self.office_role == "elected_official" else "city"

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def owner(self) -> User:
        return self.assigned_to or self.created_by

    # -- in the newsroom --
    @transition("state", source=S.DRAFT, target=S.IN_REVIEW)
    def send_to_review(self, *, on: date) -> None: ...

    @transition("state", source=S.IN_REVIEW, target=S.APPROVED)
    def approve(self, *, on: date) -> None: ...

    @transition("state", source=[S.IN_REVIEW, S.APPROVED], target=S.DRAFT)
    def return_to_draft(self, *, on: date) -> None: ...

    @transition(
        "state", source=[S.DRAFT, S.APPROVED], target=S.SUBMITTED, conditions=[has_fresh_review]
    )
    def submit(self, *, on: date) -> None:
        self.submitted_on = on

    # -- the city's acts, and our answers to them --
    @transition("state", source=S.SUBMITTED, target=S.ACKNOWLEDGED)
    def acknowledge(self, *, on: date) -> None:
        self.acknowledged_on = on

    @transition("state", source=PENDING, target=S.AWAITING_CLARIFICATION)
    def request_clarification(self, *, on: date) -> None:
        self.clarification_requested_on, self.clarified_on = on, None

    @transition("state", source=PENDING, target=STANDING, conditions=[clarification_is_open])
    def clarify(self, *, on: date) -> None:
        self.clarified_on = on

    @transition("state", source=PENDING, target=S.AWAITING_FEES)
    def estimate_fees(self, *, on: date, amount: Any) -> None:
        self.fees_estimated_on, self.fee_amount = on, amount
        self.fees_answered_on = self.fees_settled_on = None

    @transition("state", source=PENDING, target=STANDING, conditions=[fees_are_open])
    def accept_fees(self, *, on: date) -> None:
        self.fees_answered_on = on

    @transition("state", source=PENDING, target=STANDING, conditions=[fees_are_open])
    def refuse_fees(self, *, on: date) -> None:
        self.fees_answered_on = on

    @transition("state", source=PENDING, target=STANDING, conditions=[fees_are_unsettled])
    def pay_fees(self, *, on: date) -> None:
        self.fees_answered_on, self.fees_settled_on = self.fees_answered_on or on, on

    @transition("state", source=PENDING, target=STANDING, conditions=[fees_are_unsettled])
    def waive_fees(self, *, on: date) -> None:
        self.fees_answered_on, self.fees_settled_on = self.fees_answered_on or on, on

    # -- the city's answers --
    @transition("state", source=ANSWERABLE, target=S.GRANTED)
    def grant(self, *, on: date) -> None: ...

    @transition(
        "state", source=[s for s in ANSWERABLE if s != S.GRANTED_IN_PART], target=S.GRANTED_IN_PART
    )
    def grant_in_part(self, *, on: date) -> None: ...

    @transition(
        "state",
        source=[*PENDING, S.DENIED, S.REFERRED],
        target=S.DENIED,
        conditions=[is_not_denied_in_writing],
    )
    def deny(self, *, on: date) -> None:
        self.denied_on, self.is_denied_by_silence = on, False

    @transition("state", source=PENDING, target=S.DENIED)
    def deem_denied(self, *, on: date) -> None:
        """Whether the statute treats silence as a denial, the action asks the pack."""
        self.denied_on, self.is_denied_by_silence = on, True

    @transition("state", source=[*PENDING, S.DENIED, S.REFERRED], target=S.NO_RECORDS)
    def find_no_records(self, *, on: date) -> None: ...

    @transition("state", source=[*PENDING, S.DENIED], target=S.REFERRED)
    def refer(self, *, on: date) -> None: ...

    # -- challenges --
    @transition("state", source=[*PENDING, S.GRANTED, *REFUSED, *CHALLENGED], target=CHALLENGE)
    def challenge(self, *, on: date, in_court: bool) -> None:
        """An appeal is filed, here or in court. The action asks the pack which routes are open."""

    # -- the end --
    @transition(
        "state",
        source=[S.GRANTED, *REFUSED, *CHALLENGED],
        target=S.CLOSED,
        conditions=[appeals_are_settled],
    )
    def close(self, *, on: date) -> None:
        self.ended_on = on

    @transition("state", source=OPEN, target=S.WITHDRAWN, conditions=[appeals_are_settled])
    def withdraw(self, *, on: date) -> None:
        self.ended_on = on

    @transition("state", source=PENDING, target=S.LAPSED)
    def lapse(self, *, on: date) -> None:
        self.ended_on = on
