"""Which requests a figure is asked of: a city, an office, an exemption, a project, a span."""

from dataclasses import dataclass
from datetime import date

from cities.rights.claimed_exemption import find_exemption
from cities.schema.load import load_city
from requests_app.models import Event
from requests_app.models.research.counted_request import CountedRequestQuerySet
from requests_app.models.research.log_entry import LogEntryQuerySet
from requests_app.models.research.logged_request import LoggedRequestQuerySet
from requests_app.vocabulary.dates_and_amounts import day
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import kinds_marked

WITHHOLDS = sorted(kinds_marked(Mark.WITHHOLDS))


@dataclass(frozen=True, slots=True)
class Scope:
    """Each that is empty narrows nothing. An exemption is a slug of the city's statute, so it is
    asked of one city; the span is of the days on which requests were filed, both ends within it.
    A variable is a key of the project's codebook: it narrows nothing and adds its figure."""

    city: str = ""
    office: str = ""
    exemption: str = ""
    project: int | None = None
    filed_from: date | None = None
    filed_until: date | None = None
    variable: str = ""

    def __post_init__(self) -> None:
        if (self.office or self.exemption) and not self.city:
            raise ValueError("Choose the city first: offices and exemptions are a city’s own.")
        if self.variable and not self.project:
            raise ValueError("Choose the project first: coded variables are a project’s own.")

    @property
    def span(self) -> str:
        """Of filing, in words."""
        if self.filed_from and self.filed_until:
            return f"filed from {day(self.filed_from)} to {day(self.filed_until)}"
        if self.filed_from:
            return f"filed since {day(self.filed_from)}"
        if self.filed_until:
            return f"filed until {day(self.filed_until)}"
        return "filed on any day"

    def of_requests(self, requests: CountedRequestQuerySet) -> CountedRequestQuerySet:
        narrowed = {
            "city_slug": self.city,
            "office_role": self.office,
            "records_request__project_id": self.project,
            "filed_on__gte": self.filed_from,
            "filed_on__lte": self.filed_until,
        }
        found = requests.filter(**{name: value for name, value in narrowed.items() if value})
        if self.exemption:
            claims = Event.objects.effective().filter(
                kind__in=WITHHOLDS, data__exemptions__in=self._claims()
            )
            found = found.filter(pk__in=claims.values("records_request"))
        return found

    def of_entries(self, entries: LogEntryQuerySet) -> LogEntryQuerySet:
        """Challenges: of these the span is of their own filing."""
        narrowed = {
            "city_slug": self.city,
            "records_request__office_role": self.office,
            "project_id": self.project,
            "filed_on__gte": self.filed_from,
            "filed_on__lte": self.filed_until,
        }
        found = entries.filter(**{name: value for name, value in narrowed.items() if value})
        if self.exemption:
            found = found.filter(exemptions__exemption=self.exemption).distinct()
        return found

    def of_logged_requests(self, requests: LoggedRequestQuerySet) -> LoggedRequestQuerySet:
        """Requests of others: they name no office and no exemption of ours."""
        if self.office or self.exemption:
            return requests.none()
        narrowed = {
            "city_slug": self.city,
            "project_id": self.project,
            "requested_on__gte": self.filed_from,
            "requested_on__lte": self.filed_until,
        }
        return requests.filter(**{name: value for name, value in narrowed.items() if value})

    def _claims(self) -> list[list[str]]:
        """What cities of that statute claimed, in their own words, that means this exemption."""
        statute = load_city(self.city).statute
        events = Event.objects.filter(kind__in=WITHHOLDS, records_request__city_slug=self.city)
        claimed = events.values_list("data__exemptions", flat=True).distinct()
        return [claims for claims in claimed if self._is_among(claims or [], statute)]

    def _is_among(self, claims: list[str], statute: object) -> bool:
        found = (find_exemption(statute, claim).exemption for claim in claims)  # type: ignore[arg-type]
        return any(meant is not None and meant.slug == self.exemption for meant in found)
