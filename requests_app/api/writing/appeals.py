"""A challenge drafted, its letter written, filed, received, decided, withdrawn."""

from typing import Any

from django import forms
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.actions.requests import appeals, exhibits
from requests_app.actions.requests.appeals import mark_of
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.versions import version_written_on
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.appeals import AppealSerializer
from requests_app.api.reading.seen import person, request_at
from requests_app.api.writing.sendings import COURT_FIELDS, SENDING_FIELDS, channel_in, of_appeal
from requests_app.api.writing.verbs import OfAppeal, OfRequest, answer_of_appeal, asked
from requests_app.forms.drafts.draft_forms import LetterForm
from requests_app.forms.requests.appeals import DecisionForm, ReceiptForm, WithdrawalForm
from requests_app.models import Appeal, Scope
from requests_app.permissions import require

ON = frozenset({"on"})


class RouteForm(forms.Form):
    route = forms.CharField(label="The slug of a route that is open now.", max_length=40)


class DraftAppeal(OfRequest):
    """An appeal by an open route, its letter and papers proposed: answers 201 with the appeal."""

    scope, serializer_class = Scope.RESEARCH, AppealSerializer
    success = 201

    def act(self, request: Request, public_id: str = "", **kwargs: Any) -> Response:
        rr = request_at(request, public_id)
        require(person(request), "draft_appeal", rr)
        [form] = asked(request, lambda data, files: [RouteForm(data)])
        route = form.cleaned_data["route"]
        appeal = appeals.draft(rr, route=route, by=attribution(request))
        exhibits.open_all(appeal)
        return answer_of_appeal(appeal, request, status=201)

    def body(self) -> dict[str, Schema]:
        return body_of(RouteForm.base_fields)


class WriteAppeal(OfAppeal):
    """The letter in other words."""

    permission, scope, needs_version = "edit_appeal", Scope.RESEARCH, True

    def do(self, appeal: Appeal, request: Request) -> None:
        stands = mark_of(appeal.letter_text)
        version_written_on(request, stands)
        [form] = asked(request, lambda data, files: [LetterForm(data)])
        text = form.cleaned_data["text"]
        appeals.edit_letter(appeal, by=person(request), text=text, instead_of=stands)

    def body(self) -> dict[str, Schema]:
        return body_of(LetterForm.base_fields)


class FileAppeal(OfAppeal):
    """The letter that you read, issued and sent with its papers; of a court, its notice."""

    permission, scope, needs_version = "file_appeal", Scope.SEND, True

    def do(self, appeal: Appeal, request: Request) -> None:
        stands = mark_of(appeal.letter_text)
        version_written_on(request, stands)
        channel = channel_in(request)
        [form] = asked(request, lambda data, files: [of_appeal(appeal, channel, data)])
        appeals.file(appeal, by=attribution(request), seen=stands, **form.arguments())

    def body(self) -> dict[str, Schema]:
        return body_of(SENDING_FIELDS, COURT_FIELDS)


def _today(appeal: Appeal) -> dict[str, Any]:
    return {"on": appeal.records_request.city.local_date(timezone.now())}


class ReceiveAppeal(OfAppeal):
    """The body has it."""

    permission, scope = "decide_appeal", Scope.RESEARCH

    def do(self, appeal: Appeal, request: Request) -> None:
        [form] = asked(request, lambda data, _: [ReceiptForm(data, initial=_today(appeal))])
        appeals.receive(appeal, on=form.cleaned_data["on"], by=attribution(request))

    def body(self) -> dict[str, Schema]:
        return body_of(ReceiptForm.base_fields, optional=ON)


class DecideAppeal(OfAppeal):
    """What the body decided."""

    permission, scope = "decide_appeal", Scope.RESEARCH

    def do(self, appeal: Appeal, request: Request) -> None:
        rr = appeal.records_request

        def make(data: Any, files: Any) -> list[forms.BaseForm]:
            return [DecisionForm(data, files, records_request=rr, initial=_today(appeal))]

        [form] = asked(request, make)
        appeals.decide(appeal, form.decision(), by=attribution(request))

    def body(self) -> dict[str, Schema]:
        fields = {**DecisionForm.base_fields}
        del fields["city_reference"]
        return body_of(fields, optional=ON)


class WithdrawAppeal(OfAppeal):
    """We no longer pursue it."""

    permission, scope = "withdraw_appeal", Scope.RESEARCH

    def do(self, appeal: Appeal, request: Request) -> None:
        [form] = asked(request, lambda data, _: [WithdrawalForm(data, initial=_today(appeal))])
        appeals.withdraw(appeal, on=form.cleaned_data["on"], by=attribution(request))

    def body(self) -> dict[str, Schema]:
        return body_of(WithdrawalForm.base_fields, optional=ON)
