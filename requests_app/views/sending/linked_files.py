"""A file too large for mail, for the city that was given its address. No sign-in: it is the key."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from requests_app.delivery import links
from requests_app.models import FileLink, RecordsRequest
from requests_app.permissions import require
from requests_app.storage.scanning import scan_queue
from requests_app.views.lookup import attribution, now, person
from requests_app.views.responses import SeeOther, button

GONE = 410


@never_cache
@login_not_required
@require_safe
def linked_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """What it is, how large, its hash, until when; looking at it counts nothing."""
    link = _link(token)
    is_open = link.is_open(at=now()) and not link.attachment.quarantined
    rr = link.delivery.records_request
    context = {"link": link, "file": link.attachment, "rr": rr, "is_open": is_open}
    status = 200 if is_open else GONE
    return _unlisted(render(request, "sending/linked_file.html", context, status=status))


@never_cache
@login_not_required
@require_GET  # a scanner's HEAD is no fetch
def linked_file_content(request: HttpRequest, token: str) -> HttpResponseBase:
    link = _link(token)
    if not link.is_open(at=now()) or scan_queue.why_apart(link.attachment, at=now()):
        return SeeOther(reverse("linked_file", args=[token]))
    links.note_fetch(link, at=now())
    answer = FileResponse(
        link.attachment.file.open("rb"),
        as_attachment=True,
        filename=link.attachment.name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"},
    )
    return _unlisted(answer)


@require_POST
def link_end(request: HttpRequest, pk: int) -> HttpResponse:
    visible = RecordsRequest.objects.visible_to(person(request))
    found = FileLink.objects.select_related("delivery__records_request")
    link = get_object_or_404(found, pk=pk, delivery__records_request__in=visible)
    request_of_it = link.delivery.records_request
    require(person(request), "end_link", link.delivery)
    return button(
        request,
        lambda: links.end(
            link,
            by=attribution(request),
        ),
        done="Ended: nobody can fetch it any more.",
        to=reverse("request_page", args=[request_of_it.public_id]) + "#deliveries",
    )


def _link(token: str) -> FileLink:
    found = FileLink.objects.select_related("attachment", "delivery__records_request__newsroom")
    link = found.filter(token=token).first()
    if link is None:
        raise Http404("There is no file at this address. Check that it was copied whole.")
    return link


def _unlisted(answer: HttpResponseBase) -> HttpResponseBase:
    """For nobody but who was told of it: no search engine, and no page it leads to."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
