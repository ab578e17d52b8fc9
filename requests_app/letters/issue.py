"""A letter issued: made, hashed and kept, once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from requests_app.letters import copies, enclosures
from requests_app.letters.errors import LetterError
from requests_app.letters.facts.declared_facts import COMMON, REQUEST_LETTER
from requests_app.letters.facts.due_day import MARK
from requests_app.letters.facts.fact import TYPED
from requests_app.letters.facts.reply_facts import CHOSEN_FROM_THE_PACK
from requests_app.letters.forms import office_form
from requests_app.letters.markdown import clean, escape
from requests_app.letters.paper.pages import page_count
from requests_app.letters.paper.render import render_pdf
from requests_app.letters.paper.sheet import Sheet, sheet_for
from requests_app.letters.planned_letter import PlannedLetter, PreparedFiling
from requests_app.letters.wording.compose import (
    Composition,
    compose_appeal,
    compose_in_challenge,
    compose_reply,
    compose_request,
)
from requests_app.letters.wording.legal_text import changed_legal_sentences
from requests_app.models import Filing, FilledForm, Letter, LetterKind

# What a template leaves for a person to write: "[[your answer]]".
GAP = re.compile(r"\[\[(?!\[)((?:(?!\[\[)[^\]\n])+)\]\]")
CHANGED = (
    "Something that the letter says changed while it was put together with its exhibits. Nothing "
    "was filed: look at it again, then file it."
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A letter's text as it is kept, its paper, the form that goes with it, and its PDF."""

    text: str
    sheet: Sheet
    form: office_form.Prepared | None
    pdf: bytes


def issue(
    letter: PlannedLetter, text: str, *, at: datetime, entered: Mapping[str, Any] | None = None
) -> Letter:
    """Freezes the letter with its PDF, and the city's form filled for it where there is one.

    `entered`: the facts of a reply that a person typed, as `compose_reply` takes them.

    Called inside an action's transaction. LetterError, with nothing saved, where the letter is
    empty, or it or the form cannot be made.
    """
    drawn = draw(letter, text)
    text, sheet, form, pdf = drawn.text, drawn.sheet, drawn.form, drawn.pdf
    if letter.filing and letter.filing.letter_sha256 != sha256(pdf).hexdigest():
        raise LetterError(CHANGED)
    composition = _composition(letter, entered or {})
    issued = Letter.objects.create(
        records_request=letter.records_request,
        appeal=letter.appeal,
        kind=letter.kind,
        subject=sheet.subject[:300],
        text=sheet.text,
        template=composition.template,
        template_sha256=composition.template_sha256,
        facts=_facts_still_in(sheet.text, composition),
        # Of the text before the day was filled in: see `changed_legal_sentences`.
        departures=list(changed_legal_sentences(composition.legal, text)),
        pdf=pdf,
        sha256=sha256(pdf).hexdigest(),
        page_count=page_count(pdf),
        dated_on=letter.dated_on,
        answers=letter.answers,
        issued_at=at,
        issued_by=letter.signer,
    )
    enclosures.freeze(issued, letter)
    copies.freeze(issued, letter)
    if form:
        _keep(form, issued)
    if letter.filing:
        _keep_filing(letter.filing, issued, at=at)
    return issued


def draw(letter: PlannedLetter, text: str) -> Drawn:
    """The letter as it would be issued, with nothing saved. LetterError as `issue`."""
    text = clean(text).strip() + "\n"
    if not text.strip():
        raise LetterError("The letter has no text: write it, or have it written from the details.")
    form = office_form.prepare(letter)
    sheet = sheet_for(letter, text, form=form.name if form else "")
    if gap := GAP.search(sheet.text):
        raise LetterError(f"The letter still has a place to fill in, {gap[0]}: write it there.")
    return Drawn(text, sheet, form, render_pdf(sheet))


def entered_in(letter: Letter) -> dict[str, Any]:
    """What a person typed for the wording of a letter, to write it anew: see `compose_reply`."""
    return {
        name: fact["value"]
        for name, fact in letter.facts.items()
        if name in CHOSEN_FROM_THE_PACK or (fact["source"] == TYPED and name not in COMMON)
    }


def _keep(form: office_form.Prepared, letter: Letter) -> None:
    filled = form.filled
    FilledForm.objects.create(
        letter=letter,
        city_form=form.city_form,
        pdf=filled.pdf,
        sha256=sha256(filled.pdf).hexdigest(),
        left_empty=[{"field": one.field, "reason": one.reason} for one in filled.left_empty],
    )


def _keep_filing(filing: PreparedFiling, letter: Letter, *, at: datetime) -> None:
    Filing.objects.create(
        letter=letter,
        document=filing.document,
        sha256=filing.document.sha256,
        page_count=filing.page_count,
        is_separate=filing.is_separate,
        manifest=list(filing.manifest),
        made_at=at,
    )


def _composition(letter: PlannedLetter, entered: Mapping[str, Any]) -> Composition:
    """The letter as its template would have it today, to compare the text with."""
    if letter.appeal and letter.kind == LetterKind.APPEAL:
        return compose_appeal(letter.appeal, on=letter.dated_on)
    if letter.appeal:
        return compose_in_challenge(letter.appeal, letter.kind, on=letter.dated_on, **entered)
    if letter.kind in REQUEST_LETTER.values():
        return compose_request(letter.records_request)
    return compose_reply(letter.records_request, letter.kind, on=letter.dated_on, **entered)


def _facts_still_in(text: str, composition: Composition) -> dict[str, Any]:
    """The facts that are still in the text: the reporter may have changed any sentence."""

    def is_in_text(value: Any) -> bool:
        if isinstance(value, list | tuple):
            return any(is_in_text(item) for item in value)
        if not isinstance(value, str):
            return False
        # The day the answer is due is in the text by now: what stands around its mark is enough.
        return all(part.strip() in text for part in escape(value).split(MARK))

    return {
        name: dict(fact) for name, fact in composition.facts.items() if is_in_text(fact["value"])
    }
