"""The argument and the relief of a drafted challenge: proposed, chosen, written, ordered.

Every change here is brought into the letter at once; what its writer did to the rest of it stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from cities.rights.claimed_exemption import ClaimedExemption
from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.filings.argument_rows import propose, store_argument, store_reliefs
from requests_app.actions.requests import appeal_drafts
from requests_app.actions.transitions import lock
from requests_app.ledger.attribution import Attribution
from requests_app.letters.facts import argument_facts, relief_facts
from requests_app.letters.facts.claimed_grounds import Challenged, challenged
from requests_app.letters.wording.merged_sections import merge_sections
from requests_app.models import Appeal, AppealState, ArgumentParagraph, ChosenRelief


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """What a person made of one paragraph: its `text` with gaps open, and what is `filled` in."""

    is_chosen: bool
    text: str
    filled: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnParagraph:
    """A paragraph of the writer's own, against a claim of the city or about the whole."""

    text: str
    claim: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class ArgumentChanges:
    """All that a person did on the page. `paragraphs` by their row's number; `offered`, of which no
    row is kept yet, by the claim and the decision of our own; `moved` is such a number and how many
    places; `named` says of a claim which exemption it means."""

    paragraphs: Mapping[int, ParagraphChange] = field(default_factory=dict)
    offered: Mapping[tuple[str, int], ParagraphChange] = field(default_factory=dict)
    own: OwnParagraph | None = None
    moved: tuple[int, int] | None = None
    named: Mapping[str, str] = field(default_factory=dict)
    reliefs: tuple[str, ...] | None = None  # None: as they are
    own_reliefs: tuple[str, ...] = ()


@transaction.atomic
def change(
    appeal: Appeal, changes: ArgumentChanges, *, by: Attribution, instead_of: str | None = None
) -> Appeal:
    """`instead_of` is the `mark_of` the draft that the page showed: Refused where it moved on."""
    request = lock(appeal.records_request)
    lock(appeal)
    if why_not := why_not_changed(appeal):
        raise Refused(why_not)
    on = days.today(request, by.at)
    _check_current(appeal, instead_of, on=on)
    propose(appeal, on=on, by=by)
    what = challenged(appeal, on=on)
    for number, changed in changes.paragraphs.items():
        _change_paragraph(what, _row(appeal, number), changed, by=by)
    for (claim, decision), changed in changes.offered.items():
        row = appeal.argument_paragraphs.filter(claim=claim, decision=decision).first()
        if row is not None:  # taken back meanwhile: it is offered no more
            _change_paragraph(what, row, changed, by=by)
    for claim, slug in changes.named.items():
        _name(what, claim, slug, by=by)
    if changes.own:
        _add_own(what, changes.own, by=by)
    if changes.moved:
        _move(_row(appeal, changes.moved[0]), changes.moved[1])
    if changes.reliefs is not None:
        _choose_reliefs(what, changes.reliefs, changes.own_reliefs, by=by)
    _bring_into_letter(appeal, on=on)
    return appeal


def why_not_changed(appeal: Appeal) -> str:
    """In a sentence; empty where it can be changed."""
    if appeal.pack_route.is_court:
        return "Counsel argues a case in court: the letter here is the notice of it."
    if appeal.state != AppealState.DRAFT:
        stands = appeal.get_state_display().lower()
        return f"This appeal is {stands}: its argument is not changed any more."
    return ""


def mark_of(appeal: Appeal) -> str:
    """By which one state of a draft is told from another."""
    return appeal.changed_at.isoformat()


def _check_current(appeal: Appeal, instead_of: str | None, *, on: date) -> None:
    if instead_of not in {None, mark_of(appeal)}:
        raise Refused(
            "Somebody saved this draft meanwhile. Nothing was overwritten: open the page again to "
            "see what they did, then change it."
        )
    since = appeal_drafts.since_drafted(appeal, on=on)
    if since.is_closed or since.is_to_be_settled:
        raise Refused(
            f"{appeal_drafts.in_words(since)} Bring the draft up to date first, on its own page. "
            "Nothing was changed."
        )


def _row(appeal: Appeal, number: int) -> ArgumentParagraph:
    row: ArgumentParagraph | None = appeal.argument_paragraphs.filter(pk=number).first()
    if row is None:
        raise Refused("One of these paragraphs is gone: open the page again. Nothing was changed.")
    return row


def _change_paragraph(
    what: Challenged, row: ArgumentParagraph, changed: ParagraphChange, *, by: Attribution
) -> None:
    text = changed.text.replace("\r\n", "\n").strip()
    if row.is_own and not text:
        row.delete()
        return
    argument = what.argument(row.about, row.argument)
    if changed.is_chosen and not row.is_own and not (argument and argument.may_be_printed):
        raise Refused(
            "One of these arguments is not verified, and none such is printed. Nothing was changed."
        )
    values = {
        "is_chosen": changed.is_chosen,
        "text": argument_facts.own_words(what, row, text),
        "filled": _answers(changed.filled),
    }
    if all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.changed_by, row.changed_at = by.user, by.at
    row.save()


def _answers(filled: Mapping[str, str]) -> dict[str, str]:
    """Each on one line, without brackets that would open another gap."""
    answers = {gap: " ".join(answer.split()) for gap, answer in filled.items() if answer.strip()}
    if any("[[" in answer or "]]" in answer for answer in answers.values()):
        raise Refused(
            "An answer still has a place to fill in, [[…]]: write what stands there. Nothing was "
            "changed."
        )
    return answers


def _add_own(what: Challenged, own: OwnParagraph, *, by: Attribution) -> None:
    text = own.text.replace("\r\n", "\n").strip()
    known = {(row.claim, row.about) for row in what.appeal.argument_paragraphs.all()}
    if (own.claim, own.about) not in known | {("", "")}:
        raise Refused("The city claimed no such ground: choose one of the list.")
    _append(
        what.appeal,
        [ArgumentParagraph(appeal=what.appeal, claim=own.claim, about=own.about, text=text)],
        by=by,
    )


def _name(what: Challenged, claim: str, slug: str, *, by: Attribution) -> None:
    """The arguments of the exemption that a person says the city means; the gap that stood there
    goes, unless somebody wrote in it."""
    exemption = what.exemption(slug)
    if exemption is None or claim not in {"", *(one.claim for one in what.claims)}:
        raise Refused("Choose one of the exemptions of the list. Nothing was changed.")
    appeal = what.appeal
    if appeal.argument_paragraphs.filter(claim=claim, about=slug).exists():
        return
    unnamed = appeal.argument_paragraphs.filter(claim=claim, about="", argument="")
    if claim:
        unnamed.filter(changed_by=None).delete()
    _append(appeal, argument_facts.against(what, ClaimedExemption(claim, exemption)), by=by)


def _append(appeal: Appeal, rows: Sequence[ArgumentParagraph], *, by: Attribution) -> None:
    store_argument([*appeal.argument_paragraphs.all(), *rows], by=by)


def _move(row: ArgumentParagraph, places: int) -> None:
    """Among the paragraphs against the same ground, as far as there is room."""
    beside = row.appeal.argument_paragraphs.filter(claim=row.claim, about=row.about)
    rows = list(beside)
    positions = [one.position for one in rows]
    at = rows.index(row)
    rows.insert(max(0, min(len(rows) - 1, at + places)), rows.pop(at))
    for one, position in zip(rows, positions, strict=True):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])


def _choose_reliefs(
    what: Challenged, slugs: Sequence[str], own: Sequence[str], *, by: Attribution
) -> None:
    offered = {one.slug for one in relief_facts.offered(what)}
    if unknown := set(slugs) - offered:
        raise Refused(f"“{min(unknown)}” cannot be asked for here. Nothing was changed.")
    texts = [" ".join(text.split()) for text in own if text.strip()]
    if offered and not slugs and not texts:
        raise Refused("Choose at least one thing to ask for. Nothing was changed.")
    written = [
        ChosenRelief(appeal=what.appeal, text=text, grievance=what.grievance) for text in texts
    ]
    store_reliefs(what.appeal, relief_facts.in_order(what, set(slugs), written), by=by)


def _bring_into_letter(appeal: Appeal, *, on: date) -> None:
    composed = appeal_drafts.compose(appeal, appeal.answers, on=on)
    appeal.letter_text = merge_sections(appeal.composed_text, appeal.letter_text, composed.text)
    appeal_drafts.remember(appeal, composed, appeal.answers, appeal.composed_through)
    appeal.save()
