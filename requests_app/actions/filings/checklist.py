"""What a body requires of a filing, and how far this draft has it.

A line is ticked by what the desk knows, or by a person who says that it is met. What is mandatory
and ticked by neither stops the filing, with the sentence of the law that asks for it. A case in
court is filed by counsel: its lines are shown and stop nothing.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cities.schema.filings.requirements import BundlePart, KnownFact, Requirement
from requests_app import letters
from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock
from requests_app.ledger.attribution import Attribution
from requests_app.letters.facts import appeal_facts
from requests_app.letters.facts.fact import Facts
from requests_app.models import (
    Appeal,
    AppealState,
    CheckedRequirement,
    Event,
    EventKind,
    RecordsRequest,
)
from requests_app.particulars import ParticularsError
from requests_app.vocabulary.event_kinds import describe

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
    """One requirement, and how it is met: by the desk, by a person's word, or not yet."""

    requirement: Requirement
    is_known: bool = False
    checked: CheckedRequirement | None = None

    @property
    def is_met(self) -> bool:
        return self.is_known or self.checked is not None

    @property
    def is_missing(self) -> bool:
        return self.requirement.is_mandatory and not self.is_met


def checklist(appeal: Appeal, *, on: date) -> list[ChecklistLine]:
    """Every requirement of the route for what is challenged, in the pack's order."""
    facts, parts = _facts(appeal, on=on), parts_at_hand(appeal.records_request)
    checked = {row.slug: row for row in appeal.checked_requirements.select_related("checked_by")}
    return [
        ChecklistLine(
            requirement,
            is_known=_is_known(requirement, appeal, facts, parts),
            checked=checked.get(requirement.slug),
        )
        for requirement in appeal.pack_route.requires_for(appeal.answers)
    ]


def _facts(appeal: Appeal, *, on: date) -> Facts:
    try:
        return appeal_facts.of(appeal, on=on)
    except (ParticularsError, letters.LetterError):
        return {}


def _is_known(
    requirement: Requirement, appeal: Appeal, facts: Facts, parts: frozenset[BundlePart]
) -> bool:
    if requirement.kind == "exhibit":
        return bool(parts.intersection(requirement.parts))
    if requirement.kind != "fact" or not requirement.known_from:
        return False
    return all(_knows(appeal, known, facts) for known in requirement.known_from)


def _knows(appeal: Appeal, known: KnownFact, facts: Facts) -> bool:
    if known == "received_on":
        received = appeal.records_request.events.effective().filter(kind=EventKind.RECEIVED)
        return bool(received.exists())
    if known == "agency":
        return True  # every letter names it, and gives its address where the desk has it
    return any(name in facts for name in _KNOWN_BY.get(known, ()))


def parts_at_hand(request: RecordsRequest) -> frozenset[BundlePart]:
    """The parts of a bundle of which this desk has a paper."""
    events = Event.objects.filter(records_request=request).effective()
    papers = [event for event in events if event.delivery_id or event.told_by]
    parts: set[BundlePart] = {"correspondence"} if papers else set()
    return frozenset(parts.union(*(describe(event.kind).papers for event in papers)))


def check_complete(appeal: Appeal, *, on: date) -> None:
    """For filing. Refused, with each sentence of the law, where something mandatory is missing."""
    if appeal.pack_route.is_court:
        return
    missing = [line.requirement for line in checklist(appeal, on=on) if line.is_missing]
    if missing:
        told = " ".join(f"{one.text}: {one.why}" for one in missing)
        raise Refused(
            f"{told} See to it, and tick it in the list of what the body requires. Nothing was "
            "filed."
        )


@transaction.atomic
def tick(appeal: Appeal, slug: str, *, is_met: bool, by: Attribution) -> None:
    """A person says that a requirement is met, or takes that back."""
    lock(appeal.records_request)
    lock(appeal)
    if appeal.state != AppealState.DRAFT:
        stands = appeal.get_state_display().lower()
        raise Refused(f"This appeal is {stands}: its checklist is closed. Nothing was changed.")
    if slug not in {one.slug for one in appeal.pack_route.requires_for(appeal.answers)}:
        raise Refused("This route requires no such thing. Nothing was changed.")
    if is_met:
        appeal.checked_requirements.get_or_create(
            slug=slug, defaults={"checked_by": by.user, "checked_at": by.at}
        )
    else:
        appeal.checked_requirements.filter(slug=slug).delete()
