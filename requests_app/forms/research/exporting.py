"""Which rows of the log, in which format, under which license."""

from typing import Any

from django import forms

from cities.schema.load import all_cities
from requests_app.actions.research.exporting import WantedExport
from requests_app.forms.fields import DayField
from requests_app.models import ExportFormat, Newsroom, Project
from requests_app.research.exporting.descriptor import LICENSES
from requests_app.research.exporting.query import WHAT, ExportQuery
from requests_app.research.places import label_of


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label="Format",
        choices=ExportFormat.choices,
        widget=forms.RadioSelect,
        initial=ExportFormat.PACKAGE.value,
    )
    title = forms.CharField(
        label="Title",
        max_length=200,
        required=False,
        help_text="As it is cited. Without one it is called after the newsroom.",
    )
    what = forms.ChoiceField(label="Which rows", choices=WHAT)
    city = forms.ChoiceField(label="City", required=False)
    project = forms.ModelChoiceField(
        Project.objects.none(), required=False, empty_label="Every project", label="Project"
    )
    since = DayField(label="Filed since", required=False)
    until = DayField(label="Filed until", required=False)
    license = forms.ChoiceField(
        label="License",
        required=False,
        choices=[("", "None: all rights reserved"), *((k, v[0]) for k, v in LICENSES.items())],
    )
    has_personal_data = forms.BooleanField(
        label="With personal data",
        required=False,
        help_text="Names of requesters and of our own people, and the newsroom’s notes. Left out "
        "unless you choose it.",
    )

    def __init__(
        self, *args: Any, newsroom: Newsroom, may_have_personal_data: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cities = sorted((label_of(city), city.slug) for city in all_cities())
        field = self.fields["city"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Every city"), *((slug, label) for label, slug in cities)]
        projects = self.fields["project"]
        assert isinstance(projects, forms.ModelChoiceField)
        projects.queryset = Project.objects.filter(newsroom=newsroom)
        if not may_have_personal_data:
            del self.fields["has_personal_data"]

    def wanted(self) -> WantedExport:
        said = self.cleaned_data
        project: Project | None = said["project"]
        query = ExportQuery(
            said["what"],
            said["city"],
            project.pk if project else None,
            said["since"],
            said["until"],
        )
        return WantedExport(
            said["format"],
            query,
            said["title"],
            said["license"],
            has_personal_data=said.get("has_personal_data", False),
        )
