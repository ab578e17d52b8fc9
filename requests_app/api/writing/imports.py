"""A file into the log by program: brought, tried, imported, gone on with, undone."""

from typing import Any, cast

from django import forms
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from requests_app.actions.research import importing
from requests_app.actions.research.importing import AboutTheFile, BroughtFile, Meaning, ReadFile
from requests_app.api.protocol.form_bodies import entered
from requests_app.api.protocol.form_schemas import JSON, MULTIPART, Schema, body_of
from requests_app.api.protocol.json_bodies import JSONObject
from requests_app.api.protocol.problems import FieldError, not_valid
from requests_app.api.protocol.versions import version_written_on
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.imports import ImportSerializer, imports, mark_of
from requests_app.api.reading.seen import person
from requests_app.api.writing.verbs import Nothing, OfThing, asked
from requests_app.forms.research.importing import BringFileForm, StartForm
from requests_app.models import LogImport, Scope
from requests_app.permissions import require
from requests_app.research.importing.mapping import CAN_BE_MEANT
from requests_app.research.log_table.columns import BY_NAME

COLUMNS, WORDS = "columns", "words"
MEANINGS = ["", *(one.name for one in CAN_BE_MEANT)]
WITH_WORDS = {one.name: one.choices.values for one in CAN_BE_MEANT if one.choices}


class _OfImport(OfThing):
    scope = Scope.RESEARCH
    serializer_class: Any = ImportSerializer
    queryset = LogImport.objects.none()

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> Any:
        return get_object_or_404(imports(request), pk=pk)

    def answer(self, row: LogImport) -> LogImport:
        return LogImport.objects.select_related("asked_by").get(pk=row.pk)


class BringFile(_OfImport):
    """A file for the log: answers 201 with what was read of it. What its columns mean is proposed.
    A desk's own export has nothing to map and is tried at once."""

    success = 201

    about: AboutTheFile
    read: ReadFile

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> Any:
        require(person(request), "import_log")

    def prepare(self, request: Request, **kwargs: Any) -> None:
        self.thing(request)
        newsroom = person(request).membership.newsroom
        [form] = asked(request, lambda data, files: [BringFileForm(data, files, newsroom=newsroom)])
        upload = form.cleaned_data["file"]
        file = BroughtFile(upload.name, upload.chunks())
        self.about, self.read = form.about(), importing.read(file, by=attribution(request))

    def do(self, thing: None, request: Request) -> LogImport:
        newsroom, by = person(request).membership.newsroom, attribution(request)
        made = importing.take(newsroom, self.read, self.about, by=by)
        if made.is_our_own:
            importing.try_it(made, by=by)
        return self.answer(made)

    def body(self) -> dict[str, Schema]:
        return {MULTIPART: body_of(BringFileForm.base_fields)[MULTIPART]}


class MeaningForm(forms.Form):
    mapping = forms.CharField(
        label="A mapping by its name: a kept one, foia-log or muckrock. What else is sent is said "
        "of it.",
        required=False,
        max_length=120,
    )
    is_day_first = forms.BooleanField(
        label="In 3/4/2019 the day comes first. Left out, as it stands.", required=False
    )
    name = forms.CharField(
        label="Keep this mapping under that name.", required=False, max_length=120
    )


class TryImport(_OfImport):
    """Says what the columns mean, and asks for the dry run. Left out, each stands as it was read
    under the ETag that is sent."""

    needs_version = True
    parser_classes = [JSONObject]

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> Any:
        """Locked: of two who say at once what its columns mean, one has read what stands."""
        return get_object_or_404(imports(request).select_for_update(no_key=True), pk=pk)

    def do(self, row: LogImport, request: Request) -> LogImport:
        version_written_on(request, mark_of(row))
        importing.try_it(row, _meaning(row, request), by=attribution(request))
        return self.answer(row)

    def body(self) -> dict[str, Schema]:
        bodies = body_of(MeaningForm.base_fields)
        bodies[JSON]["properties"] |= {
            COLUMNS: {
                "type": "object",
                "description": "By heading of the file: the log's column; empty leaves it out.",
                "additionalProperties": {"type": "string", "enum": MEANINGS},
            },
            WORDS: {
                "type": "object",
                "description": "By the log's column: the file's words, each with ours.",
                "additionalProperties": False,
                "properties": {
                    name: {
                        "type": "object",
                        "additionalProperties": {"type": "string", "enum": ["", *ours]},
                    }
                    for name, ours in WITH_WORDS.items()
                },
            },
        }
        return bodies


class StartImport(_OfImport):
    """Imports what the dry run found."""

    def do(self, row: LogImport, request: Request) -> LogImport:
        [form] = asked(request, lambda data, _: [StartForm(data)])
        importing.start(row, by=attribution(request), **form.cleaned_data)
        return self.answer(row)

    def body(self) -> dict[str, Schema]:
        return body_of(StartForm.base_fields)


class GoOnWithImport(_OfImport):
    """Continues what stopped, from where it stopped."""

    def do(self, row: LogImport, request: Request) -> LogImport:
        asked(request, lambda data, _: [Nothing(data)])
        importing.go_on(row, by=attribution(request))
        return self.answer(row)


class UndoImport(_OfImport):
    """Takes out what it made and puts back what it changed; what somebody changed since stays."""

    def do(self, row: LogImport, request: Request) -> LogImport:
        asked(request, lambda data, _: [Nothing(data)])
        importing.undo(row, by=attribution(request))
        return self.answer(row)


def _meaning(row: LogImport, request: Request) -> Meaning:
    """What was said, on top of the named mapping or of what stands."""
    said = cast(dict[str, Any], request.data)  # as JSONObject reads it
    plain = {name: value for name, value in said.items() if name not in {COLUMNS, WORDS}}
    [form] = entered(plain, request.FILES, lambda data, _: [MeaningForm(data)])
    typed = form.cleaned_data
    columns, words = said.get(COLUMNS, {}), said.get(WORDS, {})
    if wrong := [*_wrong_columns(row, columns), *_wrong_words(words)]:
        raise not_valid(wrong)
    stands = Meaning(row.columns, row.words, row.is_day_first)
    if typed["mapping"]:
        stands = importing.named(row.newsroom, typed["mapping"], row.headings)
    whole = {name: dict(found) for name, found in stands.words.items()}
    for name, found in words.items():
        whole.setdefault(name, {}).update({one.casefold(): ours for one, ours in found.items()})
    is_day_first = typed["is_day_first"] if "is_day_first" in said else stands.is_day_first
    return Meaning({**stands.columns, **columns}, whole, is_day_first, typed["name"])


def _wrong_columns(row: LogImport, said: Any) -> list[FieldError]:
    if not _is_texts(said):
        return [FieldError("This is an object: a column of the log by heading.", COLUMNS)]
    unknown = [
        FieldError(f"The file has no column “{heading}”.", COLUMNS)
        for heading in said
        if heading not in row.headings
    ]
    return unknown + [
        FieldError(f"The log has no column “{meant}” that a file can say.", COLUMNS)
        for meant in said.values()
        if meant not in MEANINGS
    ]


def _wrong_words(said: Any) -> list[FieldError]:
    if not isinstance(said, dict) or not all(map(_is_texts, said.values())):
        return [FieldError("This is an object of objects: our word by theirs, by column.", WORDS)]
    wrong: list[FieldError] = []
    for name, found in said.items():
        if name not in WITH_WORDS:
            known = ", ".join(WITH_WORDS)
            wrong.append(FieldError(f"“{name}” has no words of ours: {known} have.", WORDS))
            continue
        wrong += [
            FieldError(f"“{ours}” is no word of {BY_NAME[name].title}.", WORDS)
            for ours in found.values()
            if ours and ours not in WITH_WORDS[name]
        ]
    return wrong


def _is_texts(said: Any) -> bool:
    return isinstance(said, dict) and all(isinstance(one, str) for one in said.values())
