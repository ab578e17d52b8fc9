"""A draft's versions side by side, and the words beside them that are saved in none."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.drafts import unsaved_words
from requests_app.actions.drafts.unsaved_words import DRAFT_PAGE, FormPage
from requests_app.letters.wording import difference
from requests_app.models import DraftVersion, RecordsRequest, UnsavedWriting, User
from requests_app.permissions import may, require
from requests_app.views.drafts.changed_details import ChangedDetail, changed_details
from requests_app.views.lookup import attribution, person, visible_request
from requests_app.views.responses import button


@dataclass(frozen=True, slots=True)
class Side:
    """One text that can be compared: a version, or words that are saved in none."""

    key: str
    title: str
    by: User
    at: datetime
    text: str
    details: dict[str, Any]

    @property
    def is_version(self) -> bool:
        return self.key.isdecimal()

    @classmethod
    def of_version(cls, version: DraftVersion) -> "Side":
        title = f"Version {version.number}: {version.get_kind_display().lower()}"
        return cls(
            str(version.number),
            title,
            version.saved_by,
            version.saved_at,
            version.text,
            version.details,
        )

    @classmethod
    def of_words(cls, row: UnsavedWriting) -> "Side":
        fields = {name: value for name, value in row.fields.items() if name != "text"}
        text = str(row.fields.get("text", ""))
        at = row.written_at or row.seen_at
        return cls(f"words-{row.pk}", "Not saved in it", row.writer, at, text, fields)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the new side has that the old one has not, and the other way round."""

    old: Side
    new: Side

    @property
    def paragraphs(self) -> list[difference.Paragraph]:
        return difference.between(self.old.text, self.new.text)

    @property
    def details(self) -> list[ChangedDetail]:
        return changed_details(self.old.details, self.new.details)

    @property
    def is_any(self) -> bool:
        return bool(self.details) or difference.is_any(self.paragraphs)


@require_safe
def draft_versions(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    versions = [Side.of_version(version) for version in _versions(rr)]
    own, others = _words(request, rr)
    sides = {side.key: side for side in (*versions, *own.values(), *others)}
    context = {
        "rr": rr,
        "city": rr.city,
        "versions": versions[::-1],
        "own": own,
        "others": others,
        "compared": _compared(request, sides, versions),
    }
    return render(request, "drafts/versions.html", context)


def _versions(rr: RecordsRequest) -> list[DraftVersion]:
    return list(rr.draft_versions.select_related("saved_by"))


def _words(request: HttpRequest, rr: RecordsRequest) -> tuple[dict[int, Side], list[Side]]:
    """The person's own by their rows' numbers, and everybody else's: for who may edit the draft."""
    if not may(person(request), "edit_request", rr):
        return {}, []
    page = FormPage(DRAFT_PAGE, rr)
    own = unsaved_words.of_person(page, person(request))
    others = unsaved_words.of_others(page, person(request))
    return {row.pk: Side.of_words(row) for row in own}, [Side.of_words(row) for row in others]


def _compared(
    request: HttpRequest, sides: dict[str, Side], versions: list[Side]
) -> Comparison | None:
    """The two that are asked for. Of a side alone, what it changed of the version before it; of
    none, what the last version changed."""
    keys = [side.key for side in versions]
    wanted = request.GET.get("new") or (keys[-1] if keys else "")
    before = keys[: keys.index(wanted)] if wanted in keys else keys
    old = sides.get(request.GET.get("old") or (before[-1] if before else ""))
    new = sides.get(wanted)
    return Comparison(old, new) if old and new else None


@require_POST
def words_let_go(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(UnsavedWriting.objects.with_words(), pk=pk, writer=person(request))
    to = reverse("request_new")
    done = "Let go: they fill the form no more."
    if row.records_request:
        rr = visible_request(request, row.records_request.public_id)
        require(person(request), "edit_request", rr)
        to, done = reverse("draft_versions", args=[rr.public_id]), "Set aside with the versions."
    return button(
        request, lambda: unsaved_words.let_go(row, by=attribution(request)), done=done, to=to
    )
