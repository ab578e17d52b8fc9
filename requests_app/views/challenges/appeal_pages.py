"""An appeal: drafted, read, its letter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.requests import appeals, exhibits
from requests_app.headlines import shown_clock
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    Appeal,
    AppealState,
    Deadline,
    RecordsRequest,
)
from requests_app.permissions import require
from requests_app.policy.clock_pill import pill_of
from requests_app.storage.scanning import scan_queue
from requests_app.views.challenges.appeal_context import moved_since, url_of
from requests_app.views.challenges.letters import after_filing
from requests_app.views.lookup import (
    attribution,
    person,
    today_in,
    visible_appeal,
    visible_request,
)
from requests_app.views.requests import argument
from requests_app.views.requests import exhibits as exhibit_pages
from requests_app.views.requests.request_page import ledger_of
from requests_app.views.responses import button
from requests_app.views.sending import previews
from requests_app.views.sending.deliveries import shown, with_links


@require_POST
def appeal_new(request: HttpRequest, public_id: str, route: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "draft_appeal", rr)
    return button(
        request,
        lambda: _drafted(rr, route=route, by=attribution(request)),
        done="The appeal is drafted: read it, then file it.",
        to=reverse("request_page", args=[public_id]),
        onward=url_of,
    )


def _drafted(records_request: RecordsRequest, *, route: str, by: Attribution) -> Appeal:
    """The draft; once it is there, its papers are opened, so that its page can say their number."""
    appeal = appeals.draft(records_request, route=route, by=by)
    exhibits.open_all(appeal)
    return appeal


@require_safe
def appeal_page(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    rr = appeal.records_request
    today = today_in(rr.city)
    clocks = Deadline.objects.filter(records_request=rr, route=appeal.route).exclude(status="void")
    main = shown_clock(clocks, today)
    events = [line for line in ledger_of(rr) if line.event.appeal_id == appeal.pk]
    context = {
        "appeal": appeal,
        "rr": rr,
        "city": rr.city,
        "route": appeal.pack_route,
        "pill": pill_of(main, today=today) if main else None,
        "events": events,
        "unscanned": scan_queue.unscanned(file for line in events for file in line.files),
        "filing": exhibit_pages.about(appeal) if appeal.state == "draft" else None,
        **after_filing(appeal),
        "deliveries": with_links(list(shown(appeal.deliveries.all()))),
    }
    if appeal.state == AppealState.DRAFT:
        context |= {
            "preview": previews.of_appeal(appeal, by=person(request), on=today),
            **moved_since(appeal),
            **argument.of_draft(appeal),
        }
    return render(request, "requests/appeals/page.html", context)


@require_safe
def appeal_preview(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    if letter := appeal.letters.order_by("pk").last():
        return previews.issued(letter)
    today = today_in(appeal.records_request.city)
    return previews.pdf_response(previews.of_appeal(appeal, by=person(request), on=today))
