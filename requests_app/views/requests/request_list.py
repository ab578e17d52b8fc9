"""All the requests a person may see, searched and filtered."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from requests_app.forms.requests.filters import RequestFilter
from requests_app.models import RecordsRequest
from requests_app.views.lookup import membership_of, now, person
from requests_app.views.requests.list_rows import seen, with_what_lists_show

A_PAGE = 25


def request_list(request: HttpRequest) -> HttpResponse:
    newsroom_id = membership_of(request).newsroom_id
    visible = RecordsRequest.objects.visible_to(person(request)).order_by("-created_at", "-pk")
    found = RequestFilter(request.GET, queryset=visible, newsroom_id=newsroom_id)
    shown = Paginator(with_what_lists_show(found.qs), A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": found,
        "shown": shown,
        "rows": seen(shown.object_list, at=now()),
        "is_filtered": any(query.values()),
        "query": query.urlencode(),
    }
    return render(request, "requests/list.html", context)
