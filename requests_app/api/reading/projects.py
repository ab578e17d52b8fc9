"""Projects, their codebooks, and what was coded: each as far as this person may read it."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.protocol.versions import quoted
from requests_app.api.protocol.views import ApiView, ReadMany, ReadOne
from requests_app.api.reading.log import visible_entries
from requests_app.api.reading.seen import person
from requests_app.models import (
    Codebook,
    CodebookVersion,
    Coding,
    CodingAssignment,
    CodingDraft,
    LogEntry,
    Project,
)
from requests_app.ordered_places import Order
from requests_app.research.coding import progress
from requests_app.research.coding.agreeing import agreement_in
from requests_app.research.coding.coded_values import variables_of
from requests_app.vocabulary.research.variable_types import VariableType

OLDEST_FIRST = Order(newest_first=False)


def project_at(request: Request, pk: int) -> Project:
    here = person(request).membership.newsroom_id
    return get_object_or_404(Project, newsroom=here, pk=pk)


class ProjectSerializer(serializers.ModelSerializer[Project]):
    """A story or a study. `entry_count`: the entries of the log in it that you see."""

    entry_count = serializers.IntegerField()
    url = serializers.HyperlinkedIdentityField(view_name="api_project", lookup_field="pk")

    class Meta:
        model = Project
        fields = ["id", "url", "name", "description", "created_at", "entry_count"]
        read_only_fields = fields


def counted(request: Request) -> QuerySet[Project]:
    here = person(request).membership.newsroom_id
    seen = Q(log_entries__in=visible_entries(request))
    found = Project.objects.filter(newsroom=here)
    return found.annotate(entry_count=Count("log_entries", filter=seen, distinct=True))


class ProjectList(ReadMany):
    """The projects of your newsroom."""

    serializer_class = ProjectSerializer
    queryset = Project.objects.none()
    order = OLDEST_FIRST

    def get_queryset(self) -> QuerySet[Project]:
        return counted(self.request)


class ProjectDetail(ReadOne):
    """One project."""

    serializer_class = ProjectSerializer
    lookup_field = "pk"
    queryset = Project.objects.none()

    def get_queryset(self) -> QuerySet[Project]:
        return counted(self.request)


class ValueSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class VariableSerializer(serializers.Serializer[Any]):
    """One variable. Codes of two of its meanings are not compared."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    type = serializers.ChoiceField(choices=VariableType.choices)
    question = serializers.CharField(allow_blank=True)
    values = ValueSerializer(many=True)
    rules = serializers.CharField(allow_blank=True)
    is_required = serializers.BooleanField()
    meaning = serializers.IntegerField()


class CodebookSerializer(serializers.Serializer[Any]):
    """As it stands. Its ETag is wanted by whoever changes it."""

    revision = serializers.IntegerField()
    variables = VariableSerializer(many=True)


def revision_of(project: Project) -> int:
    found = Codebook.objects.filter(project=project).values_list("revision", flat=True).first()
    return found or 0


def codebook_of(project: Project) -> dict[str, Any]:
    return {"revision": revision_of(project), "variables": variables_of(project)}


class CodebookDetail(ApiView):
    """What the coders of a project are asked."""

    http_method_names = ["get", "head"]
    serializer_class = CodebookSerializer
    pagination_class = None

    @extend_schema(responses=CodebookSerializer)
    def get(self, request: Request, pk: int) -> Response:
        stands = codebook_of(project_at(request, pk))
        answer = Response(CodebookSerializer(stands).data)
        answer.headers["ETag"] = quoted(str(stands["revision"]))
        return answer


class VersionSerializer(serializers.ModelSerializer[CodebookVersion]):
    """The codebook as somebody coded by it: it stays as it is."""

    variables = VariableSerializer(many=True)

    class Meta:
        model = CodebookVersion
        fields = ["number", "variables", "frozen_at"]
        read_only_fields = fields


class VersionList(ReadMany):
    """The versions of a project's codebook, the first first."""

    serializer_class = VersionSerializer
    queryset = CodebookVersion.objects.none()
    order = OLDEST_FIRST

    def get_queryset(self) -> QuerySet[CodebookVersion]:
        project = project_at(self.request, self.kwargs["pk"])
        return CodebookVersion.objects.filter(project=project)


class CoderSerializer(serializers.Serializer[Any]):
    """Somebody who codes: how much, never what."""

    person = serializers.IntegerField(source="coder.pk")
    name = serializers.CharField(source="coder.name")
    assigned = serializers.IntegerField()
    finished = serializers.IntegerField()
    has_left = serializers.BooleanField()


class CodersSerializer(serializers.Serializer[Any]):
    """Who codes in a project, as an act that changes it answers."""

    coders = CoderSerializer(many=True)


class CoderList(ApiView):
    """Who codes in a project, and how far they are."""

    http_method_names = ["get", "head"]
    serializer_class = CoderSerializer
    pagination_class = None

    @extend_schema(responses=CoderSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        rows = progress.of_project(project_at(request, pk))
        return Response(CoderSerializer(rows, many=True).data)


class AssignmentSerializer(serializers.ModelSerializer[CodingAssignment]):
    """An entry that you are to code, or have coded. `draft`: you began it."""

    draft = serializers.BooleanField(source="is_begun")

    class Meta:
        model = CodingAssignment
        fields = ["entry", "assigned_at", "finished_at", "draft"]
        read_only_fields = fields


class AssignmentList(ReadMany):
    """What of a project is assigned to you."""

    serializer_class = AssignmentSerializer
    queryset = CodingAssignment.objects.none()
    order = OLDEST_FIRST

    def get_queryset(self) -> QuerySet[CodingAssignment]:
        project, user = project_at(self.request, self.kwargs["pk"]), person(self.request)
        drafts = CodingDraft.objects.filter(project=project, coder=user, entry=OuterRef("entry"))
        mine = CodingAssignment.objects.standing().filter(project=project, coder=user)
        seen = mine.filter(entry__in=visible_entries(self.request).filter(project=project))
        return seen.annotate(is_begun=Exists(drafts))


class CodeSerializer(serializers.Serializer[Any]):
    """A code, and the passage that it rests on."""

    value = serializers.CharField(allow_blank=True)
    passage = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    page = serializers.CharField(allow_blank=True)


class CodingDraftSerializer(serializers.Serializer[Any]):
    """Your own codes of an entry, not finished. Its ETag is wanted by whoever saves it."""

    entry = serializers.IntegerField()
    revision = serializers.IntegerField()
    variables = VariableSerializer(many=True)
    codes = serializers.DictField(child=CodeSerializer())


class CodingSerializer(serializers.ModelSerializer[Coding]):
    """One coder's finished codes of one entry, by the variables' keys."""

    coder = serializers.CharField(source="coder.name")
    version = serializers.IntegerField(source="version.number")
    codes = serializers.DictField(child=CodeSerializer())
    is_superseded = serializers.BooleanField()

    class Meta:
        model = Coding
        fields = [
            "id", "project", "entry", "coder", "version", "codes", "is_blind", "supersedes",
            "is_superseded", "begun_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields


def codings_seen(request: Request) -> QuerySet[Coding]:
    """Nobody reads another's codes of an entry before their own are finished."""
    later = Coding.objects.filter(supersedes=OuterRef("pk"))
    seen = Coding.objects.seen_by(person(request)).annotate(is_superseded=Exists(later))
    return seen.select_related("coder", "version")


class CodingList(ReadMany):
    """The finished codings of a project that you may read."""

    serializer_class = CodingSerializer
    queryset = Coding.objects.none()
    order = OLDEST_FIRST

    def get_queryset(self) -> QuerySet[Coding]:
        project = project_at(self.request, self.kwargs["pk"])
        return codings_seen(self.request).filter(project=project)


class CodingDetail(ReadOne):
    """One finished coding."""

    serializer_class = CodingSerializer
    lookup_field = "pk"
    queryset = Coding.objects.none()

    def get_queryset(self) -> QuerySet[Coding]:
        return codings_seen(self.request)


class VariableAgreementSerializer(serializers.Serializer[Any]):
    """`alpha` is null where none is to be said; `why_not` says why, in a sentence."""

    variable = serializers.CharField(source="variable.key")
    alpha = serializers.FloatField(source="agreement.alpha", allow_null=True, default=None)
    why_not = serializers.CharField(allow_blank=True)


class AgreementSerializer(serializers.Serializer[Any]):
    """`left_out` were not made blind; `held_back` are codings that you may not read yet."""

    variables = VariableAgreementSerializer(source="rows", many=True)
    left_out = serializers.IntegerField()
    held_back = serializers.IntegerField()


class AgreementDetail(ApiView):
    """How far the coders of a project agree, of the codings that you may read."""

    http_method_names = ["get", "head"]
    serializer_class = AgreementSerializer
    pagination_class = None

    @extend_schema(responses=AgreementSerializer)
    def get(self, request: Request, pk: int) -> Response:
        found = agreement_in(project_at(request, pk), viewer=person(request))
        return Response(AgreementSerializer(found).data)


def assigned_entry(request: Request, project: Project, entry: int) -> LogEntry:
    """To whom it is assigned; to everybody else it is not there."""
    mine = CodingAssignment.objects.standing().filter(project=project, coder=person(request))
    seen = visible_entries(request).filter(project=project, pk__in=mine.values("entry"))
    rows = seen.select_related("project", "appeal", "records_request", "logged_request")
    return get_object_or_404(rows, pk=entry)
