"""Beginning a request and editing its letter."""

from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.models import model_to_dict
from django.http import HttpRequest, QueryDict

from cities.schema.city import City, RequestKind
from cities.schema.load import all_cities, city_slugs
from requests_app.actions.requests.drafting import DraftContent, RequestDetails
from requests_app.forms.catalog.cited_dataset import first_answers, first_subject
from requests_app.forms.fields import FilesField
from requests_app.forms.requests.particulars import FORMS, ParticularsForm
from requests_app.models import CatalogDataset, RecordsRequest
from requests_app.vocabulary.kinds_of_request import NAMES


class WhereForm(forms.Form):
    """The first two choices, which decide all the others. Never an error: a default instead."""

    city = forms.ChoiceField(label="Which city?")
    kind = forms.ChoiceField(
        label="What are you asking for?",
        choices=list(NAMES.items()),
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
    asked, kind = (str(data.get(name)) for name in ("city", "kind"))  # sent twice it is a list
    city = asked if asked in slugs else next(iter(slugs), "")
    return city, RequestKind(kind) if kind in set(RequestKind) else RequestKind.RECORDS


class DetailsForm(forms.ModelForm[RecordsRequest]):
    """To which office, under which subject. It is never saved: `actions` takes what it says."""

    office_role = forms.ChoiceField(label="To", widget=forms.RadioSelect)
    track = forms.ChoiceField(
        label="Are these records of a special kind?",
        required=False,
        help_text="The law gives some records other time limits.",
    )

    class Meta:
        model = RecordsRequest
        fields = ["office_role", "subject", "track"]
        help_texts = {
            "subject": "A few words. It stands on the letter, and everywhere on this desk."
        }

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
    files = FilesField(label="Files to send with the letter", required=False)  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class AskingForms:
    """What a request asks for: two forms, of the model's fields and of its kind's, sent as one."""

    details: DetailsForm
    particulars: ParticularsForm

    @classmethod
    def to_begin(
        cls, city: City, kind: RequestKind, request: HttpRequest | None = None, *, subject: str = ""
    ) -> Self:
        """Empty, or as a request brings it to be begun."""
        sent, files = (request.POST, request.FILES or None) if request else (None, None)
        details = DetailsForm(sent, city=city, kind=kind, initial={"subject": subject})
        return cls(details, FORMS[kind](sent, files))

    @classmethod
    def about_dataset(cls, city: City, kind: RequestKind, dataset: CatalogDataset) -> Self:
        """Begun with what the city's catalog says of the dataset, and to whom it names."""
        initial = {"subject": first_subject(dataset.record, kind)}
        if steward := city.office_named_by_dataset(kind):
            initial["office_role"] = steward.role.value
        details = DetailsForm(None, city=city, kind=kind, initial=initial)
        return cls(details, FORMS[kind](None, None, initial=first_answers(dataset, kind)))

    @classmethod
    def of_draft(cls, rr: RecordsRequest, sent: QueryDict | None) -> Self:
        """Without the evidence of a correction: a draft's page has a form of its own for files."""
        kept = model_to_dict(rr, DetailsForm.Meta.fields)
        particulars = FORMS[rr.kind](sent, raw=rr.particulars)
        particulars.fields.pop("evidence", None)
        kind = RequestKind(rr.kind)
        return cls(DetailsForm(sent, city=rr.city, kind=kind, initial=kept), particulars)

    @property
    def forms(self) -> tuple[forms.BaseForm, ...]:
        return self.details, self.particulars

    def is_valid(self) -> bool:
        """Both are asked, so that a person learns at once of all that is wrong."""
        details, particulars = self.details.is_valid(), self.particulars.is_valid()
        return details and particulars

    def add_error(self, field: str | None, error: str) -> None:
        self.details.add_error(field, error)

    def asked(self) -> RequestDetails:
        return RequestDetails(**self.details.cleaned_data, particulars=self.particulars.raw())

    def files(self) -> tuple[UploadedFile, ...]:
        """The evidence of a correction."""
        return tuple(self.particulars.cleaned_data.get("evidence") or ())


@dataclass(frozen=True, slots=True)
class DraftForms:
    """All that a draft's page holds, sent as one: what is asked, the letter, files to add to it."""

    asking: AskingForms
    letter: LetterForm
    evidence: EvidenceForm

    @classmethod
    def of_draft(cls, rr: RecordsRequest, request: HttpRequest | None = None) -> Self:
        """As it stands saved, or as a request brings it."""
        sent = request.POST if request else None
        return cls(
            AskingForms.of_draft(rr, sent),
            LetterForm(sent, initial={"text": rr.letter_text}),
            EvidenceForm(sent, request.FILES if request else None),
        )

    @property
    def forms(self) -> tuple[forms.BaseForm, ...]:
        return *self.asking.forms, self.letter, self.evidence

    def is_valid(self) -> bool:
        """All are asked, so that a person learns at once of all that is wrong."""
        answers = [form.is_valid() for form in self.forms]
        return all(answers)

    def add_error(self, field: str | None, error: str) -> None:
        self.asking.add_error(field, error)

    def content(self) -> DraftContent:
        files = tuple(self.evidence.cleaned_data.get("files") or ())
        return DraftContent(self.asking.asked(), self.letter.cleaned_data["text"], files)
