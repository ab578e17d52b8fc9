"""The requests that were logged from elsewhere, challenged or not: searched and filtered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from requests_app.forms.research.logged_request_filter import LoggedRequestFilter
from requests_app.models import LoggedRequest
from requests_app.views.lookup import newsroom_of, person
from requests_app.views.paging import Order, page_of


@require_safe
def logged_request_list(request: HttpRequest) -> HttpResponse:
    """The newest entry first."""
    visible = LoggedRequest.objects.visible_to(person(request))
    found = LoggedRequestFilter(request.GET, queryset=visible, newsroom=newsroom_of(request))
    listed = found.qs.select_related("project").prefetch_related("entries")
    shown = page_of(listed, request.GET, Order())
    context = {
        "filter": found,
        "shown": shown,
        "is_filtered": found.is_asked,
    }
    return render(request, "research/logged_requests.html", context)
