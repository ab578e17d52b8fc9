"""A copy of a letter that somebody gave by their own hand, or posted by itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.actions.sending import copies
from requests_app.models import LetterCopy, RecordsRequest
from requests_app.permissions import require
from requests_app.views.lookup import attribution, person, today_in
from requests_app.views.responses import button


@require_POST
def copy_given(request: HttpRequest, pk: int) -> HttpResponse:
    visible = RecordsRequest.objects.visible_to(person(request))
    found = LetterCopy.objects.select_related("letter__records_request__newsroom")
    copy = get_object_or_404(found, pk=pk, letter__records_request__in=visible)
    rr = copy.letter.records_request
    require(person(request), "hand_over", copy.letter)
    return button(
        request,
        lambda: copies.give(copy, on=today_in(rr.city), by=attribution(request)),
        done=f"Noted: {copy.name} has a copy.",
        to=reverse("request_page", args=[rr.public_id]) + "#deliveries",
    )
