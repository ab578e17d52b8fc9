"""What a supplement's page has beside a letter's: its exhibits, and all of it as one document."""

from django.http import HttpRequest, HttpResponse

from requests_app.actions.challenges import supplements
from requests_app.actions.errors import Refused
from requests_app.actions.sending.our_letters import FurtherExhibits
from requests_app.forms.challenges.further_exhibits import FurtherExhibitsForm
from requests_app.letters import PlannedLetter
from requests_app.models import Appeal, LetterKind
from requests_app.storage import content
from requests_app.views.drafts import keeping
from requests_app.views.lookup import attribution
from requests_app.views.sending import letter_editing


def form_of(
    request: HttpRequest, kind: LetterKind, appeal: Appeal | None
) -> FurtherExhibitsForm | None:
    """The form that asks for its exhibits; None of any other letter.

    New files are kept as soon as they come, so that no refusal of the letter loses them.
    """
    offer = kind.described.in_a_challenge
    if appeal is None or offer is None or not offer.has_exhibits:
        return None
    form = FurtherExhibitsForm(request.POST or None, request.FILES or None, appeal=appeal)
    if _brings_files(request) and form.is_valid() and form.cleaned_data["uploads"]:
        try:
            uploads = form.cleaned_data["uploads"]
            form.take_in(supplements.keep_files(appeal, uploads, by=attribution(request)))
        except Refused as refusal:
            form.add_error("uploads", str(refusal))
    return form


def _brings_files(request: HttpRequest) -> bool:
    is_look = request.POST.get("do") in {letter_editing.LOOK, letter_editing.PDF}
    return bool(request.FILES) and not is_look and not keeping.is_keeping(request)


def whole(letter: PlannedLetter, text: str, form: FurtherExhibitsForm) -> HttpResponse:
    """The document as it would leave today, or the sentence why there is none."""
    try:
        made = supplements.look_at(letter, text, FurtherExhibits(form.papers))
    except Refused as refusal:
        plain = "text/plain; charset=utf-8"
        return HttpResponse(str(refusal), status=422, content_type=plain)
    pdf = content.read_whole(made.document.kept.name, sha256=made.document.kept.sha256)
    headers = {"Content-Disposition": 'inline; filename="preview.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
