"""How far the coders of a project agree, variable by variable."""

from collections.abc import Sequence
from dataclasses import dataclass

from requests_app.models import Coding, Project, User
from requests_app.research.coding import codes
from requests_app.research.coding.coded_values import asks, blind_codings, variables_of
from requests_app.research.coding.variables import Variable
from requests_app.research.statistics.agreement import Agreement, Level, agreement_of
from requests_app.vocabulary.research.variable_types import VariableType

LEVELS = {
    VariableType.NOMINAL: Level.NOMINAL,
    VariableType.YES_NO: Level.NOMINAL,
    VariableType.ORDINAL: Level.ORDINAL,
    VariableType.NUMBER: Level.INTERVAL,
    VariableType.DATE: Level.INTERVAL,
}
IN_WORDS = "Free text is read side by side, not compared: no two people write the same words."


@dataclass(frozen=True, slots=True)
class VariableAgreement:
    """`why_not` says in a sentence why no alpha is to be said; empty where it is."""

    variable: Variable
    agreement: Agreement | None
    why_not: str


@dataclass(frozen=True, slots=True)
class ProjectAgreement:
    """`left_out` codings were not made blind: of them no agreement can be told."""

    rows: Sequence[VariableAgreement]
    left_out: int
    held_back: int  # codings that this person may not read yet


def agreement_in(project: Project, *, viewer: User) -> ProjectAgreement:
    """Of the codings that this person may read, as each coder made them blind to the others."""
    coded = list(blind_codings(project, viewer=viewer).values())
    every = Coding.objects.filter(project=project)
    seen = every.seen_by(viewer)
    return ProjectAgreement(
        [_of_variable(variable, coded) for variable in variables_of(project)],
        left_out=seen.filter(is_blind=False).count(),
        held_back=every.count() - seen.count(),
    )


def _of_variable(variable: Variable, coded: Sequence[Sequence[Coding]]) -> VariableAgreement:
    level = LEVELS.get(variable.type)
    if level is None:
        return VariableAgreement(variable, None, IN_WORDS)
    units = [[_rated(variable, coding) for coding in codings] for codings in coded]
    scale = [value.key for value in variable.values] if level is Level.ORDINAL else []
    found = agreement_of(units, level, scale=scale)
    return VariableAgreement(variable, found, str(found.why_not or ""))


def _rated(variable: Variable, coding: Coding) -> object:
    """None where its version asks something else, or its coder gave nothing."""
    code = codes.read(coding.codes).get(variable.key) if asks(coding, variable) else None
    return codes.rated(variable, code) if code and code.value else None
