"""What a body requires of a filing, and how far this draft has it.

A line is ticked by what the desk knows, or by a person who says that it is met. What is mandatory
and ticked by neither stops the filing, with the sentence of the law that requires it. A paper that
the desk has must stand behind the letter: a person ticks it only where a file of their own does,
which the desk cannot read. A case in court is filed by counsel: its lines stop nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cities.schema.filings.requirements import KnownFact, Requirement
from requests_app import letters
from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock
from requests_app.filings import checks, reading
from requests_app.filings.checks import RequiredPapers
from requests_app.ledger.attribution import Attribution
from requests_app.letters.copies import AboutLetter, offered_for
from requests_app.letters.facts import appeal_facts
from requests_app.letters.facts.fact import Facts
from requests_app.models import (
    Appeal,
    AppealState,
    Channel,
    CheckedRequirement,
    EventKind,
    Exhibit,
    LetterKind,
)
from requests_app.particulars import ParticularsError

# The facts of a letter by which the desk knows it, any one of which is enough. What no letter
# states is a person's to write, and to tick.
_KNOWN_BY: dict[KnownFact, tuple[str, ...]] = {
    "contact": ("newsroom_address", "newsroom_email", "newsroom_phone"),
    "asked_on": ("asked_on",),
    "violation_on": ("violation_on",),
    "records": ("records",),
}


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One requirement, and how it is met: by the desk, by a person's word, or not yet.

    `lacking`: the titles of the papers which the desk has, and which are not behind the letter.
    """

    requirement: Requirement
    is_known: bool = False
    checked: CheckedRequirement | None = None
    lacking: tuple[str, ...] = ()
    is_for_a_person: bool = True  # whether a person's tick counts

    @property
    def is_met(self) -> bool:
        return self.is_known or (self.is_for_a_person and self.checked is not None)

    @property
    def is_missing(self) -> bool:
        return self.requirement.is_mandatory and not self.is_met


def checklist(appeal: Appeal, *, on: date) -> list[ChecklistLine]:
    """Every requirement of the route for what is challenged, in the pack's order."""
    facts, exhibits = _facts(appeal, on=on), list(reading.exhibits_of(appeal))
    papers = {one.requirement.slug: one for one in checks.required(appeal, exhibits)}
    checked = {row.slug: row for row in appeal.checked_requirements.select_related("checked_by")}
    return [
        _of_papers(papers[one.slug], exhibits, checked.get(one.slug))
        if one.slug in papers
        else ChecklistLine(one, _is_known(one, appeal, facts), checked.get(one.slug))
        for one in appeal.pack_route.requires_for(appeal.answers)
    ]


def _of_papers(
    papers: RequiredPapers, exhibits: Iterable[Exhibit], checked: CheckedRequirement | None
) -> ChecklistLine:
    return ChecklistLine(
        papers.requirement,
        is_known=not papers.missing,
        checked=checked,
        lacking=tuple(paper.title for paper in papers.missing),
        is_for_a_person=any(exhibit.attachment_id for exhibit in exhibits),
    )


def _facts(appeal: Appeal, *, on: date) -> Facts:
    try:
        return appeal_facts.of(appeal, on=on)
    except (ParticularsError, letters.LetterError):
        return {}


def _is_known(requirement: Requirement, appeal: Appeal, facts: Facts) -> bool:
    if requirement.kind == "copies":
        return _has_a_copy(appeal, requirement.copy_to)
    if requirement.kind != "fact" or not requirement.known_from:
        return False
    return all(_knows(appeal, known, facts) for known in requirement.known_from)


def _has_a_copy(appeal: Appeal, role: str) -> bool:
    """Whether the desk sends that office a copy of its own accord; one that is only offered, a
    person chooses when the challenge is filed, and ticks."""
    request = appeal.records_request
    about = AboutLetter(request, LetterKind.APPEAL, Channel.EMAIL, appeal)
    return any(one.rule.is_proposed and one.rule.office == role for one in offered_for(about))


def _knows(appeal: Appeal, known: KnownFact, facts: Facts) -> bool:
    if known == "received_on":
        received = appeal.records_request.events.effective().filter(kind=EventKind.RECEIVED)
        return bool(received.exists())
    if known == "agency":
        return True  # every letter names it, and gives its address where the desk has it
    return any(name in facts for name in _KNOWN_BY.get(known, ()))


def check_complete(appeal: Appeal, *, on: date) -> None:
    """For filing. Refused, with each sentence of the law, where something mandatory is missing."""
    if appeal.pack_route.is_court:
        return
    if missing := [line for line in checklist(appeal, on=on) if line.is_missing]:
        raise Refused(f"{' '.join(_what_to_do(line) for line in missing)} Nothing was filed.")


def _what_to_do(line: ChecklistLine) -> str:
    requirement = line.requirement
    if not line.lacking:
        seen_to = "See to it, and tick it in the list of what the body requires."
        return f"{requirement.text}: {requirement.why} {seen_to}"
    titles = " and ".join(f"“{title}”" for title in line.lacking)
    return f"{requirement.why} Add {titles} to the exhibits."


@transaction.atomic
def tick(appeal: Appeal, slug: str, *, is_met: bool, by: Attribution) -> None:
    """A person says that a requirement is met, or takes that back."""
    lock(appeal.records_request)
    lock(appeal)
    if appeal.state != AppealState.DRAFT:
        stands = appeal.get_state_display().lower()
        raise Refused(f"This appeal is {stands}: its checklist is closed. Nothing was changed.")
    on = days.today(appeal.records_request, by.at)
    lines = {line.requirement.slug: line for line in checklist(appeal, on=on)}
    if slug not in lines:
        raise Refused("This route requires no such thing. Nothing was changed.")
    if is_met and not lines[slug].is_for_a_person:
        raise Refused(f"{_what_to_do(lines[slug])} Nothing was changed.")
    if is_met:
        appeal.checked_requirements.get_or_create(
            slug=slug, defaults={"checked_by": by.user, "checked_at": by.at}
        )
    else:
        appeal.checked_requirements.filter(slug=slug).delete()
