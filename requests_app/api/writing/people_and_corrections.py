"""Whose a request is, what a message is, and a mistake in the ledger put right."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.actions.mail import file_mail, read_mail
from requests_app.actions.newsroom import people, reminders
from requests_app.actions.requests import corrections
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.views import Write, attribution
from requests_app.api.reading.appeals import ReminderSerializer
from requests_app.api.reading.request_facts import RequestSerializer
from requests_app.api.reading.seen import person, request_at, visible
from requests_app.api.writing.verbs import Nothing, OfRequest, answer_of, asked
from requests_app.forms.newsroom.people import PersonForm
from requests_app.forms.newsroom.reminders import PersonalReminderForm
from requests_app.forms.requests.corrections import CorrectionForm, RightDayForm
from requests_app.models import Communication, Event, PersonalReminder, RecordsRequest, Scope
from requests_app.permissions import require
from requests_app.reminders.planning.mornings import day_of
from requests_app.reminders.planning.readers import choices_of, policy_of, zone_of


class _ToSomebody(OfRequest):
    def chosen(self, rr: RecordsRequest, request: Request) -> Any:
        def make(data: Any, files: Any) -> list[forms.BaseForm]:
            return [PersonForm(data, newsroom=rr.newsroom)]

        [form] = asked(request, make)
        return form.cleaned_data["person"]

    def body(self) -> dict[str, Schema]:
        return body_of(PersonForm.base_fields)


class Assign(_ToSomebody):
    """Whose it is from now on."""

    permission = "assign_request"

    def do(self, rr: RecordsRequest, request: Request, **kwargs: Any) -> None:
        people.assign(rr, to=self.chosen(rr, request), by=attribution(request))


class Share(_ToSomebody):
    """A colleague sees it and works on it too."""

    permission = "share_request"

    def do(self, rr: RecordsRequest, request: Request, **kwargs: Any) -> None:
        people.share(rr, with_=self.chosen(rr, request), by=attribution(request))


class _OfEntry(Write):
    """A verb of one entry of a ledger: answers the request as it stands then."""

    form: ClassVar[type[CorrectionForm]] = CorrectionForm
    does: ClassVar[Callable[..., object]]
    serializer_class = RequestSerializer
    queryset = Event.objects.none()

    def act(self, request: Request, public_id: str = "", pk: int = 0, **kwargs: Any) -> Response:
        rr = request_at(request, public_id)
        entries = Event.objects.select_related("by", "appeal", "delivery__letter", "in_place_of")
        entry = get_object_or_404(entries.defer("delivery__letter__pdf"), records_request=rr, pk=pk)
        entry.records_request = rr
        require(person(request), "correct_entry", entry)
        [form] = asked(request, lambda data, _: [self.form(data, initial={"on": entry.on})])
        type(self).does(entry, by=attribution(request), **form.cleaned_data)
        return answer_of(rr, request)

    def body(self) -> dict[str, Schema]:
        return body_of(self.form.base_fields)


class Strike(_OfEntry):
    """It stays, crossed out; what followed from it is worked out again."""

    does = corrections.strike


class Restore(_OfEntry):
    """It stands again, and all that follows from it."""

    does = corrections.restore


class CorrectDay(_OfEntry):
    """The entry is struck and stands anew on the right day."""

    form, does = RightDayForm, corrections.correct_day


class KeepAsCorrespondence(Write):
    """A message is none of the acts that the law knows: answers its request."""

    serializer_class = RequestSerializer
    queryset = Communication.objects.none()
    permission = "record_answer"
    does: ClassVar[Callable[..., object]] = staticmethod(read_mail.keep_as_correspondence)

    def act(self, request: Request, pk: int = 0, **kwargs: Any) -> Response:
        messages = Communication.objects.messages().filter(records_request__in=visible(request))
        found = messages.select_related("records_request__newsroom", "mail", "event")
        message = get_object_or_404(found, pk=pk)
        require(person(request), self.permission, message.records_request)
        asked(request, lambda data, files: [Nothing(data)])
        self.does(message, by=attribution(request))
        return answer_of(message.records_request, request)

    def body(self) -> dict[str, Schema]:
        return body_of(Nothing.base_fields)


class TakeOut(KeepAsCorrespondence):
    """Mail that was filed to the wrong request goes back to the Inbox."""

    permission, does = "file_mail", staticmethod(file_mail.take_out)


class Remind(Write):
    """Be reminded of a request, on a day: answers 201 with the reminder."""

    serializer_class = ReminderSerializer
    queryset = PersonalReminder.objects.none()
    scope = Scope.WRITE
    success = 201

    def act(self, request: Request, public_id: str = "", **kwargs: Any) -> Response:
        rr, today = request_at(request, public_id), _my_day(request)
        [form] = asked(request, lambda data, _: [PersonalReminderForm(data, today=today)])
        on, note = form.cleaned_data["on"], form.cleaned_data["note"]
        by = attribution(request)
        made = reminders.remind_me(rr, on=on, note=note, by=by, today=today)
        return Response(ReminderSerializer(made, context={"request": request}).data, status=201)

    def body(self) -> dict[str, Schema]:
        return body_of(PersonalReminderForm.base_fields)


class ReminderDone(Write):
    """It was seen to: answers the reminder."""

    serializer_class = ReminderSerializer
    queryset = PersonalReminder.objects.none()

    def act(self, request: Request, pk: int = 0, **kwargs: Any) -> Response:
        mine = get_object_or_404(PersonalReminder, pk=pk, user=person(request))
        asked(request, lambda data, files: [Nothing(data)])
        reminders.mark_done(mine, by=attribution(request))
        mine.refresh_from_db()
        return Response(ReminderSerializer(mine, context={"request": request}).data)

    def body(self) -> dict[str, Schema]:
        return body_of(Nothing.base_fields)


def _my_day(request: Request) -> Any:
    """Where the person is: a reminder of one's own comes on one's own day."""
    user = person(request)
    return day_of(timezone.now(), zone=zone_of(choices_of(user), policy_of(user.membership)))
