"""A portal that a newsroom sets itself, and a list of datasets that it kept by hand."""

from django import forms

from cities.portals.csv_list import HEADINGS
from requests_app.actions.catalog.own_portal import EnteredPortal
from requests_app.catalog.reading.city_portals import READ_BY_PROGRAM
from requests_app.models import PortalPlatform


class OwnPortalForm(forms.Form):
    platform = forms.ChoiceField(
        label="Platform",
        choices=[("", "Choose one"), *((p.value, p.label) for p in PortalPlatform
                                       if p in READ_BY_PROGRAM)],
        help_text="The portal’s footer mostly says what it runs on.",
    )  # fmt: skip
    base_url = forms.CharField(
        label="Address",
        max_length=300,
        help_text="Of the portal, such as https://data.example.gov; of a DCAT-US file, its own.",
        widget=forms.URLInput,
    )
    organization = forms.CharField(
        label="Organization",
        max_length=200,
        required=False,
        help_text=(
            "Where a platform answers for many: whose datasets are the city’s. An ArcGIS "
            "organization, CKAN’s name of it, a publisher, or another host."
        ),
    )

    def entered(self) -> EnteredPortal:
        return EnteredPortal(**self.cleaned_data)


class ListOfDatasetsForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        help_text=(
            "The first row holds the headings: identifier and title, and any of "
            + ", ".join(HEADINGS[2:])
            + ". Keywords and columns stand with semicolons between them."
        ),
        widget=forms.ClearableFileInput({"accept": ".csv,text/csv"}),
    )
