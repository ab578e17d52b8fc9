"""Which rows an export has: the query that made it, as it is kept, cited and asked again."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from requests_app.models import LogEntry, LoggedRequest, RecordsRequest

EVERYTHING, CHALLENGES, LOGGED, CODES = "everything", "challenges", "logged", "codes"
WHAT = (
    (EVERYTHING, "Every request, with its challenges"),
    (CHALLENGES, "Challenges alone"),
    (LOGGED, "What was filed elsewhere and logged"),
    (CODES, "The codes of projects, each coder’s and those that count"),
)


@dataclass(frozen=True, slots=True)
class ExportQuery:
    """Days are of the challenge's filing; of a request without one, of its making."""

    what: str = EVERYTHING
    city: str = ""
    project: int | None = None
    since: date | None = None
    until: date | None = None

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Self:
        known = {one.name for one in fields(cls)}
        days = {name: date.fromisoformat(said[name]) for name in ("since", "until")
                if said.get(name)}  # fmt: skip
        return cls(**{**{n: v for n, v in said.items() if n in known}, **days})

    def to_json(self) -> dict[str, Any]:
        """Without what was not asked for."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
            if value
        }

    def entries(self, newsroom_id: int) -> QuerySet[LogEntry]:
        found = LogEntry.objects.filter(newsroom=newsroom_id).exclude(state="draft")
        if self.what == LOGGED:
            found = found.logged()
        if self.project:
            found = found.filter(
                Q(project=self.project)
                | Q(records_request__project=self.project)
                | Q(logged_request__project=self.project)
            )
        return self._between(found, "filed_on").order_by("pk")

    def our_requests(self, newsroom_id: int) -> QuerySet[RecordsRequest]:
        """Those that left the newsroom, and have no challenge of their own in the log."""
        requests: QuerySet[RecordsRequest] = RecordsRequest.objects.filter(newsroom=newsroom_id)
        found = requests.exclude(submitted_on=None)
        if self.what != EVERYTHING:
            return found.none()
        found = self._of_project(found.exclude(_has_challenge("records_request")))
        return self._between(found, "submitted_on").order_by("pk")

    def logged_requests(self, newsroom_id: int) -> QuerySet[LoggedRequest]:
        found: QuerySet[LoggedRequest] = LoggedRequest.objects.filter(newsroom=newsroom_id)
        if self.what in (CHALLENGES, CODES):
            return found.none()
        found = self._of_project(found.exclude(_has_challenge("logged_request")))
        return self._between(found, "requested_on").order_by("pk")

    def _of_project(self, found: QuerySet[Any]) -> QuerySet[Any]:
        return found.filter(project=self.project) if self.project else found

    def _between(self, found: QuerySet[Any], day: str) -> QuerySet[Any]:
        limits = {"city_slug": self.city, f"{day}__gte": self.since, f"{day}__lte": self.until}
        return found.filter(**{name: value for name, value in limits.items() if value})


def _has_challenge(name: str) -> Exists:
    return Exists(LogEntry.objects.filter(**{name: OuterRef("pk")}).exclude(state="draft"))
