"""What bodies decided of an exemption in the newsroom's own cases: for us, offered in the argument;
against us, for its writer to know before filing. An exemption is a state's, so only that state's
decisions are meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from requests_app.letters.facts.claimed_grounds import Challenged, Claimed
from requests_app.models import ArgumentParagraph, ClaimedExemption, LogEntry, OfferedDecision
from requests_app.vocabulary.research.exemption_outcomes import Became


@dataclass(frozen=True, slots=True)
class HeldAgainstUs:
    """`sentence` names a body, a case and a day, and nothing of whose request it was."""

    entry_id: int
    citation: str
    sentence: str
    passage: str


def with_offers(what: Claimed, rows: Sequence[ArgumentParagraph]) -> list[ArgumentParagraph]:
    """The rows, and the decisions offered against what they answer, none chosen. A row whose
    decision was taken back, or struck, is printed no more."""
    appeal = what.drafted_appeal
    grounds = dict.fromkeys((row.claim, row.about) for row in rows if row.about)
    if appeal is None or appeal.pk is None or not grounds:
        return list(rows)
    offers = _offers(what)
    for row in rows:
        if row.decision_id and row.decision_id not in offers:
            row.is_chosen = False
    there = {(row.claim, row.decision_id) for row in rows if row.decision_id}
    return [
        *rows,
        *(
            ArgumentParagraph(
                appeal=appeal,
                claim=claim,
                about=about,
                decision=offer,
                text=offer.text,
                is_chosen=False,
            )
            for claim, about in grounds
            for offer in offers.values()
            if offer.exemption == about and (claim, offer.pk) not in there
        ),
    ]


def _offers(what: Claimed) -> dict[int, OfferedDecision]:
    state = what.statute.slug
    offers = OfferedDecision.objects.on_exemptions_of(what.request.newsroom_id, state)
    return {offer.pk: offer for offer in offers}


def held_against_us(what: Challenged) -> Iterator[HeldAgainstUs]:
    """Every decision of the newsroom's log that upheld what the city claims here."""
    meant = {claim.exemption.slug for claim in what.claims if claim.exemption}
    named = what.appeal.argument_paragraphs.exclude(about="").values_list("about", flat=True)
    upheld = ClaimedExemption.objects.filter(
        entry__newsroom=what.request.newsroom_id,
        entry__city_slug__startswith=f"{what.statute.slug}/",
        exemption__in=meant | set(named),
        became=Became.UPHELD,
    )
    for one in upheld.select_related("entry").order_by("entry__decided_on", "pk"):
        yield HeldAgainstUs(one.entry_id, one.citation, _against_us(one), one.passage)


def _against_us(one: ClaimedExemption) -> str:
    whom = " against us" if one.entry.is_tracked else ""
    return f"{_the(one.entry.body)} upheld this exemption{whom} in {case_of(one.entry)}."


def case_of(entry: LogEntry) -> str:
    """FIC 2025-0123 (March 4, 2025): its order, else its docket, and its day as far as known."""
    name = entry.order_number or entry.docket or "a case without a number"
    return f"{name} ({entry.decided.in_words})" if entry.decided else name


def proposed_text(one: ClaimedExemption) -> str:
    """The paragraph as the desk begins it, for an editor to change and approve."""
    entry = one.entry
    said = f"{_the(entry.body)} rejected this exemption in {case_of(entry)}"
    if not one.passage:
        return f"{said}."
    where = f" ({page_in_words(one.page)})" if one.page else ""
    return f"{said}: “{one.passage.strip().strip('“”')}”{where}."


def page_in_words(page: str) -> str:
    return f"p. {page}" if page.strip().isdecimal() else page.strip()


def _the(body: str) -> str:
    return f"The {body.removeprefix('The ').removeprefix('the ')}" if body else "A body"
