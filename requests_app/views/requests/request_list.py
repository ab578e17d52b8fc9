"""All the requests a person may see: searched, filtered, in any order, and as a spreadsheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from requests_app.ledger.security.security_log import record
from requests_app.views.lookup import now, person
from requests_app.views.paging import page_of
from requests_app.views.requests.list_sheet import FORMS, TooLongError, sheet_of
from requests_app.views.requests.listing import Listing
from requests_app.vocabulary.dates_and_amounts import count
from requests_app.vocabulary.security_kinds import SecurityKind


@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    return _page(request, Listing.of(request, at=now()))


@require_safe
def request_list_file(request: HttpRequest, form: str) -> HttpResponse:
    """What is listed, every page of it, as CSV or XLSX."""
    if form not in FORMS:
        raise Http404("The list is had as requests.csv or requests.xlsx.")
    listing = Listing.of(request, at=now())
    if listing.wrong:
        return _page(request, listing, status=400)
    try:
        sheet = sheet_of(listing, person(request), form)
    except TooLongError as error:
        return _page(request, listing, why_no_file=str(error), status=400)
    rows = count(sheet.rows, "request")
    record(SecurityKind.LIST_FETCHED, by=person(request), rows=rows)
    return sheet.answer


def _page(
    request: HttpRequest, listing: Listing, *, why_no_file: str = "", status: int = 200
) -> HttpResponse:
    shown = page_of(listing.requests, request.GET, listing.asked.order(at=listing.at))
    context = {
        "listing": listing,
        "filter": listing.filter,
        "kept": listing.asked_without_filters,
        "shown": shown,
        "lines": listing.lines(shown.rows, person(request)),
        "why_no_file": why_no_file,
    }
    return render(request, "requests/list.html", context, status=status)
