"""To an editor and back."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.actions.requests import review
from requests_app.models import Event
from requests_app.permissions import require
from requests_app.views.lookup import attribution, person, visible_request
from requests_app.views.responses import button


@require_POST
def send_to_review(request: HttpRequest, public_id: str) -> HttpResponse:
    done = "Sent to review. An editor sees it on the board."
    return _act(request, public_id, "send_to_review", review.send_to_review, done=done)


@require_POST
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    act = partial(review.approve, note=_note(request))
    done = "Approved. It can be submitted now."
    return _act(request, public_id, "approve_request", act, done=done)


@require_POST
def return_to_draft(request: HttpRequest, public_id: str) -> HttpResponse:
    act = partial(review.return_to_draft, note=_note(request))
    done = "Returned to the reporter with your note."
    return _act(request, public_id, "return_request", act, done=done)


def _act(
    request: HttpRequest, public_id: str, verb: str, act: Callable[..., Event], *, done: str
) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), verb, rr)
    back = reverse("request_page", args=[public_id])
    return button(request, lambda: act(rr, by=attribution(request)), done=done, to=back)


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "").strip()
