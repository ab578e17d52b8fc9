"""A draft that nobody wants, and one that somebody wants after all."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.actions.drafts import discarding
from requests_app.permissions import require
from requests_app.views.lookup import attribution, person, visible_request
from requests_app.views.responses import button


@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "discard_draft", rr)
    return button(
        request,
        lambda: discarding.discard(rr, by=attribution(request)),
        done="Discarded. It is off the board and the list, and can be brought back from here.",
        to=reverse("request_page", args=[public_id]),
    )


@require_POST
def bring_back(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "discard_draft", rr)
    return button(
        request,
        lambda: discarding.bring_back(rr, by=attribution(request)),
        done="Brought back: a draft again, as it stood.",
        to=reverse("request_page", args=[public_id]),
    )
