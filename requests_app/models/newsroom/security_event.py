"""One entry of the security log: who came in, who was refused, who changed whose access."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils import timezone

from requests_app.models.chain.chained_model import Chained, ChainedQuerySet
from requests_app.models.newsroom.people import Newsroom, User
from requests_app.vocabulary.security_kinds import security_kinds, sentence_of

NOBODY = "Somebody"
THE_DESK = "The desk"


class SecurityLogIsAppendOnlyError(Exception):
    """Somebody tried to change an entry."""


class SecurityEventQuerySet(ChainedQuerySet["SecurityEvent"]):
    def update(self, **fields: Any) -> NoReturn:
        raise SecurityLogIsAppendOnlyError("An entry of the security log is never changed.")


class SecurityEvent(Chained):
    """Who (`by`), whose access (`about`), from where; written once, never changed.

    `newsroom` is None for what belongs to none: a try for an account that there is not, an act of
    whoever operates the desk. `session` is the beginning of the session key's hash, by which one
    finds what was done in one sign-in. `facts` hold no password, key, code or text of a letter.
    """

    newsroom = models.ForeignKey(
        Newsroom,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="security_events",
    )
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=40, choices=security_kinds)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    about = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=120, blank=True)
    session = models.CharField(max_length=12, blank=True)
    facts = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["SecurityEvent"]] = models.Manager.from_queryset(
        SecurityEventQuerySet
    )()

    class Meta:
        indexes = [
            models.Index(fields=["newsroom", "-id"], name="security_log_page"),
            models.Index(fields=["newsroom", "kind", "-id"], name="security_log_by_kind"),
            models.Index(fields=["newsroom", "by", "-id"], name="security_log_by_person"),
            models.Index(fields=["newsroom", "about", "-id"], name="security_log_about_person"),
            models.Index(fields=["newsroom", "address", "-id"], name="security_log_by_address"),
            models.Index(fields=["at"], name="security_log_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.sentence}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise SecurityLogIsAppendOnlyError("An entry of the security log is never changed.")
        super().save(*args, **kwargs)

    @property
    def sentence(self) -> str:
        by = str(self.by) if self.by else NOBODY if self.address else THE_DESK
        about = str(self.about) if self.about else f"an unknown account ({self._typed})"
        return sentence_of(self.kind, by=by, about=about, facts=self.facts)

    @property
    def _typed(self) -> str:
        return str(self.facts.get("typed") or "not kept")
