"""A project's codebook: its variables, and the versions that codings rest on.

The codebook is edited in place until somebody codes by it. Then what they code by is frozen as a
version, and the next change is the beginning of the next one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.models import Codebook, CodebookVersion, Project
from requests_app.research.coding import variables
from requests_app.research.coding.variables import MOST_VARIABLES, Variable


@dataclass(frozen=True, slots=True)
class VariableChange:
    """A variable as it is to stand. `keeps_meaning` says that its words were only put right."""

    variable: Variable
    keeps_meaning: bool


@transaction.atomic
def add(project: Project, variable: Variable, *, seen: int, by: Attribution) -> None:
    """Behind the others."""
    codebook = _lock(project, seen, by=by)
    now = variables.read(codebook.variables)
    if variables.named(now, variable.key):
        raise Refused(f"There is a variable “{variable.key}” already. Nothing was changed.")
    if len(now) >= MOST_VARIABLES:
        raise Refused(f"A codebook has {MOST_VARIABLES} variables at most.")
    meaning = variables.next_meaning(variable.key, _versions(project))
    _write(codebook, [*now, replace(variable, meaning=meaning)], by=by)


@transaction.atomic
def change(
    project: Project, key: str, changed: VariableChange, *, seen: int, by: Attribution
) -> None:
    """Its words put right, or what it means changed: then older codes stand for it no more."""
    codebook = _lock(project, seen, by=by)
    now = variables.read(codebook.variables)
    before = _named(now, key)
    after = replace(changed.variable, key=key, meaning=before.meaning)
    if not variables.is_changed(before, after):
        return
    if _is_coded_by(project, before):
        why = variables.changes_meaning(before, after)
        if why and changed.keeps_meaning:
            raise Refused(
                f"That changes what the variable means: {why}. Say so, and codes made before will "
                "not be counted as codes of it. Nothing was changed."
            )
        if not changed.keeps_meaning:
            after = replace(after, meaning=variables.next_meaning(key, _versions(project)))
    _write(codebook, [after if one.key == key else one for one in now], by=by)


@transaction.atomic
def remove(project: Project, key: str, *, seen: int, by: Attribution) -> None:
    """From now on it is not asked. What was coded of it stays with its version."""
    codebook = _lock(project, seen, by=by)
    now = variables.read(codebook.variables)
    _named(now, key)
    _write(codebook, [one for one in now if one.key != key], by=by)


@transaction.atomic
def move(project: Project, key: str, *, places: int, seen: int, by: Attribution) -> None:
    """Up or down among the others, as far as there is room."""
    codebook = _lock(project, seen, by=by)
    rows = list(variables.read(codebook.variables))
    at = rows.index(_named(rows, key))
    rows.insert(max(0, min(len(rows) - 1, at + places)), rows.pop(at))
    _write(codebook, rows, by=by)


def freeze(project: Project, *, by: Attribution) -> CodebookVersion:
    """The version that somebody codes by now: the last, where nothing was changed since.

    Called inside the transaction in which something comes to rest on it.
    """
    codebook = Codebook.objects.select_for_update(no_key=True).filter(project=project).first()
    if codebook is None or not codebook.variables:
        raise Refused("This project’s codebook asks nothing yet: write its variables first.")
    last = project.versions.last()
    if last and variables.read(last.variables) == variables.read(codebook.variables):
        return last
    return CodebookVersion.objects.create(
        project=project,
        number=last.number + 1 if last else 1,
        variables=codebook.variables,
        frozen_at=by.at,
        frozen_by=by.user,
    )


def _lock(project: Project, seen: int, *, by: Attribution) -> Codebook:
    """`seen` is the revision that the page showed: Refused where somebody changed it since."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    codebook, _ = Codebook.objects.get_or_create(
        project=project, defaults={"changed_by": by.user, "changed_at": by.at}
    )
    if codebook.revision != seen:
        raise Refused(
            "Somebody changed the codebook meanwhile. Nothing was overwritten: open it again to "
            "see what they did."
        )
    return codebook


def _write(codebook: Codebook, rows: Sequence[Variable], *, by: Attribution) -> None:
    for row in rows:
        if problem := variables.problem_of(row):
            raise Refused(f"{problem} Nothing was changed.")
    codebook.variables = variables.stored(rows)
    codebook.revision += 1
    codebook.changed_by, codebook.changed_at = by.user, by.at
    codebook.save()


def _named(rows: Sequence[Variable], key: str) -> Variable:
    found = variables.named(rows, key)
    if found is None:
        raise Refused("That variable is not in the codebook any more. Nothing was changed.")
    return found


def _versions(project: Project) -> list[tuple[Variable, ...]]:
    return [variables.read(one.variables) for one in project.versions.all()]


def _is_coded_by(project: Project, variable: Variable) -> bool:
    """Whether a frozen version asks it: until then nothing rests on what it means."""
    return any(variables.counterpart(variable, asked) for asked in _versions(project))
