"""Who codes which entries of a project."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    Coding,
    CodingAssignment,
    LogEntry,
    Project,
    SampleDraw,
    User,
)
from requests_app.research.coding.random_choice import Choice, choose


@dataclass(frozen=True, slots=True)
class CodingPlan:
    """Which coders, and how many entries all of them code; `size` None: every entry.

    Where it `deals_the_rest`, what is left is coded by one of them each. The same seed over the
    same entries and coders gives the same choice.
    """

    coders: Sequence[User]
    size: int | None
    seed: str
    deals_the_rest: bool = True


@transaction.atomic
def assign(project: Project, plan: CodingPlan, *, by: Attribution) -> SampleDraw:
    """Draw what everybody codes, deal the rest, and keep how it was drawn."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    entries = list(
        LogEntry.objects.visible_to(by.user)
        .filter(project=project)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    size = _checked_size(project, plan, entries)
    coders = [coder.pk for coder in plan.coders]
    chosen = choose(
        entries, coders, size=size, seed=plan.seed.strip(), deals_the_rest=plan.deals_the_rest
    )
    draw = SampleDraw.objects.create(
        project=project,
        seed=plan.seed.strip(),
        size=size,
        entries=entries,
        coders=coders,
        twice=list(chosen.twice),
        drawn_at=by.at,
        drawn_by=by.user,
    )
    if not _write(draw, plan.coders, chosen, by=by):
        raise Refused("Each of these entries is assigned to them already. Nothing was changed.")
    return draw


@transaction.atomic
def end_unfinished(project: Project, coder: User, *, by: Attribution) -> int:
    """Take back what they have not finished, as when they left: nobody waits for it any more.
    What they finished stays, and stays theirs."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    standing = CodingAssignment.objects.standing().filter(project=project, coder=coder)
    ended = standing.filter(finished_at=None).update(ended_at=by.at, ended_by=by.user)
    if not ended:
        raise Refused("They have nothing left to finish. Nothing was changed.")
    return ended


def _checked_size(project: Project, plan: CodingPlan, entries: Sequence[int]) -> int:
    size = len(entries) if plan.size is None else plan.size
    if not entries:
        raise Refused("The project has no entries of the log yet: put some into it first.")
    if not plan.seed.strip():
        raise Refused("Give the random choice a seed, so that it can be made again.")
    if len(plan.coders) < 2 and (size or not plan.coders):
        raise Refused(
            "What several people code needs at least two coders: name another, or make the sample "
            "0 and have it all coded by one."
        )
    if not 0 <= size <= len(entries):
        raise Refused(f"The sample has from 0 to {len(entries)} entries.")
    of_newsroom = {coder.pk for coder in plan.coders if _works_in(coder, project)}
    if len(of_newsroom) != len(plan.coders):
        raise Refused("A coder is somebody who works in this newsroom. Nothing was changed.")
    return size


def _works_in(coder: User, project: Project) -> bool:
    membership = getattr(coder, "membership", None)
    return bool(coder.is_active and membership and membership.newsroom_id == project.newsroom_id)


def _write(
    draw: SampleDraw, coders: Sequence[User], chosen: Choice, *, by: Attribution
) -> list[CodingAssignment]:
    """What is not assigned to them yet. Refused where a coder may not see what they would code."""
    made = []
    for coder in coders:
        wanted = set(chosen.of_each[coder.pk])
        if len(wanted) != LogEntry.objects.visible_to(coder).filter(pk__in=wanted).count():
            raise Refused(
                f"{coder} does not see all of these entries, so they cannot code them: share their "
                "requests first, or name another coder. Nothing was changed."
            )
        standing = CodingAssignment.objects.standing().filter(project=draw.project, coder=coder)
        wanted -= set(standing.values_list("entry_id", flat=True))
        read = _read_by(draw.project, coder)
        made += [
            CodingAssignment(
                project=draw.project,
                entry_id=entry,
                coder=coder,
                draw=draw,
                is_blind=entry not in read,
                assigned_at=by.at,
                assigned_by=by.user,
            )
            for entry in sorted(wanted)
        ]
    return CodingAssignment.objects.bulk_create(made)


def _read_by(project: Project, coder: User) -> set[int]:
    """The entries of which they could have read another's codes."""
    seen = Coding.objects.filter(project=project).seen_by(coder).exclude(coder=coder)
    return set(seen.values_list("entry_id", flat=True))
