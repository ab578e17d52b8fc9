"""One request: where it stands, what to do, and everything that happened."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cities.pack import RequestKind
from requests_app import offices
from requests_app.actions import appeals
from requests_app.forms.people import PersonForm, ReviewNoteForm
from requests_app.models import Deadline, Delivery, Event, RecordsRequest, RequestState
from requests_app.permissions import may
from requests_app.views import acts, previews
from requests_app.views.lookup import now, person, visible_request
from requests_app.views.next_step import Seen, step_for
from requests_app.views.seeing import seen, with_company
from requests_app.views.sentences import Told, tell
from requests_app.views.standing import pill_of


def request_page(request: HttpRequest, public_id: str) -> HttpResponse:
    visible_request(request, public_id)
    found = seen(with_company(RecordsRequest.objects.filter(public_id=public_id)), at=now())[0]
    user = person(request)
    records_request = found.request
    step = step_for(found, user)
    context = {
        "rr": records_request,
        "city": records_request.city,
        "seen": found,
        "step": step,
        "can_step": not step.verb or may(user, step.verb, records_request),
        "events": ledger_of(records_request),
        "deliveries": _deliveries(records_request),
        "office": offices.resolve(
            records_request.newsroom, records_request.city, records_request.office_role
        ),
        "evidence": records_request.attachments.filter(is_evidence=True),
        "preview": _preview_to_read(request, found),
        **_clocks(found),
        **_choices(request, found),
        **_challenges(found),
    }
    return render(request, "requests/page.html", context)


def ledger_of(records_request: RecordsRequest) -> list[Told]:
    """The ledger, newest first, each event with its words, letter and files."""
    events = (
        Event.objects.filter(records_request=records_request)
        .select_related("by", "appeal", "delivery__letter", "communication")
        .defer("delivery__letter__pdf")
        .prefetch_related("communication__attachments")
        .newest_first()
    )
    return [tell(event, records_request) for event in events]


def _deliveries(records_request: RecordsRequest) -> list[Delivery]:
    rows = list(
        Delivery.objects.filter(records_request=records_request)
        .select_related("letter", "created_by")
        .defer("letter__pdf")
        .order_by("-pk")
    )
    for row in rows:
        row.records_request = row.letter.records_request = records_request
    return rows


def _clocks(found: Seen) -> dict[str, Any]:
    """The headline's clock day by day, and the others in a line each."""
    main = found.pill
    others = [row for row in found.deadlines if not main or row.pk != main.deadline.pk]
    reminder = next((row for row in others if row.is_reminder), None)
    return {
        "pill": main,
        "other_pills": [pill_of(row, today=found.today) for row in others if row != reminder],
        "silent_on_acknowledging": _is_silent(found.request),
        "reminder": pill_of(reminder, today=found.today) if reminder else None,
    }


def _is_silent(records_request: RecordsRequest) -> bool:
    """Whether the law that governs it was read and sets no acknowledgement."""
    is_statutory = records_request.kind == RequestKind.RECORDS
    return is_statutory and records_request.city.statute.acknowledgement.is_none_set


@require_safe
def deadline_text(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """One deadline's explanation as plain text, for an e-mail to the clerk."""
    records_request = visible_request(request, public_id)
    deadline = get_object_or_404(Deadline, records_request=records_request, pk=pk)
    text = f"{records_request.reference}\n{deadline.text}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _preview_to_read(request: HttpRequest, found: Seen) -> previews.Preview | None:
    """The letter, for the editor who reviews it and for who is about to file it."""
    if found.request.state not in {RequestState.IN_REVIEW, RequestState.APPROVED}:
        return None
    return previews.of_request(found.request, by=found.request.owner, on=found.today)


def _challenges(found: Seen) -> dict[str, Any]:
    """The routes that are open, and the first on which nothing was tried and time is left."""
    routes = appeals.open_routes(found.request, on=found.today)
    untried = [option for option in routes if option.appeal is None]
    in_time = [
        option
        for option in untried
        if not (option.deadline and option.deadline.due_on and option.deadline.due_on < found.today)
    ]
    return {"routes": routes, "first_route": in_time[0].route if in_time else None}


def _choices(request: HttpRequest, found: Seen) -> dict[str, Any]:
    user, rr = person(request), found.request
    return {
        "answers": acts.offered(acts.ANSWERS, rr, user),
        "replies": acts.offered(("clarified", "fees-accepted", "fees-refused"), rr, user),
        "others": acts.offered(acts.OTHERS, rr, user),
        "review_form": ReviewNoteForm(auto_id="review_%s"),
        "assign_form": PersonForm(newsroom=rr.newsroom, auto_id="assign_%s"),
        "share_form": PersonForm(newsroom=rr.newsroom, auto_id="share_%s"),
        "shared_with": list(rr.shared_with.all()),
    }
