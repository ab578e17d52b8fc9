"""What was heard from the city entered, a message answered, a suggestion of the desk dismissed."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request

from requests_app import office_contacts
from requests_app.actions.mail import kept_suggestions
from requests_app.actions.mail.calls_and_letters import record_call_or_letter
from requests_app.actions.sending.plain_replies import prefilled, reply_to
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.ledger import CommunicationSerializer, DeliverySerializer
from requests_app.api.reading.seen import request_at, visible
from requests_app.api.writing.verbs import Nothing, OfThing, asked
from requests_app.forms.mail.calls_and_letters import CORRESPONDENCE, CallOrLetterForm
from requests_app.forms.sending.plain_replies import PlainReplyForm
from requests_app.models import Communication, Delivery, RecordsRequest, Scope


class EnterCallOrLetter(OfThing):
    """A call, a paper letter or a visit: answers 201 with it. What it is, an act of its own
    records, or `meaning` keeps it as correspondence."""

    permission, success = "record_answer", 201
    serializer_class: Any = CommunicationSerializer
    queryset = Communication.objects.none()

    def thing(self, request: Request, public_id: str = "", **kwargs: Any) -> RecordsRequest:
        return request_at(request, public_id)

    def do(self, rr: RecordsRequest, request: Request) -> Communication:
        today = {"on": rr.city.local_date(timezone.now())}

        def make(data: Any, files: Any) -> list[forms.BaseForm]:
            return [CallOrLetterForm(data, files, acts=(), initial=today)]

        [form] = asked(request, make)
        is_settled = form.is_correspondence
        return record_call_or_letter(
            rr, form.heard(), by=attribution(request), is_correspondence=is_settled
        )

    def body(self) -> dict[str, Schema]:
        meaning = forms.ChoiceField(
            label="“correspondence”: none of the acts that the law knows.",
            required=False,
            choices=[("", ""), (CORRESPONDENCE, "")],
        )
        fields = {**CallOrLetterForm.base_fields, "meaning": meaning}
        return body_of(fields, optional=frozenset({"on"}))


class _OfMessage(OfThing):
    queryset = Communication.objects.none()

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> Any:
        self.named = kwargs
        found = Communication.objects.messages().filter(records_request__in=visible(request))
        rows = found.select_related("records_request__newsroom", "mail", "event")
        return get_object_or_404(rows, pk=pk)


class Reply(_OfMessage):
    """In one's own words, by e-mail: answers 201 with its sending."""

    permission, success, scope = "reply_to_city", 201, Scope.SEND
    serializer_class: Any = DeliverySerializer

    def do(self, message: Communication, request: Request) -> Delivery:
        rr = message.records_request
        office = office_contacts.office_asked(rr)
        to = (message.mail.from_address if message.mail else "") or office.email.value
        begun = {"to": to, "text": prefilled(rr, by=attribution(request))}

        def make(data: Any, files: Any) -> list[forms.BaseForm]:
            return [PlainReplyForm(data, files, records_request=rr, initial=begun)]

        [form] = asked(request, make)
        return reply_to(message, form.reply(), by=attribution(request))

    def body(self) -> dict[str, Schema]:
        return body_of(PlainReplyForm.base_fields, optional=frozenset({"to", "text"}))


class DismissSuggestion(_OfMessage):
    """The desk took it for an act, and it is none: by the suggestion's number, from 0."""

    permission = "file_mail"
    serializer_class: Any = CommunicationSerializer

    def do(self, message: Communication, request: Request) -> Communication:
        asked(request, lambda data, files: [Nothing(data)])
        number, by = self.named["number"], attribution(request)
        kept_suggestions.settle_suggestion(message, number, by=by)
        message.refresh_from_db()
        return message
