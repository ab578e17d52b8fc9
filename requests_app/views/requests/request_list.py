"""All the requests a person may see, searched and filtered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from requests_app.forms.requests.filters import RequestFilter
from requests_app.models import RecordsRequest
from requests_app.views.lookup import membership_of, now, person
from requests_app.views.paging import MADE_AT, Order, page_of
from requests_app.views.requests.list_rows import rows_of, with_what_rows_show

NEWEST_FIRST = Order(MADE_AT)


def request_list(request: HttpRequest) -> HttpResponse:
    newsroom_id = membership_of(request).newsroom_id
    visible = RecordsRequest.objects.visible_to(person(request))
    found = RequestFilter(request.GET, queryset=visible, newsroom_id=newsroom_id)
    shown = page_of(with_what_rows_show(found.qs), request.GET, NEWEST_FIRST)
    context = {
        "filter": found,
        "shown": shown,
        "rows": rows_of(shown.rows, person(request), at=now()),
        "is_filtered": any(found.form[name].data for name in found.form.fields),
    }
    return render(request, "requests/list.html", context)
