"""One coder codes one entry: a draft, which is saved as often as they like, and then for good."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.research import codebooks
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    Coding,
    CodingAssignment,
    CodingDraft,
    LogEntry,
    Project,
    User,
)
from requests_app.models.research.coding.assignment import CodingAssignmentQuerySet
from requests_app.research.coding import codes, sources, variables
from requests_app.research.coding.codes import Code

MOST_CHARACTERS = 20_000
AFTER_A_CODING = 10_000  # more revisions than a draft ever has


@dataclass(frozen=True, slots=True)
class Window:
    """From where a coder saves: `seen` is the draft's revision that it showed, or what
    `first_revision` says where there was none. A window does not run into what it saved itself a
    moment before."""

    seen: int
    tab: str = ""


def first_revision(entry: LogEntry, coder: User) -> int:
    """Of a draft that is not there yet: another after each coding that was finished. So a window
    from before it cannot finish the same once more."""
    mine = Coding.objects.filter(project=entry.project_id, entry=entry, coder=coder)
    return AFTER_A_CODING * mine.count()


@transaction.atomic
def keep(
    entry: LogEntry, given: Mapping[str, Code], *, window: Window, by: Attribution
) -> CodingDraft:
    """Save what there is, finished or not. Refused where another window saved it meanwhile."""
    draft = _draft(entry, by=by)
    is_own = draft.revision > 0 and bool(window.tab) and draft.tab == window.tab
    if draft.revision != window.seen and not is_own:
        raise Refused(
            "This coding was saved meanwhile, in another window. Nothing was overwritten: open the "
            "page again to see it."
        )
    draft.codes = codes.stored(_checked(draft, given))
    draft.revision += 1
    draft.saved_at, draft.tab = by.at, window.tab
    draft.save()
    return draft


@transaction.atomic
def finish(
    entry: LogEntry, given: Mapping[str, Code], *, window: Window, by: Attribution
) -> Coding:
    """For good: a coding that is never changed. A later one by the same coder supersedes it."""
    draft = keep(entry, given, window=window, by=by)
    asked = variables.read(draft.version.variables)
    readable = sources.readable(sources.sources_of(entry))
    if found := codes.problems(asked, codes.read(draft.codes), readable):
        raise Refused(f"{' '.join(found)} Nothing was finished.")
    mine = Coding.objects.filter(project=draft.project, entry=entry, coder=by.user)
    coding = Coding.objects.create(
        project=draft.project,
        entry=entry,
        coder=by.user,
        version=draft.version,
        codes=draft.codes,
        is_blind=draft.is_blind,
        supersedes=mine.latest_of_each().first(),
        begun_at=draft.begun_at,
        finished_at=by.at,
    )
    _assignments(entry, by=by).update(finished_at=by.at)
    draft.delete()
    return coding


@transaction.atomic
def go_on_by_the_codebook(entry: LogEntry, *, by: Attribution) -> CodingDraft:
    """Take a draft to the codebook as it stands. What has no counterpart in it is left out."""
    draft = _draft(entry, by=by)
    before = {one.key: one for one in variables.read(draft.version.variables)}
    draft.version = codebooks.freeze(draft.project, by=by)
    now = variables.read(draft.version.variables)
    draft.codes = {
        key: code
        for key, code in draft.codes.items()
        if key in before and variables.counterpart(before[key], now)
    }
    draft.revision += 1
    draft.saved_at = by.at
    draft.save()
    return draft


def _draft(entry: LogEntry, *, by: Attribution) -> CodingDraft:
    """Theirs, locked; or a new one by the codebook as it stands, begun with what they said last."""
    project = entry.project
    if project is None:
        raise Refused("This entry is in no project, so there is nothing to code it by.")
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    assignment = _assignments(entry, by=by).first()
    if assignment is None:
        raise Refused("This entry is not assigned to you: ask whoever assigns the coding.")
    found = CodingDraft.objects.select_for_update(no_key=True, of=("self",)).filter(
        project=project, entry=entry, coder=by.user
    )
    if draft := found.select_related("version").first():
        return draft
    return CodingDraft(
        project=project,
        entry=entry,
        coder=by.user,
        version=codebooks.freeze(project, by=by),
        revision=first_revision(entry, by.user),
        is_blind=assignment.is_blind and not _has_read(project, entry, by=by),
        begun_at=by.at,
    )


def _assignments(entry: LogEntry, *, by: Attribution) -> CodingAssignmentQuerySet:
    standing = CodingAssignment.objects.standing()
    return standing.filter(project=entry.project, entry=entry, coder=by.user)


def _has_read(project: Project, entry: LogEntry, *, by: Attribution) -> bool:
    """Whether another's codes of it are open to them, as after they finished their own."""
    of_entry = Coding.objects.filter(project=project, entry=entry)
    return of_entry.seen_by(by.user).exclude(coder=by.user).exists()


def _checked(draft: CodingDraft, given: Mapping[str, Code]) -> dict[str, Code]:
    """Each code as it is written everywhere. Refused where one is none, or nothing asks it."""
    asked = {one.key: one for one in variables.read(draft.version.variables)}
    kept = {}
    for key, code in given.items():
        if key not in asked:
            raise Refused("The codebook that you code by asks no such thing. Nothing was saved.")
        if max(map(len, (code.value, code.passage, code.page))) > MOST_CHARACTERS:
            raise Refused(f"“{asked[key].label}” is too long to be kept. Nothing was saved.")
        try:
            value = codes.canonical(asked[key], code.value)
        except ValueError as error:
            raise Refused(f"{error} Nothing was saved.") from error
        kept[key] = Code(value, code.passage.strip(), code.source, code.page.strip()[:200])
    return kept
