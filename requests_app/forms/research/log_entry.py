"""A challenge of the past, entered by keyboard: five fields are enough, twenty are there."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cities.schema.load import all_cities
from requests_app.actions.research.log_entries import Claim, LoggedAppeal
from requests_app.forms.fields import DayField, FilesField
from requests_app.models import AppealOutcome, AppealState, LogEntry, Newsroom, Project
from requests_app.research.places import label_of
from requests_app.vocabulary.research.exemption_outcomes import Became
from requests_app.vocabulary.research.grounds import Challenged
from requests_app.vocabulary.research.imprecise_days import ImpreciseDay

CLAIMS = 3  # sets of fields for exemptions; an entry with more shows all it has, and one to add
OR_LESS = "As much as is known: 2019-03-04, March 2019 or 2019."


class ImpreciseDayField(forms.CharField):
    """Cleans to an `ImpreciseDay`, or None where nothing is written."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, **kwargs)
        self.widget.attrs |= {"class": "short", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return ImpreciseDay.read(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class Suggesting(forms.TextInput):
    """A line that may be typed freely, beside what is known already."""

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off"})
        self.known: list[str] = []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        key = f"known-{name}"
        line = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        options = format_html_join(
            "", '<option value="{}"></option>', ((one,) for one in self.known)
        )
        return format_html('{}<datalist id="{}">{}</datalist>', line, key, options)


class ClaimForm(forms.Form):
    """One exemption that the city claimed; an empty one is none."""

    as_claimed = forms.CharField(
        label="Exemption, as the city wrote it", max_length=300, required=False
    )
    became = forms.ChoiceField(
        label="What became of it", required=False, choices=[("", "Not said"), *Became.choices]
    )
    passage = forms.CharField(
        label="What was said of it",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        max_length=20_000,
    )
    page = forms.CharField(label="Page", required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        rest = [cleaned.get(name) for name in ("became", "passage", "page")]
        if any(rest) and not cleaned.get("as_claimed"):
            self.add_error("as_claimed", "Name the exemption that this is of, or clear its fields.")
        return cleaned

    def claim(self) -> Claim | None:
        cleaned = self.cleaned_data
        return Claim(**cleaned) if cleaned.get("as_claimed") else None


class LogEntryForm(forms.Form):
    """The least stands first; the rest may stay empty, and be filled in later."""

    LEAST = ("place", "subject", "body", "state", "outcome", "filed", "decided")

    place = forms.CharField(label="City", max_length=160, widget=Suggesting)
    subject = forms.CharField(label="What records", max_length=500)
    body = forms.CharField(
        label="Who decides",
        max_length=200,
        widget=Suggesting,
        help_text="The body or the route: a commission, the district attorney, a court.",
    )
    filed = ImpreciseDayField(label="Filed", help_text=OR_LESS)
    state = forms.ChoiceField(
        label="Where it stands",
        choices=[choice for choice in AppealState.choices if choice[0] != AppealState.DRAFT],
        initial=AppealState.DECIDED,
    )
    outcome = forms.ChoiceField(
        label="Outcome", required=False, choices=[("", "—"), *AppealOutcome.choices]
    )
    decided = ImpreciseDayField(label="Decided")
    agency = forms.CharField(label="Office or agency asked", max_length=200, required=False)
    reference = forms.CharField(label="Their number of the request", max_length=120, required=False)
    requested = ImpreciseDayField(label="Requested")
    answers = forms.ChoiceField(
        label="What is challenged", required=False, choices=[("", "—"), *Challenged.choices]
    )
    ground = forms.CharField(
        label="Ground", required=False, widget=forms.Textarea({"rows": 2}), max_length=20_000
    )
    due_on = DayField(label="To be decided by", required=False)
    outcome_as_stated = forms.CharField(
        label="Outcome, in the body’s words", max_length=300, required=False
    )
    docket = forms.CharField(label="Docket number", max_length=120, required=False)
    order_number = forms.CharField(label="Order or citation", max_length=200, required=False)
    source_url = forms.URLField(
        label="Where it can be read", max_length=500, required=False, assume_scheme="https"
    )
    project = forms.ModelChoiceField(
        label="Project", queryset=Project.objects.none(), required=False, empty_label="—"
    )
    notes = forms.CharField(
        label="Notes", required=False, widget=forms.Textarea({"rows": 2}), max_length=20_000
    )
    files = FilesField(  # type: ignore[assignment]
        label="Documents", required=False, help_text="The petition, the decision, an order."
    )

    def __init__(self, *args: Any, newsroom: Newsroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities = all_cities()
        self.fields["place"].widget.known = [label_of(city) for city in cities]
        bodies = {route.body for city in cities for route in city.statute.routes}
        self.fields["body"].widget.known = sorted(bodies)
        projects = self.fields["project"]
        assert isinstance(projects, forms.ModelChoiceField)
        projects.queryset = Project.objects.filter(newsroom=newsroom)
        self.claims = _Claims(self.data or None, prefix="claims", initial=self.initial_claims)

    @property
    def least(self) -> list[forms.BoundField]:
        return [self[name] for name in self.LEAST]

    @property
    def more(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.LEAST]

    @property
    def initial_claims(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.initial.get("claims", [])
        return found

    def clean(self) -> dict[str, Any]:
        if not self.claims.is_valid():
            self.add_error(None, "Something is wrong with the exemptions below.")
        return super().clean() or {}

    def logged(self) -> LoggedAppeal:
        claims = (form.claim() for form in self.claims)
        return LoggedAppeal(**self.cleaned_data, claims=tuple(one for one in claims if one))


_Claims: Any = forms.formset_factory(ClaimForm, extra=CLAIMS, max_num=40, validate_max=True)


def as_entered(entry: LogEntry) -> dict[str, Any]:
    """What the form shows of an entry that is to be corrected, or followed by a further step."""
    request = entry.request
    mine = (
        "body", "state", "outcome", "answers", "ground", "due_on", "outcome_as_stated", "docket",
        "order_number", "source_url", "notes", "project",
    )  # fmt: skip
    claims = [
        {name: getattr(one, name) for name in ("as_claimed", "became", "passage", "page")}
        for one in entry.exemptions.all()
    ]
    return {
        **{name: getattr(entry, name) for name in mine},
        "filed": entry.filed or "",
        "decided": entry.decided or "",
        "claims": claims,
        **of_its_request(entry),
        "requested": getattr(request, "requested", None) or "",
        "reference": request.reference,
    }


def of_its_request(entry: LogEntry) -> dict[str, Any]:
    """What a further step of the same chain has in common with it."""
    agency = entry.logged_request.agency if entry.logged_request else ""
    return {"place": entry.place, "subject": entry.subject, "agency": agency}
