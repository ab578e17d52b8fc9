"""What figures count of each request: narrow rows, a cache of its ledger like its headlines.

`ledger.counted_rows` alone writes them; `rederive --check` holds them against the ledgers.
"""

from typing import ClassVar

from django.db import models

from requests_app.models.newsroom.people import Membership, Newsroom, User
from requests_app.models.requests.deadline import Deadline
from requests_app.models.requests.records_request import RecordsRequest


class CountedRequestQuerySet(models.QuerySet["CountedRequest"]):
    def visible_to(self, user: User) -> "CountedRequestQuerySet":
        """Of the requests that `RecordsRequest.visible_to` gives, without reading all of those."""
        membership: Membership | None = getattr(user, "membership", None)
        if membership is None or not user.is_active:
            return self.none()
        mine = self.filter(newsroom_id=membership.newsroom_id)
        if membership.sees_all:
            return mine
        # Each by its own index: the whole rule at once would read every request there is.
        theirs = (
            RecordsRequest.objects.filter(created_by=user).values("pk"),
            RecordsRequest.objects.filter(assigned_to=user).values("pk"),
            RecordsRequest.shared_with.through.objects.filter(user=user).values("recordsrequest"),
        )
        begun, assigned, shared = (models.Q(pk__in=keys) for keys in theirs)
        return mine.filter(begun | assigned | shared)


class CountedRequest(models.Model):
    """A records request that was filed and not discarded.

    Newsroom, city, office and the filing's day stand here too: figures narrow by them.
    """

    records_request = models.OneToOneField(
        RecordsRequest, on_delete=models.CASCADE, primary_key=True, related_name="counted"
    )
    newsroom = models.ForeignKey(Newsroom, on_delete=models.CASCADE, related_name="+")
    city_slug = models.CharField(max_length=80)
    office_role = models.CharField(max_length=40)
    filed_on = models.DateField()
    # A clock of the city's began, or the city said something.
    reached_city = models.BooleanField()
    # Of entries that stand, the first of its sort: its day, and its kind.
    first_word_on = models.DateField(null=True)
    first_word = models.CharField(max_length=40, blank=True)
    first_answer_on = models.DateField(null=True)
    first_answer = models.CharField(max_length=40, blank=True)
    first_records_on = models.DateField(null=True)
    first_records = models.CharField(max_length=40, blank=True)
    last_answer = models.CharField(max_length=40, blank=True)
    ended_on = models.DateField("withdrawn, closed or lapsed", null=True)
    # Of the law's clock for an answer that still runs, the earliest day.
    answer_due_on = models.DateField(null=True)
    fee_amount = models.DecimalField(max_digits=10, decimal_places=2, null=True)

    objects: ClassVar[models.Manager["CountedRequest"]] = models.Manager.from_queryset(
        CountedRequestQuerySet
    )()

    class Meta:
        indexes = [
            models.Index(fields=["newsroom", "city_slug", "filed_on"], name="counted_of_a_city"),
        ]

    def __str__(self) -> str:
        return f"filed on {self.filed_on}"


class CountedLimit(models.Model):
    """A clock of the city's law by which it acknowledges or answers: what of a `Deadline` says
    whether it was late, without the explanation."""

    deadline = models.OneToOneField(
        Deadline, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    request = models.ForeignKey(CountedRequest, on_delete=models.CASCADE, related_name="limits")
    clock = models.CharField(max_length=40)
    citation = models.TextField()
    status = models.CharField(max_length=12)
    due_on = models.DateField(null=True)
    earliest_on = models.DateField(null=True)
    met_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.clock} due {self.due_on}"
