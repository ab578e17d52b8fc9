"""Beginning a request and editing its letter."""

from typing import Any

from django import forms

from cities.pack.city import City, OfficeRole, RequestKind
from cities.pack.load import all_cities, city_slugs
from requests_app.forms.fields import FilesField

KIND_LABELS = {
    RequestKind.RECORDS: "Records",
    RequestKind.DATASET: "A dataset",
    RequestKind.CORRECTION: "A correction to a dataset",
    RequestKind.ACCESS: "Access to an API",
}
ROLE_LABELS = {role.value: role.name.replace("_", " ").capitalize() for role in OfficeRole} | {
    "it": "IT"
}


class WhereForm(forms.Form):
    """The first two choices, which decide all the others. Never an error: a default instead."""

    city = forms.ChoiceField(label="Which city?")
    kind = forms.ChoiceField(
        label="What are you asking for?",
        choices=list(KIND_LABELS.items()),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["city"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(city.slug, f"{city.name}, {city.state}") for city in all_cities()]


def chosen(data: Any) -> tuple[str, RequestKind]:
    """The city and kind in a query or a form, each the first there is where it is not known."""
    slugs = city_slugs()
    city = data.get("city") if data.get("city") in slugs else next(iter(slugs), "")
    kind = data.get("kind")
    return city, RequestKind(kind) if kind in set(RequestKind) else RequestKind.RECORDS


class DetailsForm(forms.Form):
    """To which office, under which subject."""

    office_role = forms.ChoiceField(label="To", widget=forms.RadioSelect)
    subject = forms.CharField(
        label="Subject",
        max_length=200,
        help_text="A few words. It stands on the letter, and everywhere on this desk.",
    )
    track = forms.ChoiceField(
        label="Are these records of a special kind?",
        required=False,
        help_text="The law gives some records other time limits.",
    )

    def __init__(self, *args: Any, city: City, kind: RequestKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proposed = city.offices_for(kind)
        others = [office for office in city.offices if office not in proposed]
        self._set(
            "office_role", [(office.role.value, office.name) for office in (*proposed, *others)]
        )
        self.fields["office_role"].initial = proposed[0].role.value
        tracks = city.statute.tracks if kind == RequestKind.RECORDS else ()
        if tracks:
            names = [(track, track.replace("_", " ").capitalize()) for track in tracks]
            self._set("track", [("", "No"), *names])
        else:
            del self.fields["track"]

    def _set(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class LetterForm(forms.Form):
    """The letter's own words, from the salutation to the last paragraph."""

    text = forms.CharField(
        label="The letter",
        strip=True,
        widget=forms.Textarea(attrs={"rows": 18, "class": "letter", "spellcheck": "true"}),
        help_text="An empty line begins a paragraph; lines that begin with “1.” make a numbered "
        "list. Date, address, signature and references are set on paper by the desk.",
    )


class EvidenceForm(forms.Form):
    files = FilesField(label="Files to send with the letter")  # type: ignore[assignment]
