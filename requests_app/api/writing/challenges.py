"""Of a filed challenge its letters and days; of a drafted one the papers behind it."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request

from requests_app import letters as composing
from requests_app import office_contacts
from requests_app.actions.challenges import entered_days, letters
from requests_app.actions.requests import exhibits
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.challenges import ExhibitSerializer, days_of, shown_exhibit
from requests_app.api.reading.seen import appeal_at, person
from requests_app.api.writing.sendings import SENDING_FIELDS, channel_in
from requests_app.api.writing.verbs import Nothing, OfAppeal, OfThing, asked
from requests_app.forms.challenges.entered_days import ChallengeDayForm, WhatCameForm
from requests_app.forms.challenges.further_exhibits import FurtherExhibitsForm
from requests_app.forms.challenges.letters import ChallengeLetterForm
from requests_app.forms.requests.exhibits import FileForm, PaperForm
from requests_app.forms.sending.our_letters import form_of
from requests_app.letters.copies import AboutLetter
from requests_app.models import Appeal, Exhibit, LetterKind, Scope
from requests_app.permissions import require
from requests_app.vocabulary.exhibit_numbers import named

TEXT = forms.CharField(
    label="The letter's words; left out, as its wording has them.", required=False
)
EXHIBITS = {
    name: field for name, field in FurtherExhibitsForm.base_fields.items() if name != "uploads"
}


class ChallengeLetter(OfAppeal):
    """A letter in a filed challenge, in the words of its wording or in those that were sent."""

    permission, scope = "file_appeal", Scope.SEND
    kind = LetterKind.CHALLENGE_WITHDRAWAL

    def do(self, appeal: Appeal, request: Request) -> None:
        offer = self.kind.described.in_a_challenge
        assert offer is not None
        letters.check_fits(appeal, offer)
        rr, channel = appeal.records_request, channel_in(request)
        known = office_contacts.recipient_of(rr, self.kind, appeal).fact_for(channel)
        office = office_contacts.resolve(rr.newsroom, rr.city, rr.office_role)
        about = AboutLetter(rr, self.kind, channel, appeal)

        def make(data: Any, files: Any) -> list[forms.BaseForm]:
            typed = form_of(offer)(data, records_request=rr)
            way = ChallengeLetterForm(
                data,
                offer=offer,
                office_email=office.email.value,
                channel=channel,
                known=known,
                about=about,
            )
            way.fields["text"].required = False
            return [typed, way, *self.behind(appeal, data)]

        typed, way, *behind = asked(request, make)
        facts = typed.facts()
        if behind and behind[0].titles:
            facts["further_exhibits"] = named(number for number, _ in behind[0].titles)
        if not way.cleaned_data["text"]:
            on = rr.city.local_date(timezone.now())
            composed = composing.compose_in_challenge(appeal, self.kind, on=on, **facts)
            way.cleaned_data["text"] = composed.text
        letter = way.letter(typed.facts())
        for one in behind:
            letter = one.with_exhibits(letter)
        letters.send(appeal, kind=self.kind, letter=letter, by=attribution(request))

    def behind(self, appeal: Appeal, data: Any) -> list[forms.BaseForm]:
        offer = self.kind.described.in_a_challenge
        if offer is None or not offer.has_exhibits:
            return []
        form = FurtherExhibitsForm(data, appeal=appeal)
        del form.fields["uploads"]  # add them to the request first
        return [form]

    def about(self) -> str:
        offer = self.kind.described.in_a_challenge
        assert offer is not None
        return f"{offer.title}. {offer.hint}".strip()

    def body(self) -> dict[str, Schema]:
        offer = self.kind.described.in_a_challenge
        assert offer is not None
        behind = EXHIBITS if offer.has_exhibits else {}
        return body_of(form_of(offer).base_fields, {"text": TEXT}, SENDING_FIELDS, behind)


LETTERS = {offer.slug: kind for kind, offer in LetterKind.in_a_challenge().items()}


class _OfDay(OfAppeal):
    permission, scope = "enter_challenge_day", Scope.RESEARCH

    def act(self, request: Request, pk: int = 0, **kwargs: Any) -> Any:
        self.number = kwargs.get("number", 0)
        return super().act(request, pk=pk)

    def stands(self, appeal: Appeal) -> dict[str, Any]:
        found = days_of(appeal).get(self.number)
        if found is None:
            raise Http404
        return found


class EnterDay(_OfDay):
    """A day of the challenge: a hearing, a brief, what its body announced."""

    def do(self, appeal: Appeal, request: Request) -> None:
        entered_days.enter(appeal, day_in(appeal, request, {}), by=attribution(request))

    def body(self) -> dict[str, Schema]:
        return body_of(ChallengeDayForm.base_fields, optional=frozenset({"heard_on"}))


class MoveDay(_OfDay):
    """It was put on another day, or more is known of it; what is left out stays."""

    def do(self, appeal: Appeal, request: Request) -> None:
        data = self.stands(appeal)
        papers = [f"{kind}-{data[kind]}" for kind in ("message", "file") if kind in data]
        initial = {**data, "kind": data["what"], "paper": papers[0] if papers else ""}
        day = day_in(appeal, request, initial)
        entered_days.move(appeal, self.number, day, by=attribution(request))

    def body(self) -> dict[str, Schema]:
        fields = ChallengeDayForm.base_fields
        return body_of(fields, optional=frozenset(fields))


class DayOver(_OfDay):
    """What came of the day."""

    def do(self, appeal: Appeal, request: Request) -> None:
        self.stands(appeal)
        initial = {"on": appeal.records_request.city.local_date(timezone.now())}
        [form] = asked(request, lambda data, _: [WhatCameForm(data, initial=initial)])
        by = attribution(request)
        entered_days.say_what_came(appeal, self.number, by=by, **form.cleaned_data)

    def body(self) -> dict[str, Schema]:
        return body_of(WhatCameForm.base_fields, optional=frozenset({"on"}))


def day_in(appeal: Appeal, request: Request, initial: dict[str, Any]) -> Any:
    heard = {"heard_on": appeal.records_request.city.local_date(timezone.now())}

    def make(data: Any, files: Any) -> list[forms.BaseForm]:
        return [ChallengeDayForm(data, appeal=appeal, initial={**initial, **heard})]

    [form] = asked(request, make)
    return form.day()


class _Exhibited(OfThing):
    scope = Scope.RESEARCH
    serializer_class: Any = ExhibitSerializer
    queryset = Exhibit.objects.none()

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> Any:
        appeal = appeal_at(request, pk)
        require(person(request), "edit_appeal", appeal)
        return appeal


class AddPaper(_Exhibited):
    """A letter or a message of the request behind the others, by `letter-…` or `message-…`:
    answers 201 with the exhibit."""

    success = 201

    def do(self, appeal: Appeal, request: Request) -> Exhibit:
        [form] = asked(request, lambda data, _: [PaperForm(data, appeal=appeal)])
        by = attribution(request)
        return shown_exhibit(exhibits.add_paper(appeal, paper=form.asked_for(), by=by))

    def body(self) -> dict[str, Schema]:
        return body_of(PaperForm.base_fields)


class AddFile(_Exhibited):
    """A file of the request, or one that is sent, behind the others: answers 201 with the
    exhibit."""

    success = 201

    def do(self, appeal: Appeal, request: Request) -> Exhibit:
        [form] = asked(request, lambda data, files: [FileForm(data, files, appeal=appeal)])
        title, by = form.cleaned_data["title"], attribution(request)
        if file := form.cleaned_data["file"]:
            added = exhibits.add_file(appeal, title=title, file=file, by=by)
        else:
            (upload,) = form.cleaned_data["upload"]
            added = exhibits.add_upload(appeal, title=title, upload=upload, by=by)
        return shown_exhibit(added)

    def body(self) -> dict[str, Schema]:
        return body_of(FileForm.base_fields)


class _OfExhibit(_Exhibited):
    form: ClassVar[type[forms.Form]] = Nothing
    does: ClassVar[Callable[..., object]]

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> Exhibit:
        exhibit = get_object_or_404(Exhibit.objects.select_related("appeal"), pk=pk)
        exhibit.appeal = super().thing(request, pk=exhibit.appeal_id)
        return exhibit

    def do(self, exhibit: Exhibit, request: Request) -> Exhibit:
        [form] = asked(request, lambda data, files: [self.form(data)])
        type(self).does(exhibit, **form.cleaned_data, **self.more(request))
        return shown_exhibit(Exhibit.objects.filter(pk=exhibit.pk).first() or exhibit)

    def more(self, request: Request) -> dict[str, Any]:
        return {}

    def body(self) -> dict[str, Schema]:
        return body_of(self.form.base_fields)


class PlaceForm(forms.Form):
    to = forms.IntegerField(label="The number that it gets, from 1.", min_value=1, max_value=9999)


class TitleForm(forms.Form):
    title = forms.CharField(label="What it is.", max_length=200)


class MoveExhibit(_OfExhibit):
    """It gets another number; the letter names all by their new ones."""

    form, does = PlaceForm, exhibits.move


class RenameExhibit(_OfExhibit):
    """Called otherwise in the contents and on the letter."""

    form, does = TitleForm, exhibits.rename


class RemoveExhibit(_OfExhibit):
    """Taken out: answers it as it stood."""

    does = exhibits.remove


class SettleExhibit(_OfExhibit):
    """What has no pages goes beside the filing as a file."""

    does = exhibits.settle

    def more(self, request: Request) -> dict[str, Any]:
        return {"by": attribution(request)}
