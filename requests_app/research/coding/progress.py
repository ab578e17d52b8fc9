"""How far the coding of a project is: how much, never what."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from requests_app.models import CodingAssignment, Project, User


@dataclass(frozen=True, slots=True)
class CoderProgress:
    coder: User
    assigned: int
    finished: int

    @property
    def has_left(self) -> bool:
        return not self.coder.is_active


def of_project(project: Project) -> Sequence[CoderProgress]:
    """Each coder with what is assigned to them now, and how much of that is finished."""
    standing = CodingAssignment.objects.standing().filter(project=project)
    counts = standing.values("coder").annotate(
        assigned=Count("pk"), finished=Count("pk", filter=Q(finished_at__isnull=False))
    )
    by_coder = {row["coder"]: row for row in counts}
    people = User.objects.filter(pk__in=by_coder).order_by("name", "pk")
    return [
        CoderProgress(one, by_coder[one.pk]["assigned"], by_coder[one.pk]["finished"])
        for one in people
    ]


def next_of(project: Project, coder: User) -> CodingAssignment | None:
    """What this person has still to code, the first of it."""
    mine = CodingAssignment.objects.pending().filter(project=project, coder=coder)
    return mine.filter(entry__project=project).order_by("entry_id").first()
