"""A letter issued: made, hashed and kept, once."""

import re
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from requests_app.letters.compose import Composition, compose_appeal, compose_reply, compose_request
from requests_app.letters.declared import REQUEST_LETTER
from requests_app.letters.due_day import MARK
from requests_app.letters.errors import LetterError
from requests_app.letters.markdown import clean, escape
from requests_app.letters.render import page_count, render_pdf
from requests_app.letters.sheet import sheet_for
from requests_app.models import Appeal, Letter, LetterKind, RecordsRequest, User

# What a template leaves for a person to write: "[[your answer]]".
GAP = re.compile(r"\[\[([^\]\n]+)\]\]")


def issue(
    records_request: RecordsRequest,
    *,
    kind: LetterKind,
    text: str,
    on: date,
    at: datetime,
    channel: str,
    to: str,
    by: User,
    appeal: Appeal | None = None,
) -> Letter:
    """Freezes the letter with its PDF. Called inside an action's transaction.

    LetterError, with nothing saved, where the letter is empty or cannot be made.
    """
    text = clean(text).strip() + "\n"
    if not text.strip():
        raise LetterError("The letter has no text: write it, or have it written from the details.")
    sheet = sheet_for(
        records_request,
        kind=kind, text=text, on=on, channel=channel, to=to, signer=by, appeal=appeal,
    )  # fmt: skip
    if gap := GAP.search(sheet.text):
        raise LetterError(f"The letter still has a place to fill in, {gap[0]}: write it there.")
    pdf = render_pdf(sheet)
    composition = _composition(records_request, kind, appeal)
    return Letter.objects.create(
        records_request=records_request,
        appeal=appeal,
        kind=kind,
        subject=sheet.subject[:300],
        text=sheet.text,
        template=composition.template,
        template_sha256=composition.template_sha256,
        facts=_standing(composition, sheet.text),
        pdf=pdf,
        sha256=sha256(pdf).hexdigest(),
        page_count=page_count(pdf),
        dated_on=on,
        issued_at=at,
        issued_by=by,
    )


def _composition(request: RecordsRequest, kind: LetterKind, appeal: Appeal | None) -> Composition:
    if appeal:
        return compose_appeal(appeal)
    if kind in REQUEST_LETTER.values():
        return compose_request(request)
    return compose_reply(request, kind)


def _standing(composition: Composition, text: str) -> dict[str, Any]:
    """The facts that are still in the text: the reporter may have changed any sentence."""

    def stands(value: Any) -> bool:
        if isinstance(value, list):
            return any(stands(item) for item in value)
        if not isinstance(value, str):
            return False
        # The day the answer is due is in the text by now: what stands around its mark is enough.
        return all(part.strip() in text for part in escape(value).split(MARK))

    return {name: dict(fact) for name, fact in composition.facts.items() if stands(fact["value"])}
