"""Filing mail by hand: a candidate's key, or a request's reference."""

from typing import Any

from django import forms

from requests_app.models import Newsroom, RecordsRequest
from requests_app.models.requests.records_request import RecordsRequestQuerySet


class FileMailForm(forms.Form):
    """`visible`: the requests that this person may file to."""

    reference = forms.CharField(
        label="File it to another request",
        max_length=120,
        help_text="Its reference, such as STAM-2026-0012, or the city's own number.",
    )

    def __init__(self, *args: Any, visible: RecordsRequestQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visible = visible

    def clean_reference(self) -> RecordsRequest:
        typed = self.cleaned_data["reference"].strip()
        for name in ("reference", "public_id", "city_reference"):
            found = list(self.visible.filter(**{f"{name}__iexact": typed})[:2])
            if len(found) == 1:
                return found[0]
            if found:
                raise forms.ValidationError(
                    f"More than one request has the number {typed}: write our own reference."
                )
        raise forms.ValidationError(
            f"No request that you work on is called {typed}: look for it under Requests."
        )


class GiveMailForm(forms.Form):
    """An operator's choice of the newsroom that mail is for."""

    newsroom = forms.ModelChoiceField(queryset=Newsroom.objects.order_by("name"), empty_label=None)
