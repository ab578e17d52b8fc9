"""A request for records: what it asks for, of whom, by whom, and who may see it."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils import timezone

from cities.schema.city import City, Office, RequestKind
from cities.schema.load import load_city
from requests_app.models.guards.state_guard import GuardedQuerySet
from requests_app.models.newsroom.people import Membership, Newsroom, User
from requests_app.models.requests.request_lifecycle import RequestLifecycle
from requests_app.public_request_ids import ALPHABET, LENGTH
from requests_app.vocabulary.states import OPEN, OVER, PENDING, UNFILED, RequestState

S = RequestState


def new_public_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_a_reporters(user: User, request: str = "pk") -> models.Q:
    """Of rows that are a request, or name it by that field: begun by, assigned to or shared with
    that person."""
    of = "" if request == "pk" else f"{request}__"
    shares = RecordsRequest.shared_with.through.objects.filter(user_id=user.pk)
    is_shared = models.Exists(shares.filter(recordsrequest_id=models.OuterRef(request)))
    own = models.Q(**{f"{of}created_by": user}) | models.Q(**{f"{of}assigned_to": user})
    return own | models.Q(is_shared)


class RecordsRequestQuerySet(GuardedQuerySet["RecordsRequest"]):
    def visible_to(self, user: User) -> "RecordsRequestQuerySet":
        """The one rule of who sees what; every page starts here, so another's request is a 404.

        A reporter sees the requests they began, are assigned or were shared; everybody else
        in the newsroom sees all the newsroom's.
        """
        membership: Membership | None = getattr(user, "membership", None)
        if membership is None or not user.is_active:
            return self.none()
        mine = self.filter(newsroom_id=membership.newsroom_id)
        return mine if membership.sees_all else mine.filter(is_a_reporters(user))

    def open_of_others_seen_by(self, user: User) -> list[int]:
        """The keys of the open ones that a reporter sees though they are another's: assigned on by
        them, or shared. What `visible_to` says, but each half by its index."""
        assigned_on = self.open().filter(created_by=user).exclude(assigned_to=user)
        shared = self.open().filter(shared_with=user)
        found = assigned_on.exclude(assigned_to=None).values_list("pk", flat=True)
        return list(found.union(shared.values_list("pk", flat=True)))

    def read_by(self, user: User) -> "RecordsRequestQuerySet":
        """With whether it is shared with that person, for the page that they read."""
        shares = RecordsRequest.shared_with.through.objects.filter(user_id=user.pk)
        return self.annotate(
            reader_id=models.Value(user.pk),
            is_shared_with_reader=models.Exists(
                shares.filter(recordsrequest_id=models.OuterRef("pk"))
            ),
        )

    def open(self) -> "RecordsRequestQuerySet":
        return self.filter(state__in=OPEN)

    def pending(self) -> "RecordsRequestQuerySet":
        return self.filter(state__in=PENDING)

    def without_discarded(self) -> "RecordsRequestQuerySet":
        return self.exclude(state=S.DISCARDED)

    def of_city(self, city: str) -> "RecordsRequestQuerySet":
        return self.filter(city_slug=city)


class RecordsRequest(RequestLifecycle):
    """One request to one office of a city. Its state and transitions: `request_lifecycle`."""

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
    letter_names_datasets = models.BooleanField(default=False)  # those looked at before writing

    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="requests_begun")
    assigned_to = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="requests_assigned"
    )
    shared_with = models.ManyToManyField(User, blank=True, related_name="requests_shared")
    # The request to the steward that this records request goes on from.
    continues: models.ForeignKey["RecordsRequest | None"] = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    project = models.ForeignKey(
        "Project", on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager["RecordsRequest"]] = models.Manager.from_queryset(
        RecordsRequestQuerySet
    )()

    class Meta:
        indexes = [
            models.Index(fields=["newsroom", "state"]),
            models.Index(fields=["city_slug", "state"]),
            # The list of requests, read from either end.
            models.Index(fields=["newsroom", "-created_at", "-id"], name="requests_newest_first"),
            # By other columns than that: see `views.requests.list_orders`.
            models.Index("newsroom", Lower("subject"), "id", name="requests_by_subject"),
            models.Index("newsroom", "submitted_on", "id", name="requests_by_filing"),
            models.Index("newsroom", "reference", "id", name="requests_by_reference"),
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
                condition=models.Q(state__in=[*UNFILED, S.WITHDRAWN, S.DISCARDED])
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

    def is_shared_with(self, user: User) -> bool:
        """What was read with the request, where `read_by` read it: a page asks for each button."""
        if getattr(self, "reader_id", None) == user.pk:
            return bool(self.is_shared_with_reader)  # type: ignore[attr-defined]
        return bool(self.shared_with.filter(pk=user.pk).exists())

    @property
    def owner(self) -> User:
        return self.assigned_to or self.created_by

    @property
    def owner_id(self) -> int:
        return self.assigned_to_id or self.created_by_id
