"""What each kind of request asks for, as fields. The values' own rules are in `particulars`."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from cities.schema.city import RequestKind
from requests_app import particulars
from requests_app.forms.fields import DayField, FilesField, MoneyField
from requests_app.vocabulary.kinds_of_request import ASKED_OF_DATA


def _area(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class ParticularsForm(forms.Form):
    """Base of the four. `raw()` is what is stored with the request."""

    kind: RequestKind

    def __init__(
        self, *args: Any, raw: dict[str, Any] | None = None, initial: Any = None, **kwargs: Any
    ) -> None:
        """`raw` is what was stored: the answers to begin with."""
        kept = {WRITTEN.get(name, name): answer for name, answer in (raw or {}).items()}
        super().__init__(*args, **kwargs)
        self.initial = {**kept, **(initial or {})}

    def raw(self) -> dict[str, Any]:
        """The answers as JSON: days and amounts written out, what was left empty left out."""
        answers = {
            READ.get(name, name): _plain(self.cleaned_data.get(name)) for name in self.fields
        }
        answers.pop("evidence", None)
        return {name: answer for name, answer in answers.items() if answer not in (None, "")}

    def clean(self) -> dict[str, Any]:
        """The kind's own rules, such as a period that runs forward."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                particulars.read(self.kind, self.raw())
            except particulars.ParticularsError as error:
                for name, problem in error.errors.items():
                    field = WRITTEN.get(name, name)
                    self.add_error(field if field in self.fields else None, problem)
        return cleaned


# A form's own `fields` is taken, so that question has another name here.
WRITTEN = {"fields": "fields_wanted"}
READ = {"fields_wanted": "fields"}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


class RecordsForm(ParticularsForm):
    kind = RequestKind.RECORDS

    what = forms.CharField(
        label="Which records?",
        widget=_area(5),
        help_text="One item a line. Name the record as the city would: its type, the unit that "
        "keeps it, what it is about.",
    )
    from_on = DayField(label="From", required=False)
    to_on = DayField(label="Through", required=False)
    format = forms.CharField(
        label="In which form?",
        required=False,
        max_length=200,
        help_text="Such as: PDF; CSV for data. Left empty, the letter asks for the form they have.",
    )
    fee_limit = MoneyField(
        label="Write to us before it costs more than",
        required=False,
        help_text="In dollars. Left empty, the letter asks for an estimate of any charge.",
    )
    wants_fee_waiver = forms.BooleanField(label="Ask that fees be waived", required=False)
    fee_waiver_ground = forms.CharField(
        label="Why they should be waived",
        required=False,
        widget=_area(2),
        help_text="In your words: whom the records inform, and about what.",
    )


class DatasetForm(ParticularsForm):
    kind = RequestKind.DATASET

    asks_for = forms.ChoiceField(
        label="What should the city do?",
        choices=ASKED_OF_DATA[RequestKind.DATASET],
        widget=forms.RadioSelect,
        initial="publish",
    )
    name_or_topic = forms.CharField(label="Which dataset, or data about what?", max_length=300)
    purpose = forms.CharField(label="What do you want to learn from it?", widget=_area(3))
    fields_wanted = forms.CharField(
        label="Which fields?",
        widget=_area(3),
        required=False,
        help_text="One a line, with what a row should stand for. To add fields, name them.",
    )
    format = forms.CharField(label="In which form?", required=False, max_length=200)
    intended_use = forms.CharField(label="How will you use it?", widget=_area(2), required=False)


class CorrectionForm(ParticularsForm):
    kind = RequestKind.CORRECTION

    dataset_title = forms.CharField(label="Which dataset, by its title?", max_length=300)
    dataset_identifier = forms.CharField(
        label="Its identifier",
        max_length=200,
        required=False,
        help_text="As the portal writes it, such as abcd-1234, or its address.",
    )
    rows_affected = forms.CharField(
        label="Which rows or columns?",
        widget=_area(2),
        required=False,
        help_text="Such as: rows 210 to 260; the column street_name.",
    )
    what_is_wrong = forms.CharField(
        label="What is wrong?",
        widget=_area(4),
        help_text="And how one sees it, step by step.",
    )
    evidence_links = forms.CharField(
        label="Links that show it",
        widget=_area(2),
        required=False,
        help_text="One a line, from https:// on.",
    )
    suggested_correction = forms.CharField(
        label="What should it say?", widget=_area(3), required=False
    )
    evidence = FilesField(
        label="Evidence",
        required=False,
        help_text="Files that show the error, such as screenshots. Sent with the letter.",
    )


class AccessForm(ParticularsForm):
    kind = RequestKind.ACCESS

    asks_for = forms.ChoiceField(
        label="What do you need?",
        choices=ASKED_OF_DATA[RequestKind.ACCESS],
        widget=forms.RadioSelect,
        initial="api_key",
    )
    dataset = forms.CharField(label="Access to what?", max_length=300)
    purpose = forms.CharField(label="For what purpose?", widget=_area(3))
    intended_use = forms.CharField(label="How will you use it?", widget=_area(2), required=False)
    volume = forms.CharField(
        label="How much, how often?",
        max_length=200,
        required=False,
        help_text="Such as: about 5,000 calls a day.",
    )


FORMS: dict[str, type[ParticularsForm]] = {
    form.kind: form for form in (RecordsForm, DatasetForm, CorrectionForm, AccessForm)
}
