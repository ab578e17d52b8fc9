"""What a body requires of a filing, ticked; and what the city offers to settle a challenge."""

from typing import Any

from django import forms
from django.utils import timezone
from rest_framework.request import Request

from requests_app.actions.challenges import settlement
from requests_app.actions.filings import checklist
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.views import attribution
from requests_app.api.writing.verbs import OfAppeal, asked
from requests_app.forms.challenges.settlement import SettlementForm
from requests_app.models import Appeal, Scope


class TickForm(forms.Form):
    requirement = forms.CharField(label="Which line, by its slug.", max_length=80)
    is_met = forms.BooleanField(
        label="True: somebody says that it is met. False: that is taken back.", required=False
    )


class TickRequirement(OfAppeal):
    """A line of the checklist of a drafted challenge, in your name."""

    permission, scope = "edit_appeal", Scope.RESEARCH

    def do(self, appeal: Appeal, request: Request) -> None:
        [form] = asked(request, lambda data, _: [TickForm(data)])
        slug, is_met = form.cleaned_data["requirement"], form.cleaned_data["is_met"]
        checklist.tick(appeal, slug, is_met=is_met, by=attribution(request))

    def body(self) -> dict[str, Schema]:
        return body_of(TickForm.base_fields)


class RecordSettlementOffer(OfAppeal):
    """What the city offers or gives to settle a filed challenge; it moves no state by itself."""

    permission, scope = "decide_appeal", Scope.RESEARCH

    def do(self, appeal: Appeal, request: Request) -> None:
        rr = appeal.records_request
        begun = {"on": rr.city.local_date(timezone.now())}

        def make(data: Any, files: Any) -> list[forms.BaseForm]:
            return [SettlementForm(data, files, records_request=rr, initial=begun)]

        [form] = asked(request, make)
        settlement.record_offer(appeal, form.answer(), by=attribution(request))

    def body(self) -> dict[str, Schema]:
        fields = {**SettlementForm.base_fields}
        del fields["city_reference"]
        return body_of(fields, optional=frozenset({"on"}))
