"""A message's own bytes, its HTML and its files: only as downloads, or where nothing of it runs."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.privacy import proof
from requests_app.forms.mail.erasing import OriginalForm
from requests_app.ledger.security.security_log import record
from requests_app.models import MailFile, RawMailRemoval
from requests_app.permissions import require
from requests_app.storage.erased_files import without_erased
from requests_app.storage.scanning import scan_queue
from requests_app.views.lookup import now, person
from requests_app.views.mail.mail_lookup import readable_mail
from requests_app.views.responses import page
from requests_app.vocabulary.security_kinds import SecurityKind

# The HTML is cleaned when it is read; this is the second lock: no script, no image, no font, no
# form, nothing fetched from anywhere, and an origin of its own.
SEALED = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
DOCUMENT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width"><title>Mail, as its sender laid it out</title>
</head><body>{html}</body></html>"""


@require_safe
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    mail = readable_mail(request, pk)
    if not mail.html:
        raise Http404("This mail has no HTML.")
    headers = {"Content-Security-Policy": SEALED, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(DOCUMENT.format(html=mail.html), headers=headers)


@require_safe
def mail_raw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Byte for byte as it came."""
    mail = readable_mail(request, pk)
    require(person(request), "open_raw_mail")
    if mail.erased_at:
        raise Http404("Its bytes were erased by law; their SHA-256 is kept.")
    if hasattr(mail, "raw_removal"):
        raise Http404("Its bytes went after their time; their SHA-256 is kept.")
    record(SecurityKind.MAIL_OPENED, by=person(request), mail=mail.pk)
    return _download(mail.raw, f"mail-{mail.pk}.eml")


@never_cache
def mail_original(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a file that somebody holds is the message whose bytes went after their time."""
    mail = readable_mail(request, pk)
    removals = RawMailRemoval.objects.filter(mail__erased_at=None)
    removal = get_object_or_404(removals, mail=mail)
    form = OriginalForm(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = proof.prove_message(form.cleaned_data["original"].chunks(), removal)
    context = {"mail": mail, "removal": removal, "found": found}
    return page(request, "mail/original.html", form, form=form, **context)


@require_safe
def mail_file_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    file = _file(request, pk)
    if scan_queue.why_apart(file, at=now()):
        raise Http404(f"{file.name} is kept apart: an admin may release it.")
    _note(request, SecurityKind.FILE_OPENED, file)
    return _download(file.file, file.name)


def _note(request: HttpRequest, kind: SecurityKind, file: MailFile) -> None:
    record(kind, by=person(request), name=file.name, mail_file=file.pk)


@require_POST
def mail_file_release(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What could run, for an admin who asked for just that: once, and it stays kept apart."""
    file = _file(request, pk)
    require(person(request), "release_file")
    _note(request, SecurityKind.QUARANTINED_FILE_OPENED, file)
    return _download(file.file, f"{file.name}.quarantined")


def _file(request: HttpRequest, pk: int) -> MailFile:
    file = get_object_or_404(without_erased(MailFile.objects.all()), pk=pk)
    readable_mail(request, file.mail_id)
    return file


def _download(file: FieldFile, name: str) -> FileResponse:
    return FileResponse(
        file.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"},
    )
