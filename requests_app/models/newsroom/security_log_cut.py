"""A cut of the security log: its oldest entries went, and this states which."""

from typing import ClassVar, NoReturn

from django.db import models
from django.utils import timezone

from requests_app.models.chain.chained_model import Chained, ChainedQuerySet
from requests_app.models.newsroom.people import Newsroom
from requests_app.models.newsroom.security_event import SecurityLogIsAppendOnlyError

FEWEST_DAYS = 365  # kept at least, whatever is set


class SecurityLogCutQuerySet(ChainedQuerySet["SecurityLogCut"]):
    def update(self, **fields: object) -> NoReturn:
        raise SecurityLogIsAppendOnlyError("A stated cut is never changed.")


class SecurityLogCut(Chained):
    """Up to entry `number` of the chain nothing is kept; `head` was the chain's there.

    It stands in the chain that it cuts. `entries` of the chain went by this cut, the newest of them
    written at `newest_at`, under a setting of `keep_days`. A later cut takes this one with it once
    it is as old. `newsroom` is None for the desk's own log.
    """

    newsroom = models.ForeignKey(
        Newsroom, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    keep_days = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField()
    entries = models.PositiveBigIntegerField()
    newest_at = models.DateTimeField()
    head = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["SecurityLogCut"]] = models.Manager.from_queryset(
        SecurityLogCutQuerySet
    )()

    def __str__(self) -> str:
        return f"cut at {self.number}"
