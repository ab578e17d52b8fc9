"""Letters as they will be sent, before anything is issued. Each is kept for some minutes."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.core.cache import cache
from django.http import Http404, HttpResponse

from requests_app import letters, offices
from requests_app.actions.submission import LETTER_OF
from requests_app.models import Appeal, Channel, Letter, LetterKind, RecordsRequest, User

KEPT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Preview:
    """A PDF, or the reason why none could be made."""

    pdf: bytes = b""
    problem: str = ""

    @property
    def page_numbers(self) -> range:
        return range(1, letters.page_count(self.pdf) + 1) if self.pdf else range(0)


def of_request(rr: RecordsRequest, *, by: User, on: date) -> Preview:
    """As it would go by e-mail today."""
    office = offices.resolve(rr.newsroom, rr.city, rr.office_role)
    kind = LETTER_OF[rr.kind]  # type: ignore[index]
    return _preview(rr, kind, rr.letter_text, to=office.email.value, by=by, on=on)


def of_appeal(appeal: Appeal, *, by: User, on: date) -> Preview:
    to = appeal.pack_route.email.value
    rr = appeal.records_request
    return _preview(rr, LetterKind.APPEAL, appeal.letter_text, to=to, by=by, on=on, appeal=appeal)


def _preview(
    rr: RecordsRequest,
    kind: LetterKind,
    text: str,
    *,
    to: str,
    by: User,
    on: date,
    appeal: Appeal | None = None,
) -> Preview:
    try:
        sheet = letters.sheet_for(
            rr, kind=kind, text=text, on=on, channel=Channel.EMAIL, to=to, signer=by, appeal=appeal
        )
        key = "preview:" + sha256(repr(sheet).encode()).hexdigest()
        pdf: bytes | None = cache.get(key)
        if pdf is None:
            pdf = letters.render_pdf(sheet)
            cache.set(key, pdf, KEPT_SECONDS)
    except letters.LetterError as error:
        return Preview(problem=str(error))
    return Preview(pdf)


def pdf_response(preview: Preview) -> HttpResponse:
    if preview.problem:
        return HttpResponse(preview.problem, status=422, content_type="text/plain; charset=utf-8")
    headers = {"Content-Disposition": 'inline; filename="preview.pdf"'}
    return HttpResponse(preview.pdf, content_type="application/pdf", headers=headers)


def page_response(preview: Preview, number: int) -> HttpResponse:
    """A page as a picture."""
    if number not in preview.page_numbers:
        raise Http404("The letter has no such page.")
    key = f"page:{sha256(preview.pdf).hexdigest()}:{number}"
    image: bytes | None = cache.get(key)
    if image is None:
        image = letters.page_images(preview.pdf)[number - 1]
        cache.set(key, image, KEPT_SECONDS)
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(image, content_type="image/png", headers=headers)


def issued(letter: Letter) -> HttpResponse:
    """A letter as it was issued, byte for byte."""
    headers = {
        "Content-Disposition": f'inline; filename="{letter.file_name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(letter.pdf), content_type="application/pdf", headers=headers)
