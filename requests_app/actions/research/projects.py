"""Projects: made, named, and what is put into them. No event: it is the newsroom's own ordering."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.models import LogEntry, Newsroom, Project, ProjectPlacement, RecordsRequest

MOST_AT_ONCE = 2000


@transaction.atomic
def make(newsroom: Newsroom, *, name: str, description: str, by: Attribution) -> Project:
    Newsroom.objects.select_for_update(no_key=True).get(pk=newsroom.pk)
    named = _free_name(newsroom.pk, name)
    return Project.objects.create(
        newsroom=newsroom,
        name=named,
        description=description.strip(),
        created_by=by.user,
        created_at=by.at,
    )


@transaction.atomic
def rename(project: Project, *, name: str, description: str) -> None:
    Newsroom.objects.select_for_update(no_key=True).get(pk=project.newsroom_id)
    project.name = _free_name(project.newsroom_id, name, but=project)
    project.description = description.strip()
    project.save()


@transaction.atomic
def put_request(request: RecordsRequest, project: Project | None, *, by: Attribution) -> None:
    """Into a project, or out of the one it is in. Its entries of the log that are where it was go
    along."""
    row = RecordsRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    _check_newsroom(project, [row.newsroom_id])
    before = row.project
    if before == project:
        return
    RecordsRequest.objects.filter(pk=row.pk).update(project=project)
    _keep(project, before, by, records_request=row)
    along = LogEntry.objects.select_for_update(no_key=True, of=("self",)).filter(
        records_request=row, project=before
    )
    _place(list(along.select_related("project")), project, by=by)


@transaction.atomic
def put_entries(entries: Iterable[int], project: Project | None, *, by: Attribution) -> int:
    """So many as are seen by who does it, in one go; how many were moved. Nothing by halves."""
    keys = set(entries)
    if not keys:
        raise Refused("Choose at least one entry. Nothing was changed.")
    if len(keys) > MOST_AT_ONCE:
        raise Refused(f"That is more than {MOST_AT_ONCE:,} entries at once: choose fewer.")
    rows = list(
        LogEntry.objects.visible_to(by.user)
        .filter(pk__in=keys)
        .select_related("project")
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )
    if len(rows) != len(keys):
        raise Refused("One of these entries is not there any more. Nothing was changed.")
    _check_newsroom(project, [row.newsroom_id for row in rows])
    return _place(rows, project, by=by)


def _place(rows: Sequence[LogEntry], project: Project | None, *, by: Attribution) -> int:
    moved = [row for row in rows if row.project_id != (project.pk if project else None)]
    for row in moved:
        if row.assignments.standing().filter(finished_at=None).exists():
            raise Refused(
                f"“{row.subject}” is assigned to somebody who codes it: take that back first. "
                "Nothing was changed."
            )
    LogEntry.objects.filter(pk__in=[row.pk for row in moved]).update(project=project)
    for row in moved:
        _keep(project, row.project, by, entry=row)
    return len(moved)


def _keep(
    project: Project | None,
    before: Project | None,
    by: Attribution,
    **what: RecordsRequest | LogEntry,
) -> None:
    ProjectPlacement.objects.create(
        project=project, before=before, placed_by=by.user, placed_at=by.at, **what
    )


def _free_name(newsroom_id: int, name: str, *, but: Project | None = None) -> str:
    words = " ".join(name.split())
    if not words:
        raise Refused("Give the project a name.")
    others = Project.objects.filter(newsroom=newsroom_id, name__iexact=words)
    if but:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise Refused(f"There is a project “{words}” already: open that one, or name this else.")
    return words


def _check_newsroom(project: Project | None, newsrooms: Sequence[int]) -> None:
    if project and {project.newsroom_id} != set(newsrooms):
        raise Refused("That project is of another newsroom. Nothing was changed.")
