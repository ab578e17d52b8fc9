"""A challenge logged, followed by its next step, corrected, put into a project, taken out."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from requests_app.actions.research import log_entries, projects
from requests_app.api.protocol.form_bodies import entered
from requests_app.api.protocol.form_schemas import JSON, Schema, body_of, schema_of
from requests_app.api.protocol.problems import FieldError, not_valid
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.log import LogEntrySerializer, shown, visible_entries
from requests_app.api.reading.request_facts import RequestSerializer
from requests_app.api.reading.seen import person
from requests_app.api.writing.verbs import Nothing, OfRequest, OfThing, asked
from requests_app.forms.research.log_entry import (
    ClaimForm,
    LogEntryForm,
    as_entered,
    of_its_request,
)
from requests_app.forms.research.projects import PlacementForm
from requests_app.models import LogEntry, Newsroom, RecordsRequest, Scope
from requests_app.permissions import require

CLAIMS = "claims"
A_CLAIM: Schema = {
    "type": "object",
    "additionalProperties": False,
    "required": ["as_claimed"],
    "properties": {name: schema_of(field) for name, field in ClaimForm.base_fields.items()},
}


def log_entry_of(request: Request, newsroom: Newsroom, initial: dict[str, Any]) -> LogEntryForm:
    """The log's own form. `claims` are sent as a list; left out, they are as they stand."""
    body: Any = request.data
    if not isinstance(body, QueryDict) and CLAIMS in body:
        claims = _claims(body[CLAIMS])
        body = {name: value for name, value in body.items() if name != CLAIMS}
    else:
        claims = initial.get(CLAIMS, [])
    known = min(len(claims), len(initial.get(CLAIMS, [])))

    def make(data: Any, files: Any) -> list[forms.BaseForm]:
        whole = None if data is None else {**data, **_as_form_set(claims, known)}
        return [LogEntryForm(whole, files, newsroom=newsroom, initial=initial)]

    [form] = entered(body, request.FILES, make)
    found: LogEntryForm = form
    return found


def _claims(sent: Any) -> list[Mapping[str, str]]:
    known = ClaimForm.base_fields
    is_list = isinstance(sent, list) and all(isinstance(one, dict) for one in sent)
    if not is_list or any(
        name not in known or not isinstance(value, str)
        for one in sent
        for name, value in one.items()
    ):
        told = ", ".join(known)
        raise not_valid([FieldError(f"This is a list of objects of texts: {told}.", CLAIMS)])
    wrong = [
        FieldError(str(problem), f"{CLAIMS}/{number}/{name}")
        for number, one in enumerate(sent)
        for name, problems in ClaimForm(one).errors.items()
        for problem in problems
    ]
    if wrong:
        raise not_valid(wrong)
    found: list[Mapping[str, str]] = sent
    return found


def _as_form_set(claims: list[Mapping[str, str]], known: int) -> dict[str, str]:
    """As a browser sends the sets of fields, so many of which the page began with."""
    counts = {"TOTAL_FORMS": len(claims), "INITIAL_FORMS": known}
    managed = {f"{CLAIMS}-{name}": str(count) for name, count in counts.items()}
    fields = {
        f"{CLAIMS}-{number}-{name}": value
        for number, one in enumerate(claims)
        for name, value in one.items()
    }
    return {**managed, **fields}


class _OfLog(OfThing):
    scope = Scope.RESEARCH
    serializer_class = LogEntrySerializer
    queryset = LogEntry.objects.none()

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> LogEntry:
        rows = visible_entries(request).select_related("logged_request", "records_request")
        return get_object_or_404(rows, pk=pk)

    def answer(self, entry: LogEntry) -> LogEntry:
        return shown(LogEntry.objects.filter(pk=entry.pk)).get()


class _Entered(_OfLog):
    def body(self) -> dict[str, Schema]:
        bodies = body_of(LogEntryForm.base_fields, optional=self.optional)
        bodies[JSON]["properties"][CLAIMS] = {"type": "array", "items": A_CLAIM, "maxItems": 40}
        return bodies

    optional: frozenset[str] = frozenset()


class Log(_Entered):
    """A challenge that was filed elsewhere or long ago: answers 201 with its entry."""

    success = 201

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> Any:
        require(person(request), "log_appeal")

    def do(self, thing: None, request: Request) -> LogEntry:
        newsroom = person(request).membership.newsroom
        form = log_entry_of(request, newsroom, {})
        return self.answer(log_entries.log(newsroom, form.logged(), by=attribution(request)))


class LogNextStep(_Entered):
    """The next step of the same challenge: answers 201 with its entry."""

    success, permission, optional = 201, "log_appeal", frozenset({"place", "subject"})

    def do(self, entry: LogEntry, request: Request) -> LogEntry:
        newsroom = person(request).membership.newsroom
        form = log_entry_of(request, newsroom, of_its_request(entry))
        by = attribution(request)
        return self.answer(log_entries.log(newsroom, form.logged(), by=by, follows=entry))


class CorrectLog(_Entered):
    """The entry as it should have been; what is left out stays. Files are added to its own."""

    permission, optional = "correct_log_entry", frozenset(LogEntryForm.base_fields)

    def do(self, entry: LogEntry, request: Request) -> LogEntry:
        form = log_entry_of(request, entry.newsroom, as_entered(entry))
        log_entries.correct(entry, form.logged(), by=attribution(request))
        return self.answer(entry)


class TakeOutOfLog(_OfLog):
    """It leaves the log, with its documents: answers it as it stood."""

    permission = "correct_log_entry"

    def do(self, entry: LogEntry, request: Request) -> dict[str, Any]:
        asked(request, lambda data, files: [Nothing(data)])
        stood = dict(self.get_serializer(self.answer(entry)).data)
        log_entries.take_out(entry)
        return stood

    def drawn(self, row: Any) -> Any:
        return row


class PlaceEntry(_OfLog):
    """Into a project, or with null out of the one it is in."""

    permission = "put_into_project"

    def do(self, entry: LogEntry, request: Request) -> LogEntry:
        project = placement_in(request, {"project": entry.project_id})
        projects.put_entries([entry.pk], project, by=attribution(request))
        return self.answer(entry)

    def body(self) -> dict[str, Schema]:
        return body_of(PlacementForm.base_fields)


class PlaceRequest(OfRequest):
    """Into a project, or with null out of the one it is in; its entries of the log go along."""

    permission, scope, serializer_class = "put_into_project", Scope.RESEARCH, RequestSerializer

    def do(self, rr: RecordsRequest, request: Request, **kwargs: Any) -> None:
        project = placement_in(request, {"project": rr.project_id})
        projects.put_request(rr, project, by=attribution(request))

    def body(self) -> dict[str, Schema]:
        return body_of(PlacementForm.base_fields)


def placement_in(request: Request, initial: dict[str, Any]) -> Any:
    newsroom = person(request).membership.newsroom

    def make(data: Any, files: Any) -> list[forms.BaseForm]:
        return [PlacementForm(data, newsroom=newsroom, initial=initial)]

    [form] = asked(request, make)
    return form.cleaned_data["project"]
