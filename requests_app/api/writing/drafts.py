"""A request begun, its draft read and saved, sent to review and back, and submitted."""

from typing import Any

from django import forms
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cities.schema.load import city_slugs, load_city
from cities.schema.offices import RequestKind
from requests_app.actions.drafts import discarding, versions
from requests_app.actions.requests import drafting, review, submission
from requests_app.actions.requests.drafting import Basis, DraftContent
from requests_app.api.protocol.form_schemas import Schema, body_of, schema_of
from requests_app.api.protocol.json_bodies import JSONObject
from requests_app.api.protocol.problems import FieldError, not_valid
from requests_app.api.protocol.versions import quoted, version_written_on
from requests_app.api.protocol.views import ReadOne, Write, attribution
from requests_app.api.reading.request_facts import RequestSerializer
from requests_app.api.reading.seen import person, visible
from requests_app.api.writing.sendings import SENDING_FIELDS, channel_in, of_request
from requests_app.api.writing.verbs import OfRequest, Plainly, answer_of, asked
from requests_app.forms.drafts.draft_forms import AskingForms, DetailsForm, LetterForm
from requests_app.forms.drafts.review_forms import ReviewForm
from requests_app.forms.requests.particulars import FORMS
from requests_app.models import CatalogDataset, RecordsRequest, Scope
from requests_app.models.requests.records_request import RecordsRequestQuerySet
from requests_app.permissions import require


class WhereForm(forms.Form):
    """Of which city; and about which dataset of its catalog, if about one."""

    city = forms.ChoiceField(label="The city's slug.")
    cites = forms.IntegerField(
        label="The dataset of its catalog that it is about.", required=False, min_value=1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["city"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(slug, slug) for slug in city_slugs()]


class Begin(Write):
    """A draft, its letter written from the city's wording: answers 201 with the request."""

    kind = RequestKind.RECORDS
    serializer_class = RequestSerializer
    queryset = RecordsRequest.objects.none()
    parser_classes = [JSONObject, MultiPartParser]
    success = 201

    def act(self, request: Request, **kwargs: Any) -> Response:
        require(person(request), "begin_request")
        body: Any = request.data
        city = body.get("city")
        if not isinstance(city, str) or city not in city_slugs():
            wrong = "This desk knows no such city: see /api/cities/."
            raise not_valid([FieldError(wrong, "city")])

        def make(data: Any, files: Any) -> list[forms.BaseForm]:
            details = DetailsForm(data, city=load_city(city), kind=self.kind)
            return [WhereForm(data), details, FORMS[self.kind](data, files)]

        where, details, particulars = asked(request, make)
        both = AskingForms(details, particulars)
        begun = drafting.begin(
            by=attribution(request),
            city_slug=city,
            kind=self.kind,
            details=both.asked(),
            files=both.files(),
            basis=Basis(cites=_dataset(request, where.cleaned_data["cites"])),
        )
        return answer_of(begun, request, status=201)

    def body(self) -> dict[str, Schema]:
        where, details = WhereForm().fields, DetailsForm.base_fields
        asks = {**details, "track": forms.CharField(required=False)}
        return body_of(
            where, asks, FORMS[self.kind].base_fields, optional=frozenset({"office_role"})
        )


def _dataset(request: Request, wanted: int | None) -> CatalogDataset | None:
    if wanted is None:
        return None
    readable = CatalogDataset.objects.for_newsroom(person(request).membership.newsroom)
    found = readable.select_related("portal").filter(pk=wanted).first()
    if found is None:
        raise not_valid([FieldError("No catalog that you read has this dataset.", "cites")])
    return found


class DraftSerializer(serializers.Serializer[RecordsRequest]):
    """A draft as it stands. Its ETag is wanted by whoever saves, approves or submits it."""

    version = serializers.IntegerField()
    kind = serializers.CharField()
    office_role = serializers.CharField()
    subject = serializers.CharField()
    track = serializers.CharField(allow_blank=True)
    particulars = serializers.DictField()
    text = serializers.CharField(source="letter_text")


class Draft(ReadOne):
    """The words of a request's own letter, and what they were written from."""

    serializer_class = DraftSerializer
    lookup_field = "public_id"
    queryset = RecordsRequest.objects.none()

    def get_queryset(self) -> RecordsRequestQuerySet:
        return visible(self.request)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rr = self.get_object()
        rr.version = versions.current_number(rr)
        answer = Response(DraftSerializer(rr).data)
        answer.headers["ETag"] = quoted(str(rr.version))
        return answer


class OfDraft(OfRequest):
    """A verb that wants to know which version was read."""

    needs_version = True

    def do(self, rr: RecordsRequest, request: Request, **kwargs: Any) -> None:
        number = versions.current_number(rr)
        version_written_on(request, str(number))
        self.do_on(rr, request, number)

    def do_on(self, rr: RecordsRequest, request: Request, version: int) -> None:
        raise NotImplementedError


class SaveDraft(OfDraft):
    """The draft with what is sent; what is left out stays as it stands. A letter that nobody edited
    follows the details."""

    permission = "edit_request"

    def do_on(self, rr: RecordsRequest, request: Request, version: int) -> None:
        def make(data: Any, files: Any) -> list[forms.BaseForm]:
            both = AskingForms.of_draft(rr, data)
            return [*both.forms, LetterForm(data, initial={"text": rr.letter_text})]

        details, particulars, letter = asked(request, make)
        content = DraftContent(
            AskingForms(details, particulars).asked(), letter.cleaned_data["text"]
        )
        drafting.save(rr, content, by=attribution(request), version=version)

    def body(self) -> dict[str, Schema]:
        """Which particulars there are, depends on the kind of the request."""
        every = {name: field for form in FORMS.values() for name, field in form.base_fields.items()}
        fields = {**every, **DetailsForm.base_fields, **LetterForm.base_fields}
        fields["track"] = forms.CharField(required=False)
        fields.pop("evidence", None)
        properties = {name: {**schema_of(field)} for name, field in fields.items()}
        properties["asks_for"] = {"type": "string"}
        return {
            "application/json": {
                "type": "object",
                "properties": properties,
                "additionalProperties": False,
            }
        }


class SendToReview(Plainly):
    """To an editor."""

    permission, does = "send_to_review", review.send_to_review


class Discard(Plainly):
    """A draft that nobody wants. It can be brought back."""

    permission, does = "discard_draft", discarding.discard


class BringBack(Plainly):
    """A discarded draft, as it stood."""

    permission, does = "discard_draft", discarding.bring_back


class _OfReview(OfDraft):
    def reviewed(self, rr: RecordsRequest, request: Request) -> ReviewForm:
        def make(data: Any, files: Any) -> list[forms.BaseForm]:
            form = ReviewForm(data, text=rr.letter_text)
            del form.fields["version"], form.fields["seen"]
            return [form]

        [form] = asked(request, make)
        found: ReviewForm = form
        return found

    def body(self) -> dict[str, Schema]:
        return {
            "application/json": {
                "type": "object",
                "properties": {"note": {"type": "string"}},
                "patternProperties": {"^comment_[0-9]+$": {"type": "string"}},
                "additionalProperties": False,
            }
        }


class Approve(_OfReview):
    """An editor has read it: it can be submitted."""

    permission = "approve_request"

    def do_on(self, rr: RecordsRequest, request: Request, version: int) -> None:
        note = self.reviewed(rr, request).cleaned_data["note"].strip()
        review.approve(rr, by=attribution(request), note=note, version=version)


class Return(_OfReview):
    """Back to its writer, with a note, and with words on a paragraph: `comment_0` on the first."""

    permission = "return_request"

    def do_on(self, rr: RecordsRequest, request: Request, version: int) -> None:
        form = self.reviewed(rr, request)
        review.return_to_draft(
            rr,
            by=attribution(request),
            note=form.cleaned_data["note"].strip(),
            remarks=form.remarks(),
            version=version,
        )


class Submit(OfDraft):
    """The letter issued and sent, or given to somebody to hand over."""

    permission, scope = "submit_request", Scope.SEND

    def do_on(self, rr: RecordsRequest, request: Request, version: int) -> None:
        channel = channel_in(request)
        [form] = asked(request, lambda data, files: [of_request(rr, channel, data)])
        submission.submit(rr, by=attribution(request), version=version, **form.arguments())

    def body(self) -> dict[str, Schema]:
        return body_of(SENDING_FIELDS)


KINDS = tuple(RequestKind)
