"""Mail of the Inbox filed, set aside, brought back, read again, or said to be a returned letter."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from requests_app.actions.mail import came_back, file_mail, incoming
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.inbox import MailSerializer, inbox_mail, with_candidates
from requests_app.api.reading.seen import person, visible
from requests_app.api.writing.verbs import Nothing, OfThing, asked
from requests_app.forms.mail.inbox import FileMailForm
from requests_app.models import Delivery, InboundMail
from requests_app.permissions import require

BY_HAND = "A person filed it here."


class _OfMail(OfThing):
    serializer_class = MailSerializer
    queryset = InboundMail.objects.none()

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> InboundMail:
        return inbox_mail(request, pk)

    def do(self, mail: InboundMail, request: Request) -> InboundMail:
        self.does(mail, request)
        mail.refresh_from_db()
        [answered] = with_candidates([mail], request)
        return answered

    def does(self, mail: InboundMail, request: Request) -> None:
        raise NotImplementedError


class FileMail(_OfMail):
    """To a request: `reference` is its reference, its public id, or the city's own number."""

    def does(self, mail: InboundMail, request: Request) -> None:
        [form] = asked(request, lambda data, _: [FileMailForm(data, visible=visible(request))])
        target = form.cleaned_data["reference"]
        require(person(request), "file_mail", target)
        file_mail.file_communication(mail, target, by=attribution(request), reason=BY_HAND)

    def body(self) -> dict[str, Schema]:
        return body_of(FileMailForm.base_fields)


class SetMailAside(_OfMail):
    """It is no request's. It is kept, and can be brought back."""

    permission = "set_mail_aside"

    def does(self, mail: InboundMail, request: Request) -> None:
        asked(request, lambda data, files: [Nothing(data)])
        file_mail.set_aside(mail, by=attribution(request))


class BringMailBack(_OfMail):
    """What was set aside waits in the Inbox again."""

    def does(self, mail: InboundMail, request: Request) -> None:
        asked(request, lambda data, files: [Nothing(data)])
        file_mail.bring_back(mail)


class ReadMailAgain(_OfMail):
    """What could not be read is tried again."""

    def does(self, mail: InboundMail, request: Request) -> None:
        asked(request, lambda data, files: [Nothing(data)])
        incoming.read_again(mail)


class DeliveryForm(forms.Form):
    delivery = forms.IntegerField(label="The sending of ours that came back.", min_value=1)


class MailCameBack(_OfMail):
    """A report that a letter of ours did not arrive."""

    def does(self, mail: InboundMail, request: Request) -> None:
        [form] = asked(request, lambda data, files: [DeliveryForm(data)])
        seen = Delivery.objects.filter(records_request__in=visible(request))
        rows = seen.select_related("records_request__newsroom")
        delivery = get_object_or_404(rows, pk=form.cleaned_data["delivery"])
        require(person(request), "file_mail", delivery)
        came_back.record_came_back(mail, delivery, by=attribution(request))

    def body(self) -> dict[str, Schema]:
        return body_of(DeliveryForm.base_fields)
