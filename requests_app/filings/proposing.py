"""The papers that a route's bundle asks for, as the ledger has them, each as an exhibit to be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from cities.schema.filings.requirements import BundlePart, Requirement
from requests_app.casefile.content import bundle_parts
from requests_app.models import Appeal, Communication, Event, Letter
from requests_app.vocabulary import dates_and_amounts
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import describe

# What is no paper behind the letter: the letter itself, and what the desk works out.
NOT_EXHIBITS = ("appeal_letter", "timeline", "deadlines")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A letter of ours or a message, under which title, and for which part of the bundle."""

    title: str
    part: BundlePart
    letter: Letter | None = None
    communication: Communication | None = None

    @property
    def paper(self) -> tuple[str, int]:
        """What tells it from every other paper."""
        return (
            ("letter", self.letter.pk)
            if self.letter
            else ("message", self.communication.pk if self.communication else 0)
        )


def proposed_for(appeal: Appeal) -> list[Proposed]:
    """In the bundle's order, within a part by day; then what else the route requires behind it.

    A notice of court action has none.
    """
    route = appeal.pack_route
    if route.is_court:
        return []
    required = (papers_for(appeal, one) for one in route.requires_for(appeal.answers))
    found: dict[tuple[str, int], Proposed] = {}
    for paper in chain(of_parts(appeal, bundle_parts.for_route(route)), *required):
        found.setdefault(paper.paper, paper)
    return list(found.values())


def papers_for(appeal: Appeal, required: Requirement) -> list[Proposed]:
    """Those of its first part that there are any of, the act that is challenged before others."""
    if required.kind != "exhibit":
        return []
    papers = of_parts(appeal, sorted(required.parts, key=lambda part: part != "denial"))
    return [paper for paper in papers if paper.part == papers[0].part]


def all_papers(appeal: Appeal) -> list[Proposed]:
    """Every letter and message of the request, to choose from."""
    return of_parts(appeal, ("correspondence",))


def of_parts(appeal: Appeal, parts: Iterable[BundlePart]) -> list[Proposed]:
    """Each paper once, with the first of the parts that it belongs to.

    Never the challenge's own letter, which is in the ledger too once it was issued.
    """
    wanted = tuple(part for part in parts if part not in NOT_EXHIBITS)
    its_own = set(Letter.objects.filter(appeal=appeal.pk).values_list("pk", flat=True))
    found: dict[tuple[str, int], Proposed] = {}
    events = list(_events(appeal))
    for part in wanted:
        for event in events:
            if bundle_parts.part_of(event, wanted, appeal) != part:
                continue
            for paper in _papers(event, part):
                if paper.letter is None or paper.letter.pk not in its_own:
                    found.setdefault(paper.paper, paper)
    return list(found.values())


def _events(appeal: Appeal) -> Iterator[Event]:
    rows = (
        Event.objects.filter(records_request=appeal.records_request_id)
        .effective()
        .select_related("appeal", "delivery__letter", "communication", "in_place_of__communication")
        .defer("delivery__letter__pdf")
        .in_order()
    )
    hidden = Mark.DERIVED | Mark.PRIVATE
    return (event for event in rows if not describe(event.kind).marks & hidden)


def _papers(event: Event, part: BundlePart) -> Iterator[Proposed]:
    # A report that a letter arrived is filed with the letter, which it proves and is not.
    if event.delivery and part != "proof_of_receipt":
        letter = event.delivery.letter
        title = f"{letter.get_kind_display()} of {dates_and_amounts.day(letter.dated_on)}"
        yield Proposed(title, part, letter=letter)
    for message in _messages(event):
        on = dates_and_amounts.day(event.on)
        named = describe(event.kind).exhibit_title
        title = f"{named} of {on}" if named else f"{describe(event.kind).heading}, {on}"
        yield Proposed(title, part, communication=message)


def _messages(event: Event) -> Iterator[Communication]:
    """The message that the act was read from, else what was entered with it, if that says more."""
    if mail := event.data.get("mail"):
        yield from Communication.objects.filter(pk=mail, taken_out_at=None)
    entered = event.told_by
    if entered is None or entered.taken_out_at is not None:
        return
    has_files = entered.attachments.filter(quarantined="").exists()
    if has_files or entered.mail_id or (entered.text.strip() and not mail):
        yield entered
