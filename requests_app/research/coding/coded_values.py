"""What a project's entries are coded as: the one value that figures and exports use.

The raw codings stay as they are. A value is what was resolved; else what all who coded it say.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from requests_app.models import Codebook, Coding, Project, Resolution, User
from requests_app.models.research.coding.coding import CodingQuerySet
from requests_app.research.coding import codes, variables
from requests_app.research.coding.codes import Code
from requests_app.research.coding.variables import Variable


class HowCoded(StrEnum):
    RESOLVED = "resolved"
    AGREED = "agreed"
    ONE_CODER = "one coder"
    DISAGREED = "disagreed"
    NOT_CODED = "not coded"


@dataclass(frozen=True, slots=True)
class CodedValue:
    """Of one entry and variable. `code` is empty where coders disagree and nobody settled it."""

    entry_id: int
    variable: Variable
    code: str
    how: HowCoded
    coders: int


@dataclass(slots=True)
class EntryCodes:
    """Of one entry each coder's latest coding, and what was resolved of it, the last by variable
    and meaning."""

    entry_id: int
    codings: list[Coding] = field(default_factory=list)
    resolutions: dict[tuple[str, int], Resolution] = field(default_factory=dict)

    def by_coding(self, variable: Variable) -> list[tuple[Coding, Code]]:
        """Each coding by a version that asks the same, with its code of it, which may be empty."""
        return [
            (coding, codes.read(coding.codes).get(variable.key, Code("")))
            for coding in self.codings
            if asks(coding, variable)
        ]

    def resolution_of(self, variable: Variable) -> Resolution | None:
        return self.resolutions.get((variable.key, variable.meaning))

    def value_of(self, variable: Variable) -> CodedValue:
        given = [code.value for _, code in self.by_coding(variable)]
        if resolved := self.resolution_of(variable):
            value, how = str(resolved.code["value"]), HowCoded.RESOLVED
        elif len(set(given)) > 1:
            value, how = "", HowCoded.DISAGREED
        elif not given or not given[0]:
            value, how = "", HowCoded.NOT_CODED
        else:
            value, how = given[0], HowCoded.AGREED if len(given) > 1 else HowCoded.ONE_CODER
        return CodedValue(self.entry_id, variable, value, how, len(given))


def asks(coding: Coding, variable: Variable) -> bool:
    return variables.counterpart(variable, variables.read(coding.version.variables)) is not None


def variables_of(project: Project) -> tuple[Variable, ...]:
    """The codebook as it stands; none where there is none yet."""
    codebook = Codebook.objects.filter(project=project).first()
    return variables.read(codebook.variables) if codebook else ()


def coded_values(project: Project, *, viewer: User | None) -> Iterator[CodedValue]:
    """Of every entry whose codes this person may read, each variable of the codebook as it stands.

    Without a viewer, as for what is published: of the entries that everybody has finished.
    """
    asked = variables_of(project)
    for entry in entry_codes(project, viewer=viewer).values():
        yield from (entry.value_of(variable) for variable in asked)


def entry_codes(project: Project, *, viewer: User | None) -> Mapping[int, EntryCodes]:
    """By the entry's key, in their order: only entries that somebody finished."""
    seen = codings_seen(project, viewer).latest_of_each().select_related("version", "coder")
    found: dict[int, EntryCodes] = {}
    for coding in seen.order_by("entry_id", "pk"):
        found.setdefault(coding.entry_id, EntryCodes(coding.entry_id)).codings.append(coding)
    own_alone = _own_alone(project, viewer, found)
    resolutions = Resolution.objects.filter(project=project, entry__in=found)
    for resolution in resolutions.select_related("version").order_by("pk"):
        if resolution.entry_id not in own_alone:
            key = (resolution.variable, resolution.meaning)
            found[resolution.entry_id].resolutions[key] = resolution
    return found


def codings_seen(project: Project, viewer: User | None) -> CodingQuerySet:
    rows = Coding.objects.filter(project=project, entry__project=project)
    return rows.done() if viewer is None else rows.seen_by(viewer)


def blind_codings(project: Project, *, viewer: User) -> Mapping[int, Sequence[Coding]]:
    """By the entry's key of each coder the last coding that was made blind to the others."""
    last: dict[tuple[int, int], Coding] = {}
    rows = codings_seen(project, viewer).filter(is_blind=True).select_related("version")
    for coding in rows.order_by("pk"):
        last[(coding.entry_id, coding.coder_id)] = coding
    found: dict[int, list[Coding]] = defaultdict(list)
    for coding in last.values():
        found[coding.entry_id].append(coding)
    return found


def _own_alone(project: Project, viewer: User | None, found: Mapping[int, EntryCodes]) -> set[int]:
    """Entries of which this person reads no more than their own: no resolution, which tells."""
    if viewer is None:
        return set()
    others = Coding.objects.filter(project=project, entry__in=found).exclude(coder=viewer)
    hidden = others.exclude(pk__in=Coding.objects.filter(project=project).seen_by(viewer))
    return set(hidden.values_list("entry_id", flat=True))
