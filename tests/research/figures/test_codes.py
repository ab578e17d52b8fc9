"""What entries were coded as: one value of each, with what is left out said."""

from typing import Any

import pytest

from requests_app.models import AppealOutcome, AppealState, CountedRequest, LogEntry, User
from requests_app.research.figures.codes import codes_given
from requests_app.research.figures.figure import Figure
from requests_app.research.figures.population import population_of
from requests_app.research.figures.scope import Scope
from tests.factories import NOW
from tests.research.coding_project import CLEAR, Study, finished, given, study

pytestmark = pytest.mark.django_db


def coded_study() -> Study:
    """Seven entries: both say of four that it is vague, of one that it is stated; of the sixth
    they disagree; the seventh has one coder's code alone."""
    found = study(entries=7)
    for place, code in enumerate(("vague", "vague", "vague", "vague", "stated")):
        for coder in (found.ana, found.ben):
            finished(found.entries[place], coder, given(code))
    finished(found.entries[5], found.ana, given("none"))
    finished(found.entries[5], found.ben, given("vague"))
    finished(found.entries[6], found.ana, given("none"))
    decided = {"state": AppealState.DECIDED, "decided_on": "2026-10-01", "decided_precision": "day"}
    for place, row in enumerate(found.entries):
        outcome = AppealOutcome.REVERSED if place < 3 else AppealOutcome.AFFIRMED
        LogEntry.objects.filter(pk=row.pk).update(outcome=outcome, **decided)
    return found


def figure_for(found: Study, viewer: User | None, **scope: Any) -> Figure:
    population = population_of(
        CountedRequest.objects.filter(newsroom=found.project.newsroom),
        LogEntry.objects.all(),
        Scope(project=found.project.pk, variable=CLEAR, **scope),
        at=NOW,
        viewer=viewer,
    )
    return codes_given(population)


def test_each_entry_counts_once_by_the_value_that_counts():
    figure = figure_for(coded_study(), None)

    assert figure.n == 5
    assert figure.says.startswith("80% of the coded challenges are coded “Vague” (4 of 5;")
    assert figure.table.rows == (
        ("Stated", 1, "20%", 1, "too few"),
        ("Vague", 4, "80%", 4, "too few"),
        ("None", 0, "0%", 0, "too few"),
    )
    assert figure.numbers.rows[1] == (CLEAR, "vague", "Vague", 4, 4, 3)
    assert figure.leaves_out == (
        "Left out: 1 challenge on which coders disagree and nobody settled it. "
        "Left out: 1 challenge without a code that you may read."
    )


def test_a_coder_is_shown_no_code_that_they_may_not_read():
    found = study(entries=5)
    for row in found.entries:
        finished(row, found.ana)

    assert figure_for(found, found.ana).n == 5
    assert figure_for(found, found.ben).n == 0
    assert figure_for(found, found.editor).n == 0


def test_fewer_than_five_are_not_drawn():
    found = study(entries=4)
    for row in found.entries:
        for coder in (found.ana, found.ben):
            finished(row, coder)

    figure = figure_for(found, None)

    assert (figure.chart, figure.table.rows, figure.numbers.rows) == (None, (), ())
    assert figure.too_few == "There are only 4: nothing is drawn from fewer than five."


def test_a_span_narrows_the_entries():
    found = coded_study()
    LogEntry.objects.filter(pk=found.entries[0].pk).update(filed_on="1999-01-01")

    assert figure_for(found, None, filed_until="1999-12-31").n == 1


def test_a_variable_needs_its_project():
    with pytest.raises(ValueError, match="Choose the project first"):
        Scope(variable=CLEAR)
