"""Projects made and named, codebooks written, coders assigned, entries coded and settled."""

from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from requests_app.actions.research import assigning, codebooks, coding, projects, resolving
from requests_app.actions.research.coding import Window
from requests_app.actions.research.resolving import Settled
from requests_app.api.protocol.form_schemas import JSON, Schema, body_of
from requests_app.api.protocol.versions import version_written_on
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.coding_drafts import draft_of, draft_shown
from requests_app.api.reading.coding_drafts import revision_of as draft_revision
from requests_app.api.reading.projects import (
    CodebookSerializer,
    CodersSerializer,
    CodingDraftSerializer,
    CodingSerializer,
    ProjectSerializer,
    assigned_entry,
    codebook_of,
    codings_seen,
    counted,
    project_at,
    revision_of,
)
from requests_app.api.reading.seen import person
from requests_app.api.writing.verbs import Nothing, OfThing, asked
from requests_app.forms.research.assigning import PlanForm
from requests_app.forms.research.codebooks import VariableForm
from requests_app.forms.research.coding import CodingForm, ResolutionForm
from requests_app.forms.research.projects import ProjectForm
from requests_app.models import Coding, LogEntry, Project, Scope, User
from requests_app.permissions import require
from requests_app.research.coding import codes, progress, sources, variables
from requests_app.research.coding.coded_values import entry_codes, variables_of
from requests_app.research.coding.codes import Code

UP, DOWN = "up", "down"


class _OfProject(OfThing):
    scope = Scope.RESEARCH
    serializer_class: Any = ProjectSerializer
    queryset = Project.objects.none()

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> Any:
        self.named = kwargs
        return project_at(request, pk)

    def answer(self, project: Project, request: Request) -> Project:
        return counted(request).get(pk=project.pk)


class MakeProject(_OfProject):
    """A story or a study: answers 201 with it."""

    success = 201

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> Any:
        require(person(request), "keep_project", person(request).membership)

    def do(self, thing: None, request: Request) -> Project:
        [form] = asked(request, lambda data, files: [ProjectForm(data)])
        here = person(request).membership.newsroom
        made = projects.make(here, by=attribution(request), **form.cleaned_data)
        return self.answer(made, request)

    def body(self) -> dict[str, Schema]:
        return body_of(ProjectForm.base_fields)


class RenameProject(_OfProject):
    """Its name, and what it is about."""

    permission = "keep_project"

    def do(self, project: Project, request: Request) -> Project:
        now = {"name": project.name, "description": project.description}
        [form] = asked(request, lambda data, files: [ProjectForm(data, initial=now)])
        projects.rename(project, **form.cleaned_data)
        return self.answer(project, request)

    def body(self) -> dict[str, Schema]:
        return body_of(ProjectForm.base_fields, optional=frozenset({"name"}))


class _OfCodebook(_OfProject):
    """Written on the revision that was read."""

    permission, needs_version = "keep_codebook", True
    serializer_class: Any = CodebookSerializer

    def do(self, project: Project, request: Request) -> dict[str, Any]:
        revision = revision_of(project)
        version_written_on(request, str(revision))
        self.write(project, request, revision)
        return codebook_of(project)

    def write(self, project: Project, request: Request, revision: int) -> None:
        raise NotImplementedError


class _VariableForm(VariableForm):
    """Which codebook was seen, If-Match says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["seen"]


VARIABLE = {name: one for name, one in VariableForm.base_fields.items() if name != "seen"}


class AddVariable(_OfCodebook):
    """Behind the others. `values`: one a line, as “partly = In part”."""

    def write(self, project: Project, request: Request, revision: int) -> None:
        [form] = asked(request, lambda data, files: [_VariableForm(data)])
        by = attribution(request)
        codebooks.add(project, form.variable(), seen=revision, by=by)

    def body(self) -> dict[str, Schema]:
        asked_here = {name: one for name, one in VARIABLE.items() if name != "kind_of_change"}
        return body_of(asked_here)


class ChangeVariable(_OfCodebook):
    """Its words put right, or what it means changed; what is left out stays."""

    def write(self, project: Project, request: Request, revision: int) -> None:
        key = self.named["key"]
        variable = variables.named(variables_of(project), key)
        if variable is None:
            raise Http404
        [form] = asked(request, lambda data, files: [_VariableForm(data, variable=variable)])
        codebooks.change(project, key, form.change(), seen=revision, by=attribution(request))

    def body(self) -> dict[str, Schema]:
        asked_here = {name: one for name, one in VARIABLE.items() if name != "key"}
        return body_of(asked_here, optional=frozenset(asked_here))


class RemoveVariable(_OfCodebook):
    """It is asked no more. What was coded of it stays with its version."""

    def write(self, project: Project, request: Request, revision: int) -> None:
        asked(request, lambda data, files: [Nothing(data)])
        codebooks.remove(project, self.named["key"], seen=revision, by=attribution(request))


class MoveForm(forms.Form):
    way = forms.ChoiceField(choices=[(UP, "Up"), (DOWN, "Down")])


class MoveVariable(_OfCodebook):
    """Up or down among the others."""

    def write(self, project: Project, request: Request, revision: int) -> None:
        [form] = asked(request, lambda data, files: [MoveForm(data)])
        places = -1 if form.cleaned_data["way"] == UP else 1
        key, by = self.named["key"], attribution(request)
        codebooks.move(project, key, places=places, seen=revision, by=by)

    def body(self) -> dict[str, Schema]:
        return body_of(MoveForm.base_fields)


class AssignCoders(_OfProject):
    """Who codes what, by a random choice that can be made again: answers who codes here."""

    permission = "assign_coders"
    serializer_class: Any = CodersSerializer

    def do(self, project: Project, request: Request) -> Any:
        [form] = asked(request, lambda data, _: [PlanForm(data, newsroom=project.newsroom)])
        assigning.assign(project, form.plan(), by=attribution(request))
        return {"coders": progress.of_project(project)}

    def body(self) -> dict[str, Schema]:
        return body_of(PlanForm.base_fields)


class EndCoder(AssignCoders):
    """What somebody has not finished is taken back; what they finished stays."""

    def do(self, project: Project, request: Request) -> Any:
        asked(request, lambda data, files: [Nothing(data)])
        here = User.objects.filter(membership__newsroom=project.newsroom_id)
        who = get_object_or_404(here, pk=self.named["coder"])
        assigning.end_unfinished(project, who, by=attribution(request))
        return {"coders": progress.of_project(project)}

    def body(self) -> dict[str, Schema]:
        return body_of(Nothing.base_fields)


class _Coded(_OfProject):
    """An entry that is assigned to the caller; `code_…`, `passage_…`, `source_…` and `page_…` of
    each variable, by its key."""

    needs_version = True

    def thing(self, request: Request, pk: int = 0, entry: int = 0, **kwargs: Any) -> LogEntry:
        project = project_at(request, pk)
        require(person(request), "code_entry", project)
        return assigned_entry(request, project, entry)

    def coded(self, entry: LogEntry, request: Request) -> tuple[CodingForm, Window]:
        assert entry.project is not None  # assigned_entry
        draft = draft_of(entry, person(request))
        revision = draft_revision(entry, draft, person(request))
        version_written_on(request, str(revision))
        asked_here = (
            variables.read(draft.version.variables) if draft else variables_of(entry.project)
        )
        given = codes.read(draft.codes) if draft else {}
        found = sources.sources_of(entry)

        def make(data: Any, files: Any) -> list[forms.BaseForm]:
            form = CodingForm(data, variables=asked_here, sources=found, codes=given)
            del form.fields["seen"], form.fields["tab"]
            return [form]

        [form] = asked(request, make)
        return form, Window(revision)

    def body(self) -> dict[str, Schema]:
        return {JSON: CODES}


CODES: Schema = {
    "type": "object",
    "patternProperties": {"^(code|passage|source|page)_[a-z][a-z0-9_]{0,39}$": {"type": "string"}},
    "additionalProperties": False,
}


class KeepCoding(_Coded):
    """Your codes so far, finished or not; what is left out stays: answers your draft."""

    serializer_class: Any = CodingDraftSerializer

    def do(self, entry: LogEntry, request: Request) -> dict[str, Any]:
        form, window = self.coded(entry, request)
        by = attribution(request)
        kept = coding.keep(entry, form.given(), window=window, by=by)
        return draft_shown(entry, kept, by.user)


class FinishCoding(_Coded):
    """For good: answers 201 with the finished coding."""

    success = 201
    serializer_class: Any = CodingSerializer

    def do(self, entry: LogEntry, request: Request) -> Coding:
        form, window = self.coded(entry, request)
        by = attribution(request)
        made = coding.finish(entry, form.given(), window=window, by=by)
        return codings_seen(request).get(pk=made.pk)


class GoOnByTheCodebook(_Coded):
    """Your draft taken to the codebook as it stands: answers your draft."""

    serializer_class: Any = CodingDraftSerializer
    needs_version = False

    def do(self, entry: LogEntry, request: Request) -> dict[str, Any]:
        asked(request, lambda data, files: [Nothing(data)])
        by = attribution(request)
        return draft_shown(entry, coding.go_on_by_the_codebook(entry, by=by), by.user)

    def body(self) -> dict[str, Schema]:
        return body_of(Nothing.base_fields)


class ReasonForm(forms.Form):
    reason = ResolutionForm.base_fields["reason"]


class Settle(_OfProject):
    """What a variable of an entry is coded as in the end, where coders differ, and why. The codes
    themselves stay as they are: answers what stands resolved."""

    permission = "resolve_codes"

    def do(self, project: Project, request: Request) -> Project:
        variable = variables.named(variables_of(project), self.named["key"])
        coded = entry_codes(project, viewer=person(request)).get(self.named["entry"])
        if variable is None or coded is None:
            raise Http404
        rows = LogEntry.objects.select_related("appeal", "records_request", "logged_request")
        entry = rows.get(project=project, pk=coded.entry_id)
        found, stands = sources.sources_of(entry), coded.resolution_of(variable)
        code = Code(**stands.code) if stands else Code("")

        def make(data: Any, files: Any) -> list[forms.BaseForm]:
            form = ResolutionForm(data, variable=variable, sources=found, code=code)
            del form.fields["seen"]
            return [form]

        [form] = asked(request, make)
        form.cleaned_data["seen"] = stands.number if stands else 0
        settled: Settled = form.settled()
        resolving.resolve(project, entry, settled, by=attribution(request))
        return self.answer(project, request)

    def body(self) -> dict[str, Schema]:
        reason: Schema = {"type": "string", "minLength": 1, "maxLength": 4000}
        return {JSON: {**CODES, "properties": {"reason": reason}, "required": ["reason"]}}
