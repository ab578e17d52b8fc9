"""A drafted challenge made ready to be filed: its gaps filled, and its checklist ticked."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from requests_app.actions.filings import argument, checklist
from requests_app.actions.filings.argument import ArgumentChanges, ParagraphChange
from requests_app.ledger.attribution import Attribution
from requests_app.letters.facts import argument_facts
from requests_app.letters.facts.claimed_grounds import Challenged, challenged
from requests_app.models import Appeal, ArgumentParagraph

_OR_NOTHING = re.compile(r"“([^”]+)”$")  # "the persons that it names; or “nobody”"


def finish(
    appeal: Appeal, *, by: Attribution, answers: Mapping[str, str] = MappingProxyType({})
) -> Appeal:
    """Every gap filled: with its answer, by its words before a colon; else as it offers itself."""
    on = appeal.records_request.city.local_date(by.at)
    what = challenged(appeal, on=on)
    rows = appeal.argument_paragraphs.filter(is_chosen=True)
    filled = {
        row.pk: _filled(what, row, answers) for row in rows if argument_facts.gaps_of(what, row)
    }
    if filled:
        argument.change(appeal, ArgumentChanges(paragraphs=filled), by=by)
    for line in checklist.checklist(appeal, on=on):
        if line.is_missing and line.is_for_a_person:
            checklist.tick(appeal, line.requirement.slug, is_met=True, by=by)
    return appeal


def _filled(
    what: Challenged, row: ArgumentParagraph, answers: Mapping[str, str]
) -> ParagraphChange:
    gaps = argument_facts.gaps_of(what, row)
    filled = {gap: answers.get(gap.partition(":")[0]) or _answer(gap) for gap in gaps}
    return ParagraphChange(True, argument_facts.words_of(what, row), filled)


def _answer(gap: str) -> str:
    offered = _OR_NOTHING.search(gap)
    return offered[1] if offered else gap.partition(":")[0]
