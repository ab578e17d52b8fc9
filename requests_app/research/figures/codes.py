"""What the entries of a project were coded as, by one variable of its codebook."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from requests_app.models import Project
from requests_app.research.charts.bars import Counted, bar_chart
from requests_app.research.coding.coded_values import HowCoded, coded_values, variables_of
from requests_app.research.coding.variables import Variable, named
from requests_app.research.figures.figure import Cell, Figure, Table, interval, percent, sentences
from requests_app.research.figures.population import Population
from requests_app.research.statistics.summaries import is_too_few, share_of, too_few_words
from requests_app.vocabulary.dates_and_amounts import count
from requests_app.vocabulary.states import AppealOutcome, AppealState

SLUG = "codes"
COUNTS = (
    "Challenges of the project by the value that counts: what was resolved; without that what all "
    "who coded it say. Each is counted once, whatever the number of its coders. The last two "
    "columns are of those that are decided."
)
FOR_US = (AppealOutcome.REVERSED, AppealOutcome.MODIFIED)


@dataclass(slots=True)
class _Coded:
    """Of one value: how many entries, how many of them are decided, and how many for us."""

    entries: int = 0
    decided: int = 0
    for_us: int = 0


@dataclass(slots=True)
class _Counted:
    by_code: Mapping[str, _Coded]
    left_out: Counter[HowCoded] = field(default_factory=Counter)
    unread: int = 0  # entries of which nobody finished a coding that this person may read

    @property
    def n(self) -> int:
        return sum(one.entries for one in self.by_code.values())


def can_be_drawn(variables: Sequence[Variable]) -> list[Variable]:
    """Those that are chosen from values: of a number, a day or words there is nothing to count."""
    return [one for one in variables if one.options]


def codes_given(population: Population) -> Figure:
    """Of a scope with a project and one of its variables."""
    assert population.scope.project is not None  # a scope with a variable has one
    project = Project.objects.get(pk=population.scope.project)
    variable = named(can_be_drawn(variables_of(project)), population.scope.variable)
    assert variable is not None  # the form that made the scope knows the codebook
    found = _count(population, project, variable)
    few = is_too_few(found.n)
    says = too_few_words(found.n) if few else _says(variable, found)
    bars = (
        []
        if few
        else [_bar(label, one.entries, found.n) for label, one in _by_label(variable, found)]
    )
    words = "Bars: " + "; ".join(f"{bar.label}, {bar.words}" for bar in bars) + "."
    return Figure(
        slug=SLUG,
        title=f"Coded: {variable.label}",
        n=found.n,
        n_of="coded challenges",
        says=says,
        counts=sentences([variable.question, COUNTS]),
        leaves_out=_leaves_out(found),
        table=Table(
            ("Coded as", "Challenges", "Share", "Decided", "Reversed or modified"),
            ()
            if few
            else tuple(_row(label, one, found.n) for label, one in _by_label(variable, found)),
        ),
        numbers=Table(
            ("variable", "code", "label", "challenges", "decided", "reversed_or_modified"),
            () if few else tuple(_numbers(variable, found)),
        ),
        chart=None if few else bar_chart(variable.label, words, bars),
        too_few=says if few else "",
    )


def _count(population: Population, project: Project, variable: Variable) -> _Counted:
    rows = population.entries.exclude(state=AppealState.DRAFT).filter(project=project)
    entries = {
        pk: (state, outcome) for pk, state, outcome in rows.values_list("pk", "state", "outcome")
    }
    found = _Counted({option.key: _Coded() for option in variable.options})
    read = set()
    for value in coded_values(project, viewer=population.viewer):
        if value.variable.key != variable.key or value.entry_id not in entries:
            continue
        read.add(value.entry_id)
        if value.code not in found.by_code:
            found.left_out[value.how] += 1
            continue
        state, outcome = entries[value.entry_id]
        coded = found.by_code[value.code]
        coded.entries += 1
        coded.decided += state == AppealState.DECIDED
        coded.for_us += state == AppealState.DECIDED and outcome in FOR_US
    found.unread = len(entries) - len(read)
    return found


def _by_label(variable: Variable, found: _Counted) -> list[tuple[str, _Coded]]:
    return [(option.label, found.by_code[option.key]) for option in variable.options]


def _says(variable: Variable, found: _Counted) -> str:
    label, most = max(_by_label(variable, found), key=lambda one: one[1].entries)
    share = share_of(most.entries, found.n)
    assert share is not None  # n is five at least
    of = f"{most.entries:,} of {found.n:,}; {interval(share)}"
    return f"{percent(share.value)} of the coded challenges are coded “{label}” ({of})."


def _leaves_out(found: _Counted) -> str:
    disagreed = found.left_out[HowCoded.DISAGREED]
    uncoded = found.left_out.total() - disagreed + found.unread
    return sentences(
        [
            f"Left out: {count(disagreed, 'challenge')} on which coders disagree and nobody "
            "settled it." if disagreed else "",
            f"Left out: {count(uncoded, 'challenge')} without a code that you may read."
            if uncoded else "",
        ]
    )  # fmt: skip


def _bar(label: str, entries: int, n: int) -> Counted:
    share = share_of(entries, n)
    assert share is not None  # n is five at least
    words = f"{entries:,} of {n:,} · {percent(share.value)}"
    return Counted(label, share.value, words, share.lower, share.upper)


def _row(label: str, one: _Coded, n: int) -> tuple[Cell, ...]:
    """Of fewer than five decided ones there is no share for us."""
    share, for_us = share_of(one.entries, n), share_of(one.for_us, one.decided)
    assert share is not None
    few = for_us is None or is_too_few(one.decided)
    won = "too few" if few or for_us is None else f"{one.for_us:,} · {percent(for_us.value)}"
    return (label, one.entries, percent(share.value), one.decided, won)


def _numbers(variable: Variable, found: _Counted) -> list[tuple[Cell, ...]]:
    return [
        (variable.key, option.key, option.label, one.entries, one.decided, one.for_us)
        for option in variable.options
        for one in (found.by_code[option.key],)
    ]
