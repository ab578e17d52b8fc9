"""A copy of a letter that a person gives to somebody else."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request

from requests_app.actions.sending import copies
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.ledger import CopySerializer
from requests_app.api.reading.seen import person, visible
from requests_app.api.writing.verbs import OfThing, asked
from requests_app.forms.fields import DayField
from requests_app.models import LetterCopy, Scope
from requests_app.permissions import require


class GivenForm(forms.Form):
    on = DayField(label="On which day; left out, today.")


class GiveCopy(OfThing):
    """It was given, posted or carried: answers it with its day."""

    scope = Scope.SEND
    serializer_class: Any = CopySerializer
    queryset = LetterCopy.objects.none()

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> LetterCopy:
        seen = LetterCopy.objects.filter(letter__records_request__in=visible(request))
        copy = get_object_or_404(seen.select_related("letter__records_request__newsroom"), pk=pk)
        require(person(request), "hand_over", copy.letter)
        return copy

    def do(self, copy: LetterCopy, request: Request) -> LetterCopy:
        today = copy.letter.records_request.city.local_date(timezone.now())
        [form] = asked(request, lambda data, _: [GivenForm(data, initial={"on": today})])
        copies.give(copy, on=form.cleaned_data["on"], by=attribution(request))
        copy.refresh_from_db()
        return copy

    def body(self) -> dict[str, Schema]:
        return body_of(GivenForm.base_fields, optional=frozenset({"on"}))
