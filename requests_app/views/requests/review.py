"""To an editor and back."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.actions.requests import review
from requests_app.permissions import require
from requests_app.views.lookup import attribution, person, visible_request
from requests_app.views.responses import button


@require_POST
def send_to_review(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "send_to_review", rr)
    return button(
        request,
        lambda: review.send_to_review(
            rr,
            by=attribution(request),
        ),
        done="Sent to review. An editor sees it on the board.",
        to=reverse("request_page", args=[public_id]),
    )


@require_POST
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "approve_request", rr)
    note = request.POST.get("note", "").strip()
    return button(
        request,
        lambda: review.approve(rr, by=attribution(request), note=note),
        done="Approved. It can be submitted now.",
        to=reverse("request_page", args=[public_id]),
    )


@require_POST
def return_to_draft(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "return_request", rr)
    note = request.POST.get("note", "").strip()
    return button(
        request,
        lambda: review.return_to_draft(rr, by=attribution(request), note=note),
        done="Returned to the reporter with your note.",
        to=reverse("request_page", args=[public_id]),
    )
