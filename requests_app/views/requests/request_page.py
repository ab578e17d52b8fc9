"""One request: where it stands, what to do, and everything that happened."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cities.rights.standing import Standing
from cities.schema.city import RequestKind
from requests_app import ledger, office_contacts
from requests_app.deadlines import standing_of
from requests_app.forms.newsroom.people import PersonForm
from requests_app.forms.research.projects import PlacementForm
from requests_app.ledger.effective import struck_by
from requests_app.models import (
    Deadline,
    Delivery,
    Event,
    Headline,
    Letter,
    RecordsRequest,
    RequestState,
    User,
)
from requests_app.permissions import may
from requests_app.policy import acts, shown_facts
from requests_app.policy.clock_pill import headline_pill, pill_of
from requests_app.policy.next_step import Seen, next_step
from requests_app.policy.rights import has_lapsed, open_routes
from requests_app.policy.step_words import why
from requests_app.storage.scanning import scan_queue
from requests_app.views.lookup import now, person, visible_request
from requests_app.views.requests.event_lines import LedgerLine, line_of, with_ways_back
from requests_app.views.requests.step_links import url_of
from requests_app.views.sending import previews
from requests_app.views.sending.deliveries import shown, with_links
from requests_app.vocabulary.dates_and_amounts import near_weekday
from requests_app.vocabulary.states import FILED_AND_OPEN


@require_safe
def request_page(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _seen(request, public_id, at=now())
    rr = found.request
    events = with_ways_back(ledger_of(rr), person(request))
    in_order = [line.event for line in reversed(events) if not line.struck]
    standing = standing_of(ledger.subject_of(rr), in_order)
    context = {
        "rr": rr,
        "city": rr.city,
        "office": office_contacts.office_asked(rr),
        "seen": found,
        "events": events,
        "facts": shown_facts.to_show(rr, day=partial(near_weekday, today=found.today)),
        "asked_now": _asked_now(events),
        "preview": _preview_to_read(request, found),
        **_next_step(request, found),
        **_clocks(found),
        **_files(rr, events),
        **_sendings(rr),
        **_choices(request, found, events, standing),
        **_challenges(found, standing),
        **_of_a_steward(request, rr),
        **_project(rr),
    }
    return render(request, "requests/page.html", context)


def _seen(request: HttpRequest, public_id: str, *, at: datetime) -> Seen:
    """The request with its clocks and appeals, and today's headline: four queries."""
    visible = RecordsRequest.objects.visible_to(person(request)).read_by(person(request))
    visible = visible.select_related(
        "newsroom", "created_by", "assigned_to", "cited_dataset", "project"
    )
    rr = get_object_or_404(visible.prefetch_related("deadlines", "appeals"), public_id=public_id)
    standing = Headline.objects.standing(at=at).filter(records_request=rr)
    headline = standing.select_related("clock", "window").first()
    return Seen(rr, rr.city.local_date(at), headline)


def _next_step(request: HttpRequest, found: Seen) -> dict[str, Any]:
    step = next_step(found, person(request))
    can_step = not step.verb or may(person(request), step.verb, found.request)
    url = url_of(step, found.request)
    return {"step": step, "step_url": url, "step_text": why(found), "can_step": can_step}


def _files(rr: RecordsRequest, events: list[LedgerLine]) -> dict[str, Any]:
    """What goes out with the letter, and which of all the files here no scanner has seen."""
    evidence = list(rr.attachments.filter(is_enclosure=True))
    received = [file for line in events for file in line.files]
    return {"evidence": evidence, "unscanned": scan_queue.unscanned([*evidence, *received])}


def _sendings(rr: RecordsRequest) -> dict[str, Any]:
    deliveries = _deliveries(rr)
    return {"deliveries": deliveries, "noted": _noted(deliveries)}


# One whose day was corrected has the words and files of the first that told it.
TOLD_BY = ("communication__mail", "in_place_of__communication__mail")
# A mail's own bodies: its communication has the words.
UNSHOWN = tuple(f"{mail}__{name}" for mail in TOLD_BY for name in ("text", "said", "html"))


def ledger_of(records_request: RecordsRequest) -> list[LedgerLine]:
    """The ledger, newest first, each event with its words, letter and files; struck ones too."""
    events = list(
        Event.objects.filter(records_request=records_request)
        .select_related("by", "appeal", "delivery__letter", *TOLD_BY)
        .defer("delivery__letter__pdf", *UNSHOWN)
        .prefetch_related("communication__attachments", "in_place_of__communication__attachments")
        .newest_first()
    )
    struck = struck_by(events)
    for event in events:
        event.records_request = records_request
    return [line_of(event, records_request, struck.get(event.pk)) for event in events]


def _deliveries(records_request: RecordsRequest) -> list[Delivery]:
    rows = list(
        shown(Delivery.objects.filter(records_request=records_request))
        .select_related("letter__filled_form__city_form")
        .defer("letter__filled_form__pdf", "letter__filled_form__city_form__pdf")
        .order_by("-pk")
    )
    with_links(rows)
    for row in rows:
        row.records_request = row.letter.records_request = records_request
    return rows


def _noted(deliveries: list[Delivery]) -> list[Letter]:
    """The letters of which something is to be said: words of the law changed, a form enclosed."""
    letters = {row.letter_id: row.letter for row in deliveries}
    return [
        letter
        for letter in letters.values()
        if letter.departures or getattr(letter, "filled_form", None)
    ]


def _clocks(found: Seen) -> dict[str, Any]:
    """The headline's clock day by day, and the others in a line each."""
    headline, today = found.headline, found.today
    main = headline_pill(headline, today=today) if headline else None
    rows = [row for row in found.request.deadlines.all() if row.status != "void"]
    others = [row for row in rows if not main or row.pk != main.deadline.pk]
    reminder = next((row for row in others if row.is_reminder), None)
    return {
        "pill": main,
        "other_pills": [pill_of(row, today=today) for row in others if row != reminder],
        "silent_on_acknowledging": _is_silent(found.request),
        "reminder": pill_of(reminder, today=today) if reminder else None,
    }


def _is_silent(records_request: RecordsRequest) -> bool:
    """Whether the law that governs it was read and sets no acknowledgement."""
    is_statutory = records_request.kind == RequestKind.RECORDS
    return is_statutory and records_request.city.statute.acknowledgement.is_none_set


def _of_a_steward(request: HttpRequest, rr: RecordsRequest) -> dict[str, Any]:
    """The dataset it is about, the request before or after it, and the step to the law. Of what
    begins as a records request and goes on from nothing, nothing is asked but its dataset."""
    is_of_data = rr.kind != RequestKind.RECORDS
    seen_by = RecordsRequest.objects.visible_to(person(request))
    return {
        "is_of_data": is_of_data,
        "cited": getattr(rr, "cited_dataset", None),
        "goes_on_from": seen_by.filter(pk=rr.continues_id).first() if rr.continues_id else None,
        "goes_on_as": list(seen_by.filter(continues=rr)) if is_of_data else [],
        "can_turn": is_of_data
        and rr.state in FILED_AND_OPEN
        and may(person(request), "begin_request"),
    }


def _project(rr: RecordsRequest) -> dict[str, Any]:
    """The newsroom's own ordering: in which project it is, and who put it there."""
    form = PlacementForm(
        newsroom=rr.newsroom, initial={"project": rr.project_id}, auto_id="project_%s"
    )
    placed = rr.placements.select_related("placed_by").last() if rr.project_id else None
    return {"project_form": form, "placed": placed}


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


def _challenges(found: Seen, standing: Standing) -> dict[str, Any]:
    """The routes that the law opens, those it does not know of, and the first still to be taken."""
    routes = open_routes(found.request, on=found.today, standing=standing)
    untried = [
        option for option in routes if option.appeal is None and option.way.is_open(found.today)
    ]
    formal = [option for option in untried if option.route.is_formal]
    return {
        "routes": [option for option in routes if option.route.is_formal],
        "informal_routes": [option for option in routes if not option.route.is_formal],
        "first_route": next((option.route for option in formal or untried), None),
    }


def _asked_now(events: list[LedgerLine]) -> list[str]:
    """What the request was narrowed to last, if it was: `events` come newest first."""
    standing = (line.event.data for line in events if not line.struck)
    narrowed = (data["narrowed"] for data in standing if "narrowed" in data)
    return next(narrowed, [])


def _choices(
    request: HttpRequest, found: Seen, events: list[LedgerLine], standing: Standing
) -> dict[str, Any]:
    user, rr = person(request), found.request
    happened = {line.event.kind for line in events if not line.struck}
    is_late = has_lapsed(standing, on=found.today)

    def offered(names: Iterable[str]) -> list[dict[str, Any]]:
        return acts.offered(names, rr, user, happened=happened, is_late=is_late)

    replies = (*acts.REPLIES, *acts.MORE_REPLIES.get(rr.state, ()), *acts.to_steward(rr))
    return {
        "answers": offered(acts.ANSWERS),
        "replies": offered(replies),
        "letters": offered(name for name in acts.LETTERS if name not in replies),
        "others": offered(acts.OTHERS),
        **_people(rr),
    }


def _people(rr: RecordsRequest) -> dict[str, Any]:
    """Who works here, read once: to whom the request can be given, and with whom it is shared."""
    shares = RecordsRequest.shared_with.through.objects.filter(recordsrequest=rr)
    members = list(
        User.objects.filter(membership__newsroom=rr.newsroom_id)
        .annotate(has_it=Exists(shares.filter(user=OuterRef("pk"))))
        .select_related(None)
        .order_by("name")
    )
    active = [member for member in members if member.is_active]
    return {
        "assign_form": PersonForm(newsroom=rr.newsroom, people=active, auto_id="assign_%s"),
        "share_form": PersonForm(newsroom=rr.newsroom, people=active, auto_id="share_%s"),
        "shared_with": [member for member in members if member.has_it],
    }
