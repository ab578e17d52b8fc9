"""Everything that can be recorded of a request, by the table that the pages read too."""

from typing import Any

from django import forms
from django.utils import timezone
from rest_framework.request import Request

from requests_app import letters, office_contacts
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.views import attribution
from requests_app.api.writing.sendings import SENDING_FIELDS, channel_in
from requests_app.api.writing.verbs import OfRequest, asked
from requests_app.forms.requests.recorded_acts import BINDINGS, Recorded, Written
from requests_app.forms.sending.our_letters import ReplyForm, TypedForm
from requests_app.letters.copies import AboutLetter
from requests_app.models import LetterKind, RecordsRequest, Scope
from requests_app.policy.acts import ACTS

ON = frozenset({"on"})  # left out: today, in the city


class Record(OfRequest):
    """One act, by its slug."""

    slug = "note"

    @property
    def permission(self) -> str:  # type: ignore[override]
        return ACTS[self.slug].verb

    @property
    def scope(self) -> Scope:  # type: ignore[override]
        return Scope.SEND if isinstance(BINDINGS[self.slug], Written) else Scope.WRITE

    def do(self, rr: RecordsRequest, request: Request, **kwargs: Any) -> None:
        bound = BINDINGS[self.slug]
        if isinstance(bound, Written):
            write_letter(rr, request, bound, self.slug)
        else:
            record(rr, request, bound)

    def body(self) -> dict[str, Schema]:
        bound = BINDINGS[self.slug]
        if isinstance(bound, Recorded):
            return body_of(bound.form.base_fields, optional=ON | frozenset({"outcome"}))
        return body_of(_typed_fields(bound), _LETTER_FIELDS)

    def about(self) -> str:
        act = ACTS[self.slug]
        return f"{act.title}. {act.hint}".strip()


_LETTER_FIELDS: dict[str, forms.Field] = {
    "text": forms.CharField(
        label="The letter's words; left out, as its wording has them.", required=False
    ),
    **SENDING_FIELDS,
}


def _typed_fields(bound: Written) -> dict[str, forms.Field]:
    return dict(bound.asks.base_fields)


def record(rr: RecordsRequest, request: Request, bound: Recorded) -> None:
    """By the act's form; the day is today in the city, unless one is named."""
    today = rr.city.local_date(timezone.now())

    def make(data: Any, files: Any) -> list[forms.BaseForm]:
        return [bound.form(data, files, records_request=rr, initial={"on": today})]

    [form] = asked(request, make)
    bound.do(rr, by=attribution(request), **form.arguments())


def write_letter(rr: RecordsRequest, request: Request, bound: Written, slug: str) -> None:
    """A letter of ours, in the words of its wording or in those that were sent."""
    kind, channel = ACTS[slug].letter, channel_in(request)
    assert kind is not None
    known = office_contacts.recipient_of(rr, kind, None).fact_for(channel)

    def make(data: Any, files: Any) -> list[forms.BaseForm]:
        typed = bound.asks(data, records_request=rr)
        about = AboutLetter(rr, kind, channel)
        way = ReplyForm(data, channel=channel, known=known, about=about)
        way.fields["text"].required = False
        return [typed, way]

    typed, way = asked(request, make)
    way.cleaned_data["text"] = way.cleaned_data["text"] or _words(rr, kind, typed)
    letter = way.letter(typed.facts())
    bound.do(rr, letter=letter, by=attribution(request), **typed.arguments())


def _words(rr: RecordsRequest, kind: LetterKind, typed: TypedForm) -> str:
    """What the wording gives, with what was entered for it."""
    on = rr.city.local_date(timezone.now())
    return letters.compose_reply(rr, kind, on=on, **typed.facts()).text
