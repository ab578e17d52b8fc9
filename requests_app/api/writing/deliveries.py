"""A letter on its way: handed over, sent again, confirmed, recalled, sent without what is apart."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request

from requests_app.actions.mail import came_back
from requests_app.actions.sending import deliveries, kept_apart
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.ledger import DeliverySerializer
from requests_app.api.reading.seen import visible
from requests_app.api.writing.verbs import Nothing, OfThing, asked
from requests_app.forms.sending.deliveries import CameBackForm, HandOverForm, OtherWordsForm
from requests_app.models import Delivery, Scope


class _OfDelivery(OfThing):
    scope = Scope.SEND
    serializer_class = DeliverySerializer
    queryset = Delivery.objects.none()
    form: ClassVar[type[forms.Form]] = Nothing
    does: ClassVar[Callable[..., object]]

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> Delivery:
        seen = Delivery.objects.filter(records_request__in=visible(request))
        return get_object_or_404(seen.select_related("records_request__newsroom"), pk=pk)

    def do(self, delivery: Delivery, request: Request) -> Delivery:
        begun = self.begun(delivery)
        [form] = asked(request, lambda data, _: [self.form(data, initial=begun)])
        type(self).does(delivery, by=attribution(request), **form.cleaned_data)
        delivery.refresh_from_db()
        return delivery

    def begun(self, delivery: Delivery) -> dict[str, Any]:
        return {}

    def body(self) -> dict[str, Schema]:
        return body_of(self.form.base_fields, optional=frozenset({"on", "to", "text"}))


class HandOver(_OfDelivery):
    """Posted, carried, entered in the portal or read out; the day is today unless one is named."""

    permission, form, does = "hand_over", HandOverForm, deliveries.hand_over

    def begun(self, delivery: Delivery) -> dict[str, Any]:
        return {"on": delivery.records_request.city.local_date(timezone.now())}


class AddressForm(forms.Form):
    to = forms.CharField(
        label="Another address; left out, the same.", required=False, max_length=500
    )


class Retry(_OfDelivery):
    """Once more: of what failed, came back, was recalled or is in doubt."""

    permission, form, does = "retry_delivery", AddressForm, deliveries.retry


class OtherWords(_OfDelivery):
    """A recalled letter sent after all, in other words."""

    permission, form, does = "retry_delivery", OtherWordsForm, deliveries.retry

    def begun(self, delivery: Delivery) -> dict[str, Any]:
        return {"to": delivery.to, "text": deliveries.words_of(delivery)}


class SendWithout(_OfDelivery):
    """Without the files that are kept apart since."""

    permission, does = "retry_delivery", kept_apart.send_without


class Confirm(_OfDelivery):
    """It arrived, as somebody knows who asked."""

    permission, does = "confirm_delivery", deliveries.confirm_sent


class CameBack(_OfDelivery):
    """It came back, as somebody knows though no report says so. To undo it, strike its entry."""

    permission, form, does = "bounce_delivery", CameBackForm, came_back.record_without_report


class Recall(_OfDelivery):
    """Kept at home, if it has not left yet."""

    permission, does = "recall_delivery", deliveries.recall
