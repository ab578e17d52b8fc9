"""A project with entries, a codebook and coders, for the tests."""

from dataclasses import dataclass
from typing import Any

from requests_app.actions.research import assigning, codebooks, coding, projects
from requests_app.actions.research.assigning import CodingPlan
from requests_app.actions.research.coding import Window
from requests_app.ledger.attribution import Attribution
from requests_app.models import Coding, CodingDraft, LogEntry, Project, Role, User
from requests_app.research.coding.codes import Code
from requests_app.research.coding.variables import CodeValue, Variable
from requests_app.vocabulary.research.variable_types import VariableType
from tests.factories import NOW, member
from tests.research.entries import logged

CLEAR, NOTE = "clear", "note"
IS_CLEAR = Variable(
    key=CLEAR,
    label="Is the ground stated?",
    type=VariableType.NOMINAL,
    values=(CodeValue("stated", "Stated"), CodeValue("vague", "Vague"), CodeValue("none", "None")),
    is_required=True,
)
IN_WORDS = Variable(key=NOTE, label="What the body says", type=VariableType.TEXT)
DECISION = "The agency named no ground for its denial."


@dataclass(frozen=True)
class Study:
    """Two coders who both code every entry, and an editor who does not code."""

    project: Project
    entries: list[LogEntry]
    ana: User
    ben: User
    editor: User


def study(entries: int = 1) -> Study:
    editor = member(Role.EDITOR, name="Edith")
    newsroom = editor.membership.newsroom
    ana, ben = (member(Role.RESEARCHER, newsroom, name=name) for name in ("Ana", "Ben"))
    return study_of(ana, ben, editor, entries=entries)


def study_of(ana: User, ben: User, editor: User | None = None, *, entries: int = 1) -> Study:
    """Of those two; where no third is the editor, the second is."""
    editor = editor or ben
    newsroom, by = editor.membership.newsroom, Attribution(editor, NOW)
    name = f"Grounds {Project.objects.count()}"
    project = projects.make(newsroom, name=name, description="", by=by)
    rows = [
        logged(ana, subject=f"Request {number}", outcome_as_stated=DECISION, docket=f"D-{number}")
        for number in range(entries)
    ]
    projects.put_entries([row.pk for row in rows], project, by=by)
    for place, variable in enumerate((IS_CLEAR, IN_WORDS)):
        codebooks.add(project, variable, seen=place, by=by)
    assigning.assign(project, CodingPlan([ana, ben], None, "a seed"), by=by)
    return Study(project, rows, ana, ben, editor)


def given(clear: str = "stated", note: str = "") -> dict[str, Code]:
    passage = Code(note, "named no ground", "decision", "2") if note else Code("")
    return {CLEAR: Code(clear), NOTE: passage}


def entry_of(entry: LogEntry) -> LogEntry:
    """As a page reads it again."""
    return LogEntry.objects.select_related("project", "appeal").get(pk=entry.pk)


def saved(entry: LogEntry, who: User, codes: Any = None, *, seen: int | None = None) -> CodingDraft:
    """Where nothing else is said, from a window that was opened before anything was saved."""
    by, window = Attribution(who, NOW), Window(_opened(entry, who) if seen is None else seen)
    return coding.keep(entry_of(entry), codes or given(), window=window, by=by)


def finished(entry: LogEntry, who: User, codes: Any = None, *, seen: int | None = None) -> Coding:
    by, window = Attribution(who, NOW), Window(_opened(entry, who) if seen is None else seen)
    return coding.finish(entry_of(entry), codes or given(), window=window, by=by)


def _opened(entry: LogEntry, who: User) -> int:
    return coding.first_revision(entry_of(entry), who)
