"""Letters as they will be sent, before anything is issued. Each PDF is kept for some minutes."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse

from requests_app import letters, office_contacts
from requests_app.actions.requests.submission import LETTER_OF
from requests_app.letters import Copy, PlannedLetter, Sending, copies, enclosures
from requests_app.letters.forms import office_form
from requests_app.letters.paper.pages import Part, bind
from requests_app.letters.wording.legal_text import changed_legal_sentences
from requests_app.models import (
    Appeal,
    Attachment,
    Channel,
    Filing,
    Letter,
    LetterKind,
    RecordsRequest,
    User,
)
from requests_app.storage import content
from requests_app.views.lookup import now

KEPT_SECONDS = 600
PAGES_SHOWN = 8  # of a longer letter, the PDF shows the rest
PICTURE_WIDTH = 800


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a picture that needs no address of its own: an unsaved text has none."""

    source: str
    alt: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter's PDF, or the reason why none could be made; and what goes or went missing."""

    pdf: bytes = b""
    problem: str = ""
    form: office_form.Prepared | None = None
    departures: tuple[str, ...] = ()  # legal sentences of the template that the text has not
    enclosed: tuple[Attachment, ...] = ()  # files that go with it
    left_out: tuple[Attachment, ...] = ()  # attached for it, and kept apart: they do not go
    copies: tuple[Copy, ...] = ()  # who else has it
    composed: letters.Composition | None = None  # what the wording of today has

    @property
    def page_count(self) -> int:
        return letters.page_count(self.pdf) if self.pdf else 0

    @property
    def form_page_count(self) -> int:
        return letters.page_count(self.form.filled.pdf) if self.form else 0

    @property
    def unfilled(self) -> tuple[office_form.Unfilled, ...]:
        return self.form.filled.left_empty if self.form else ()

    @property
    def pages(self) -> list[Page]:
        """The letter's, then the form's that goes with it."""
        shown = pages_of(self.pdf, "letter") if self.pdf else []
        return shown + (pages_of(self.form.filled.pdf, "form") if self.form else [])

    @property
    def not_shown(self) -> int:
        hidden = max(0, self.page_count - PAGES_SHOWN), max(0, self.form_page_count - PAGES_SHOWN)
        return sum(hidden)


def of_request(
    rr: RecordsRequest,
    *,
    by: User,
    on: date,
    text: str | None = None,
    sending: Sending | None = None,
) -> Preview:
    """As it would go that day; by e-mail, unless said otherwise."""
    office = office_contacts.office_asked(rr)
    sending = sending or Sending(Channel.EMAIL, office.email.value)
    kind = LETTER_OF[rr.kind]  # type: ignore[index]
    letter = PlannedLetter(rr, kind, sending, on, by, leaves_at=now())
    words = rr.letter_text if text is None else text
    return of_letter(letter, words, composed=composed_request(rr))


def of_appeal(
    appeal: Appeal,
    *,
    by: User,
    on: date,
    text: str | None = None,
    sending: Sending | None = None,
) -> Preview:
    body = office_contacts.addressee_of(appeal)
    sending = sending or Sending(Channel.EMAIL, body.email.value)
    rr, kind = appeal.records_request, LetterKind.APPEAL
    letter = PlannedLetter(rr, kind, sending, on, by, appeal)
    words = appeal.letter_text if text is None else text
    return of_letter(letter, words, composed=composed_appeal(appeal, on=on))


def composed_again(letter: Letter, *, on: date) -> letters.Composition | None:
    """The template's words for a letter that is issued anew that day."""
    rr, kind = letter.records_request, LetterKind(letter.kind)
    if letter.appeal and kind == LetterKind.APPEAL:
        return composed_appeal(letter.appeal, on=on)
    if letter.appeal:
        return composed_in_challenge(letter.appeal, kind, on=on, **letters.entered_in(letter))
    if kind in LetterKind.requests():
        return composed_request(rr)
    try:
        return letters.compose_reply(rr, kind, on=on, **letters.entered_in(letter))
    except letters.LetterError:
        return None


def composed_request(rr: RecordsRequest) -> letters.Composition | None:
    """The template's own words; None where the draft lacks what they need, as the sheet says."""
    try:
        return letters.compose_request(rr)
    except letters.LetterError:
        return None


def composed_appeal(appeal: Appeal, *, on: date) -> letters.Composition | None:
    try:
        return letters.compose_appeal(appeal, on=on)
    except letters.LetterError:
        return None


def composed_in_challenge(
    appeal: Appeal, kind: LetterKind, *, on: date, **entered: Any
) -> letters.Composition | None:
    try:
        return letters.compose_in_challenge(appeal, kind, on=on, **entered)
    except letters.LetterError:
        return None


def of_letter(letter: PlannedLetter, text: str, *, composed: letters.Composition | None) -> Preview:
    """With that text, which may depart from what the template `composed`."""
    departures = changed_legal_sentences(composed.legal, text) if composed else ()
    enclosed, left_out = enclosures.files_of(letter), enclosures.left_out_of(letter)
    others = copies.of(letter)
    try:
        form = office_form.prepare(letter)
        sheet = letters.sheet_for(letter, text, form=form.name if form else "")
        pdf = pdf_of(sheet)
        if form:
            pages_of(form.filled.pdf, "form")  # kept for the page: a stranger's may not be drawn
    except letters.LetterError as error:
        return Preview(b"", str(error), None, departures, enclosed, left_out, others, composed)
    return Preview(pdf, "", form, departures, enclosed, left_out, others, composed)


def pdf_of(sheet: letters.Sheet) -> bytes:
    """The sheet's PDF, made once for as long as it is kept. LetterError as `render_pdf`."""
    key = "preview:" + sha256(repr(sheet).encode()).hexdigest()
    kept: bytes | str | None = cache.get(key)
    if isinstance(kept, str):  # it took too long, and would again
        raise letters.TooLongToLayOutError(kept)
    if kept is None:
        try:
            kept = letters.render_pdf(sheet)
        except letters.TooLongToLayOutError as error:
            cache.set(key, str(error), KEPT_SECONDS)
            raise
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def pages_of(pdf: bytes, what: str) -> list[Page]:
    return [
        Page(source, f"Page {number} of the {what}")
        for number, source in enumerate(_pictures(pdf), start=1)
    ]


def _pictures(pdf: bytes) -> list[str]:
    key = f"pictures:{PICTURE_WIDTH}:{sha256(pdf).hexdigest()}"
    found: list[str] | None = cache.get(key)
    if found is None:
        images = letters.page_images(pdf, width=PICTURE_WIDTH, most=PAGES_SHOWN)
        found = ["data:image/png;base64," + b64encode(image).decode() for image in images]
        cache.set(key, found, KEPT_SECONDS)
    return found


def pdf_response(preview: Preview) -> HttpResponse:
    """The letter as a PDF; with the form that goes with it, as one."""
    if preview.problem:
        return HttpResponse(preview.problem, status=422, content_type="text/plain; charset=utf-8")
    headers = {"Content-Disposition": 'inline; filename="preview.pdf"'}
    return HttpResponse(_joined(preview), content_type="application/pdf", headers=headers)


def _joined(preview: Preview) -> bytes:
    """The letter, and behind it the form as it would be printed."""
    if not preview.form:
        return preview.pdf
    return bind([Part(preview.pdf), Part(preview.form.filled.pdf, is_form=True)])


def issued(letter: Letter) -> HttpResponse:
    """A letter as it was issued, byte for byte; a challenge with its exhibits behind it."""
    filing: Filing | None = getattr(letter, "filing", None)
    document = filing.standing_document if filing else None
    pdf = (
        content.read_whole(str(document.file.name), sha256=document.sha256)
        if document
        else bytes(letter.pdf)
    )
    headers = {
        "Content-Disposition": f'inline; filename="{letter.file_name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
