"""The codes of projects as a table: each coder's, and the value that figures and exports use."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from requests_app.models import Coding, Project, Resolution
from requests_app.research.coding import codes, variables
from requests_app.research.coding.coded_values import EntryCodes, entry_codes, variables_of
from requests_app.research.coding.codes import Code
from requests_app.research.coding.variables import Variable
from requests_app.research.exporting.log_rows import A_CHUNK
from requests_app.research.exporting.query import ExportQuery
from requests_app.research.log_table.cells import NA
from requests_app.research.log_table.column import Column, Kind
from requests_app.research.log_table.columns import BY_NAME
from requests_app.research.log_table.records import Origin

ONE_CODERS = "coding"
OF_ALL = 0  # in the place of a coder's number: the value that counts
COLUMNS = (
    BY_NAME["challenge_source"],
    BY_NAME["challenge_key"],
    Column("project", "Project.name", "The project in whose codebook the variable is."),
    Column("variable", "", "The variable by its key."),
    Column("label", "", "The variable in words."),
    Column("coder", "", "Which coder of the project, from 1; 0 is the value that counts, in which "
           "all codings and what was resolved come together.", Kind.INTEGER),
    Column("coder_name", "User.name", "Who that coder is.", is_personal=True),
    Column("code", "", "The value by its key; a number, a day or free text as it was coded. Empty "
           "where it was not coded, or coders disagree and nobody settled it."),
    Column("code_label", "", "The value in words."),
    Column("how", "", "How it came about: coding (one coder’s own), resolved, agreed, one coder, "
           "disagreed, not coded."),
    Column("version", "CodebookVersion.number", "The version of the codebook by which it was "
           "coded; of the value that counts the last one among them.", Kind.INTEGER),
    Column("meaning", "", "Which meaning of the variable: codes of two are never compared.",
           Kind.INTEGER),
    Column("is_blind", "Coding.is_blind", "Whether its coder had read no other’s codes of the "
           "entry.", Kind.BOOLEAN),
    Column("coded_on", "", "The day on which it was finished, or settled (UTC).", Kind.DATE),
    Column("passage", "", "The passage that it rests on."),
    Column("page", "", "Where that stands."),
    Column("reason", "Resolution.reason", "Why it was settled so."),
)  # fmt: skip

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Study:
    """`numbers`: of each coder, in the order of their first codings, so the same each time."""

    project: Project
    asked: Sequence[Variable]
    numbers: Mapping[int, int]


def code_rows(newsroom_id: int, query: ExportQuery) -> Iterator[Row]:
    """Of entries that everybody who is to code them has finished, so that nobody reads in a file
    what they may not read on a page."""
    origin = Origin(newsroom_id)
    projects = Project.objects.filter(newsroom=newsroom_id).exclude(codings=None).distinct()
    if query.project:
        projects = projects.filter(pk=query.project)
    for project in projects.order_by("pk"):
        coded = entry_codes(project, viewer=None)
        study = _Study(project, variables_of(project), _numbers(project))
        entries = query.entries(newsroom_id).filter(project=project)
        for entry in entries.iterator(A_CHUNK):
            if entry.pk in coded:
                source, key = origin.of_challenge(entry)
                for row in _of_entry(coded[entry.pk], study):
                    yield {"challenge_source": source, "challenge_key": key, **row}


def _of_entry(found: EntryCodes, study: _Study) -> Iterator[Row]:
    numbers = study.numbers
    for coding in sorted(found.codings, key=lambda one: numbers[one.coder_id]):
        for row in _of_coding(coding):
            yield {"project": study.project.name, "coder": numbers[coding.coder_id], **row}
    for variable in study.asked:
        yield {
            "project": study.project.name,
            "coder": OF_ALL,
            **_that_counts(found, variable),
        }


def _of_coding(coding: Coding) -> Iterator[Row]:
    given = codes.read(coding.codes)
    for variable in variables.read(coding.version.variables):
        code = given.get(variable.key, Code(""))
        yield {
            **_named(variable, code.value),
            "coder_name": coding.coder.name,
            "how": ONE_CODERS,
            "version": coding.version.number,
            "is_blind": coding.is_blind,
            "coded_on": coding.finished_at.date(),
            "passage": code.passage,
            "page": code.page,
            "reason": NA,
        }


def _that_counts(found: EntryCodes, variable: Variable) -> Row:
    value = found.value_of(variable)
    versions = [coding.version.number for coding, _ in found.by_coding(variable)]
    return {
        **_named(variable, value.code),
        "coder_name": NA,
        "how": value.how.value,
        "version": max(versions, default=None),
        "is_blind": NA,
        **_settled(found.resolution_of(variable)),
    }


def _settled(resolution: Resolution | None) -> Row:
    if resolution is None:
        return dict.fromkeys(("coded_on", "passage", "page", "reason"), NA)
    code = Code(**resolution.code)
    return {
        "version": resolution.version.number,
        "coded_on": resolution.resolved_at.date(),
        "passage": code.passage,
        "page": code.page,
        "reason": resolution.reason,
    }


def _named(variable: Variable, code: str) -> Row:
    return {
        "variable": variable.key,
        "label": variable.label,
        "meaning": variable.meaning,
        "code": code,
        "code_label": variable.label_of(code),
    }


def _numbers(project: Project) -> Mapping[int, int]:
    codings = Coding.objects.filter(project=project).order_by("pk")
    coders = dict.fromkeys(codings.values_list("coder", flat=True))
    return {coder: number for number, coder in enumerate(coders, start=1)}
