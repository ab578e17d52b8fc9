"""Whether what a city publishes answers a draft, as its writer says after looking."""

from typing import Any

from django import forms
from django.http import Http404
from rest_framework.request import Request

from requests_app.actions.catalog import checking
from requests_app.actions.errors import Refused
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.seen import person
from requests_app.api.writing.verbs import OfRequest, asked
from requests_app.catalog.suggestions.asked_text import SAID_IN
from requests_app.forms.catalog.missing_from_dataset import MissingFromDatasetForm
from requests_app.forms.fields import RowsField
from requests_app.models import CatalogDataset, CityPortal, RecordsRequest
from requests_app.permissions import require
from requests_app.policy.checked_datasets import Answer

WITHOUT_DATASETS = Answer.NONE_FOUND
CHOICES = [
    (Answer.ANSWERS, "It answers the request: the draft is discarded, and can be brought back."),
    (Answer.NOT_IT, "None of these has what is asked for."),
    (Answer.SKIPPED, "They were suggested, and nobody looked."),
    (Answer.NONE_FOUND, "Nothing in the catalog comes near it."),
]


def datasets_for(rr: RecordsRequest) -> Any:
    """Of the catalog that the newsroom reads for this city."""
    return CatalogDataset.objects.for_newsroom(rr.newsroom).of_city(rr.city_slug)


class JudgementForm(forms.Form):
    answer = forms.ChoiceField(choices=CHOICES)
    datasets = RowsField(
        CatalogDataset.objects.none(),
        label="Which, by their ids: one for an answer; none where nothing comes near it.",
        required=False,
    )

    def __init__(self, *args: Any, known: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["datasets"]
        assert isinstance(field, RowsField)
        field.queryset = known

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen, answer = list(cleaned.get("datasets") or []), cleaned.get("answer")
        if answer == WITHOUT_DATASETS and chosen:
            raise forms.ValidationError("Nothing comes near it: then name no dataset.")
        if answer and answer != WITHOUT_DATASETS and not chosen:
            raise forms.ValidationError("Name the datasets that it is said of.")
        if answer == Answer.ANSWERS and len(chosen) > 1:
            raise forms.ValidationError("Name the one that answers it.")
        return cleaned


class _OfDraft(OfRequest):
    permission = "edit_request"

    def do(self, rr: RecordsRequest, request: Request, **kwargs: Any) -> None:
        if rr.kind not in SAID_IN:
            raise Http404
        self.judge(rr, request, **kwargs)

    def judge(self, rr: RecordsRequest, request: Request, **kwargs: Any) -> None:
        raise NotImplementedError


class JudgeDatasets(_OfDraft):
    """What a person says of published datasets, or of the whole catalog."""

    def judge(self, rr: RecordsRequest, request: Request, **kwargs: Any) -> None:
        known = datasets_for(rr).select_related("portal")
        [form] = asked(request, lambda data, _: [JudgementForm(data, known=known)])
        by, datasets = attribution(request), list(form.cleaned_data["datasets"])
        match form.cleaned_data["answer"]:
            case Answer.ANSWERS:
                require(person(request), "discard_draft", rr)
                checking.answers(rr, datasets[0], by=by)
            case Answer.NOT_IT:
                checking.not_it(rr, datasets, by=by)
            case Answer.SKIPPED:
                checking.skip(rr, datasets, by=by)
            case _:
                here = CityPortal.objects.for_newsroom(rr.newsroom)
                portal = here.filter(city_slug=rr.city_slug).first()
                if portal is None:
                    raise Refused("The desk reads no catalog of this city. Nothing was changed.")
                checking.none_found(rr, portal, by=by)

    def body(self) -> dict[str, Schema]:
        return body_of(JudgementForm.base_fields)


class DatasetHasAPart(_OfDraft):
    """The request asks for what the dataset leaves out, and names the dataset."""

    def judge(self, rr: RecordsRequest, request: Request, **kwargs: Any) -> None:
        dataset = datasets_for(rr).select_related("portal").filter(pk=kwargs["pk"]).first()
        if dataset is None:
            raise Http404
        [form] = asked(request, lambda data, _: [MissingFromDatasetForm(data)])
        missing = form.cleaned_data["missing"]
        checking.partly(rr, dataset, missing, by=attribution(request))

    def body(self) -> dict[str, Schema]:
        return body_of(MissingFromDatasetForm.base_fields)


class SaidForm(forms.Form):
    is_said = forms.BooleanField(
        label="Whether the letter names the datasets that were looked at.", required=False
    )


class NameDatasets(_OfDraft):
    """Whether the letter says what was looked at."""

    def judge(self, rr: RecordsRequest, request: Request, **kwargs: Any) -> None:
        [form] = asked(request, lambda data, _: [SaidForm(data)])
        checking.say_in_letter(rr, is_said=form.cleaned_data["is_said"], by=attribution(request))

    def body(self) -> dict[str, Schema]:
        return body_of(SaidForm.base_fields)
