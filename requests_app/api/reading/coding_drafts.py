"""One's own codes of an entry before they are finished, which nobody else reads."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.actions.research import coding
from requests_app.api.protocol.versions import quoted
from requests_app.api.protocol.views import ApiView
from requests_app.api.reading.projects import (
    CodingDraftSerializer,
    assigned_entry,
    project_at,
)
from requests_app.api.reading.seen import person
from requests_app.models import CodingDraft, LogEntry, User
from requests_app.permissions import require
from requests_app.research.coding import codes, variables
from requests_app.research.coding.coded_values import variables_of


def draft_of(entry: LogEntry, coder: User) -> CodingDraft | None:
    mine = CodingDraft.objects.filter(project=entry.project, entry=entry, coder=coder)
    return mine.select_related("version").first()


def revision_of(entry: LogEntry, draft: CodingDraft | None, coder: User) -> int:
    return draft.revision if draft else coding.first_revision(entry, coder)


def draft_shown(entry: LogEntry, draft: CodingDraft | None, coder: User) -> dict[str, Any]:
    """As `CodingDraftSerializer` declares it; before there is one, empty and of its first revision:
    0, and another after each coding that its coder finished."""
    assert entry.project is not None  # it is assigned in one
    asked = variables.read(draft.version.variables) if draft else variables_of(entry.project)
    given = codes.read(draft.codes) if draft else {}
    revision = revision_of(entry, draft, coder)
    return {"entry": entry.pk, "revision": revision, "variables": asked, "codes": given}


class CodingDraftDetail(ApiView):
    """Your codes of an entry so far, and what the codebook asks of it."""

    http_method_names = ["get", "head"]
    serializer_class = CodingDraftSerializer
    pagination_class = None

    @extend_schema(responses=CodingDraftSerializer)
    def get(self, request: Request, pk: int, entry: int) -> Response:
        project = project_at(request, pk)
        require(person(request), "code_entry", project)
        row = assigned_entry(request, project, entry)
        shown = draft_shown(row, draft_of(row, person(request)), person(request))
        answer = Response(CodingDraftSerializer(shown).data)
        answer.headers["ETag"] = quoted(str(shown["revision"]))
        return answer
