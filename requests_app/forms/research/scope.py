"""Which requests the figures are asked of, as an address says it."""

from typing import Any

from django import forms

from cities.schema.load import all_cities, city_slugs, load_city
from requests_app.forms.fields import DayField
from requests_app.forms.filter_choices import PlainSelect
from requests_app.models import Newsroom, Project
from requests_app.research.coding.coded_values import variables_of
from requests_app.research.figures.codes import can_be_drawn
from requests_app.research.figures.scope import Scope

Choices = list[tuple[str, str]]


class ScopeForm(forms.Form):
    """What is left empty narrows nothing. Offices and exemptions are those of the city chosen."""

    city = forms.ChoiceField(
        required=False,
        widget=PlainSelect,
        error_messages={"invalid_choice": "This desk knows no city “%(value)s”: choose one."},
    )
    office = forms.ChoiceField(
        required=False,
        widget=PlainSelect,
        error_messages={
            "invalid_choice": "“%(value)s” is no office of that city: choose the city, then one of "
            "its offices."
        },
    )
    exemption = forms.ChoiceField(
        required=False,
        widget=PlainSelect,
        label="Exemption claimed",
        error_messages={
            "invalid_choice": "“%(value)s” is no exemption of that city’s law: choose the city, "
            "then one of its law’s exemptions."
        },
    )
    project = forms.ChoiceField(
        required=False,
        widget=PlainSelect,
        error_messages={"invalid_choice": "This newsroom has no such project: choose one."},
    )
    variable = forms.ChoiceField(
        required=False,
        widget=PlainSelect,
        label="Coded variable",
        error_messages={
            "invalid_choice": "“%(value)s” is no variable of that project that is chosen from "
            "values: choose the project, then one of its codebook’s."
        },
    )
    filed_from = DayField(label="Filed from", required=False)
    filed_until = DayField(label="Filed until", required=False)

    def __init__(self, *args: Any, newsroom: Newsroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slug = str(self.data.get("city", ""))
        projects = Project.objects.filter(newsroom=newsroom).values_list("pk", "name")
        choices: dict[str, Choices] = {
            "city": [("", "Every city"), *((city.slug, city.name) for city in all_cities())],
            "office": [("", "Every office"), *_offices(slug)],
            "exemption": [("", "Any exemption or none"), *_exemptions(slug)],
            "project": [("", "Every project"), *((str(pk), name) for pk, name in projects)],
            "variable": [("", "None"), *_variables(newsroom, str(self.data.get("project", "")))],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("filed_from"), cleaned.get("filed_until")
        if first and last and last < first:
            self.add_error("filed_until", "The span ends before it begins: exchange the two days.")
        return cleaned

    @property
    def scope(self) -> Scope:
        """Of a form that is valid."""
        said = self.cleaned_data
        return Scope(**{**said, "project": int(said["project"]) if said["project"] else None})


def _offices(slug: str) -> Choices:
    if slug not in city_slugs():
        return []
    return [(office.role, office.name) for office in load_city(slug).offices]


def _variables(newsroom: Newsroom, project: str) -> Choices:
    if not (project.isdecimal() and len(project) < 19):
        return []
    found = Project.objects.filter(newsroom=newsroom, pk=int(project)).first()
    drawn = can_be_drawn(variables_of(found)) if found else []
    return [(one.key, one.label) for one in drawn]


def _exemptions(slug: str) -> Choices:
    if slug not in city_slugs():
        return []
    exemptions = load_city(slug).statute.exemptions
    return [(one.slug, f"{one.citation}: {one.title}") for one in exemptions]
