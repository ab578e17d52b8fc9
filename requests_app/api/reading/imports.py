"""Files on their way into the log: how far each is, what its columns mean, what became of rows."""

import csv
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.protocol.pages import AFTER, PageByPlace, address_of, size_of
from requests_app.api.protocol.problems import FieldError, not_valid
from requests_app.api.protocol.versions import quoted
from requests_app.api.protocol.views import ReadMany, ReadOne
from requests_app.api.reading.filters import parameters_of
from requests_app.api.reading.seen import person
from requests_app.models import LogImport, LogMapping
from requests_app.ordered_places import Order
from requests_app.permissions import require
from requests_app.research.importing import previews
from requests_app.research.importing.fates import IN_WORDS, Fate
from requests_app.research.log_table.cells import as_json, unguarded
from requests_app.storage import content

FATES = {words: fate for fate, words in IN_WORDS.items()}
CELLS = 5  # of a line in the file of fates


class LeftRowSerializer(serializers.Serializer[Any]):
    """A row that an undoing left, since somebody changed it after the import."""

    row = serializers.IntegerField()
    what = serializers.CharField()
    why = serializers.CharField()


class ImportSerializer(serializers.ModelSerializer[LogImport]):
    """One file. `position` of `total` rows are done; `counts` is by fate. `problem` says why it
    stopped, `stopped_in` while doing what. `kept`: what an undoing left in the log."""

    url = serializers.HyperlinkedIdentityField(view_name="api_import", lookup_field="pk")
    mapping = serializers.HyperlinkedIdentityField(
        view_name="api_import_mapping", lookup_field="pk"
    )
    rows = serializers.HyperlinkedIdentityField(view_name="api_import_rows", lookup_field="pk")
    counts = serializers.DictField(child=serializers.IntegerField())
    kept = LeftRowSerializer(many=True)
    asked_by = serializers.CharField(source="asked_by.name")

    class Meta:
        model = LogImport
        fields = [
            "id", "url", "name", "sha256", "source", "city_slug", "place", "agency", "project",
            "is_our_own", "stage", "stopped_in", "problem", "total", "position", "counts",
            "takes_duplicates", "leaves_out_refused", "kept", "asked_by", "asked_at",
            "finished_at", "mapping", "rows",
        ]  # fmt: skip
        read_only_fields = fields


class WordsField(serializers.DictField):
    """By a column of the log: the source's words, each with ours; an empty one keeps theirs."""

    child = serializers.DictField(child=serializers.CharField(allow_blank=True))


class HeadingSerializer(serializers.Serializer[Any]):
    """A column of the file, with its first values. `meaning`: the log's column, or empty."""

    heading = serializers.CharField(allow_blank=True)
    meaning = serializers.CharField(allow_blank=True)
    samples = serializers.ListField(child=serializers.CharField())


class ImportMappingSerializer(serializers.Serializer[Any]):
    """What the columns of a file mean. `found`: the file's words in columns of which we have words
    of our own. Its ETag is wanted by whoever tries the file with another meaning."""

    headings = HeadingSerializer(many=True)
    words = WordsField()
    found = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    is_day_first = serializers.BooleanField()


class KeptMappingSerializer(serializers.ModelSerializer[LogMapping]):
    """A mapping of the newsroom's own, chosen by its `name`."""

    columns = serializers.DictField(child=serializers.CharField(allow_blank=True))
    words = WordsField()

    class Meta:
        model = LogMapping
        fields = ["id", "name", "columns", "words", "is_day_first", "created_at", "changed_at"]
        read_only_fields = fields


class RowFateSerializer(serializers.Serializer[Any]):
    """What becomes of a row; a row with several problems is said as often. `column` is the file's
    heading, empty where the row as a whole is meant."""

    row = serializers.IntegerField()
    fate = serializers.ChoiceField(choices=[(one.value, IN_WORDS[one]) for one in Fate])
    column = serializers.CharField(allow_blank=True)
    what = serializers.CharField(allow_blank=True)
    subject = serializers.CharField(allow_blank=True)


def imports(request: Request) -> QuerySet[LogImport]:
    """Of the newsroom, for whoever imports."""
    membership = person(request).membership
    require(person(request), "import_log")
    return LogImport.objects.filter(newsroom=membership.newsroom_id)


def mark_of(row: LogImport) -> str:
    """Which mapping stands."""
    said = [row.columns, row.words, row.is_day_first, row.is_our_own]
    return sha256(as_json(said).encode()).hexdigest()[:32]


class ImportList(ReadMany):
    """Files that were brought, the newest first."""

    serializer_class = ImportSerializer
    queryset = LogImport.objects.none()
    order = Order()

    def get_queryset(self) -> QuerySet[LogImport]:
        return imports(self.request).select_related("asked_by")


class ImportDetail(ReadOne):
    """One file: ask again until its `stage` is checked, imported, undone or failed."""

    serializer_class = ImportSerializer
    lookup_field = "pk"
    queryset = LogImport.objects.none()

    def get_queryset(self) -> QuerySet[LogImport]:
        return imports(self.request).select_related("asked_by")


class ImportMapping(ReadOne):
    """What the file's columns mean: as proposed when it was brought, or as was said since."""

    serializer_class = ImportMappingSerializer
    queryset = LogImport.objects.none()

    def get(self, request: Request, *args: Any, pk: int = 0, **kwargs: Any) -> Response:
        row = get_object_or_404(imports(request), pk=pk)
        data = ImportMappingSerializer(_mapping_of(row)).data
        return Response(data, headers={"ETag": quoted(mark_of(row))})


def _mapping_of(row: LogImport) -> dict[str, Any]:
    samples = previews.samples(row)
    found: dict[str, list[str]] = {}
    for one in previews.words(row, row.columns):
        found.setdefault(one.name, []).extend(one.words)
    return {
        "headings": [
            {"heading": heading, "meaning": row.columns.get(heading, ""), "samples": first}
            for heading, first in zip(row.headings, samples, strict=True)
        ],
        "words": row.words,
        "found": found,
        "is_day_first": row.is_day_first,
    }


class KeptMappingList(ReadMany):
    """Mappings that the newsroom keeps, the newest first."""

    serializer_class = KeptMappingSerializer
    queryset = LogMapping.objects.none()
    order = Order()

    def get_queryset(self) -> QuerySet[LogMapping]:
        require(person(self.request), "import_log")
        return LogMapping.objects.filter(newsroom=person(self.request).membership.newsroom_id)


class PageOfLines(PageByPlace):
    """A page of a kept file's lines. A place is where in the file the next one begins."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        size = size_of(request)
        rows: list[Any] = []
        place = 0
        for after, line in queryset:
            if len(rows) == size:
                self._next = address_of(request, str(place))
                break
            rows.append(line)
            place = after
        return rows


class ImportRows(ReadMany):
    """What the dry run found of each row, in the file's order; with `fate` those of it alone, such
    as `refused` with what is wrong by row and column. 404 until the dry run has ended."""

    serializer_class = RowFateSerializer
    queryset = LogImport.objects.none()
    pagination_class: type[BasePagination] = PageOfLines

    def query_parameters(self) -> list[dict[str, Any]]:
        return parameters_of({"fate": f"One of {', '.join(Fate)}"})

    @extend_schema(responses=RowFateSerializer(many=True))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = get_object_or_404(imports(request), pk=kwargs["pk"])
        if not row.fates:
            raise Http404("The dry run has not ended yet.")
        fate = request.query_params.get("fate", "")
        if fate and fate not in Fate.__members__.values():
            wrong = f"This is one of {', '.join(Fate)}."
            raise not_valid([FieldError(wrong, parameter="fate")])
        place = _place(request.query_params.get(AFTER, ""))
        with content.open_kept(str(row.fates.name)) as file:
            lines = _lines(file, place)
            chosen = (one for one in lines if not fate or one[1]["fate"] == fate)
            rows = self.paginate_queryset(chosen)  # type: ignore[arg-type]
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)


def _lines(file: Any, place: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """From a place on, each with where the next begins. Problem: no line begins there."""
    file.seek(place)
    if not place:
        file.readline()  # the headings
    for cells in csv.reader(line.decode("utf-8", "replace") for line in iter(file.readline, b"")):
        if len(cells) != CELLS or not cells[0].isdecimal() or cells[1] not in FATES:
            raise _no_place()
        number, fate, *said = cells
        column, what, subject = map(unguarded, said)
        yield (
            file.tell(),
            {
                "row": int(number),
                "fate": FATES[fate].value,
                "column": column,
                "what": what,
                "subject": subject,
            },
        )


def _place(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise _no_place()
    return int(text)


def _no_place() -> Exception:
    wrong = "This names no place in the list: follow `next` as it was given."
    return not_valid([FieldError(wrong, parameter=AFTER)])
