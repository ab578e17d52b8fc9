"""What the worker is asked to make: an export of the log, a request's papers put together."""

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from requests_app.actions.requests import case_files
from requests_app.actions.research import exporting
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.made_files import CaseFileSerializer, ExportSerializer, exports
from requests_app.api.reading.seen import person, request_at
from requests_app.api.writing.verbs import Nothing, OfThing, asked
from requests_app.forms.requests.case_files import CaseFileForm
from requests_app.forms.research.exporting import ExportForm
from requests_app.models import CaseFile, LogExport, RecordsRequest, Scope
from requests_app.permissions import may, require


class AskForExport(OfThing):
    """Answers 201 with the promise: its address says when it is ready."""

    scope, success = Scope.RESEARCH, 201
    serializer_class: Any = ExportSerializer
    queryset = LogExport.objects.none()

    def thing(self, request: Request, **kwargs: Any) -> None:
        require(person(request), "export_log", person(request).membership)

    def do(self, thing: None, request: Request) -> LogExport:
        user, newsroom = person(request), person(request).membership.newsroom
        may_have = may(user, "export_personal_data")
        [form] = asked(
            request,
            lambda data, _: [ExportForm(data, newsroom=newsroom, may_have_personal_data=may_have)],
        )
        return exporting.ask(newsroom, form.wanted(), by=attribution(request))

    def body(self) -> dict[str, Schema]:
        return body_of(ExportForm.base_fields, optional=frozenset({"what"}))


class ExportAgain(OfThing):
    """Once more what could not be made."""

    scope = Scope.RESEARCH
    serializer_class: Any = ExportSerializer
    queryset = LogExport.objects.none()

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> LogExport:
        return get_object_or_404(exports(request), pk=pk)

    def do(self, export: LogExport, request: Request) -> LogExport:
        asked(request, lambda data, _: [Nothing(data)])
        exporting.try_again(export, by=attribution(request))
        export.refresh_from_db()
        return export


class AskForCaseFile(OfThing):
    """Answers 201 with the promise. `what`: whole, archive, or appeal-… with a challenge's id."""

    permission, success = "make_case_file", 201
    serializer_class: Any = CaseFileSerializer
    queryset = CaseFile.objects.none()

    def thing(self, request: Request, public_id: str = "", **kwargs: Any) -> RecordsRequest:
        return request_at(request, public_id)

    def do(self, rr: RecordsRequest, request: Request) -> CaseFile:
        [form] = asked(request, lambda data, _: [CaseFileForm(data, records_request=rr)])
        return case_files.ask(rr, by=attribution(request), **form.asked())

    def body(self) -> dict[str, Schema]:
        return body_of(CaseFileForm.base_fields, optional=frozenset({"what"}))
