"""The days of a filed challenge: entered, moved, and what came of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from requests_app.actions.challenges import entered_days
from requests_app.entered_days import when_and_where
from requests_app.forms.challenges.entered_days import ChallengeDayForm, WhatCameForm
from requests_app.models import Appeal, Attachment, Deadline, Event, EventKind
from requests_app.permissions import require
from requests_app.policy.clock_pill import Pill, pill_of
from requests_app.views.lookup import attribution, person, today_in, visible_appeal
from requests_app.views.responses import SeeOther, fulfilled, page


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day as the challenge's page lists it, with who entered it and the paper that says so."""

    number: int
    name: str
    when: str
    entry: Event
    pill: Pill
    is_open: bool
    paper: str = ""
    paper_url: str = ""


def days_of(appeal: Appeal) -> list[DayRow]:
    """Those that stand, as they stand: the open ones first, the next before the others."""
    today = today_in(appeal.records_request.city)
    clocks = {
        clock.occurrence: clock
        for clock in Deadline.objects.filter(records_request=appeal.records_request)
        if clock.described.is_entered
    }
    entered: dict[int, Event] = {}
    for event in _entries(appeal):
        entered[event.data["day"]] = event
    rows = [
        _row(event, clocks[number], pill_of(clocks[number], today=today))
        for number, event in entered.items()
        if number in clocks
    ]
    return sorted(rows, key=lambda row: (not row.is_open, row.entry.data["due_on"]))


def _entries(appeal: Appeal) -> Iterable[Event]:
    entries = appeal.events.effective().filter(kind=EventKind.DAY_ENTERED)
    return entries.select_related("by").in_order()


def _row(event: Event, clock: Deadline, pill: Pill) -> DayRow:
    data = event.data
    paper, url = "", ""
    if message := data.get("message"):
        paper, url = "the message that says so", reverse("message_page", args=[message])
    elif file := data.get("file"):
        found = Attachment.objects.filter(pk=file).first()
        paper, url = found.name if found else "", reverse("attachment_download", args=[file])
    is_open = clock.status == "running"
    return DayRow(
        data["day"], clock.described.name, when_and_where(data), event, pill, is_open, paper, url
    )


def day_enter(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "enter_challenge_day", appeal)
    if elsewhere := _elsewhere(request, appeal):
        return elsewhere
    initial: dict[str, Any] = {"heard_on": today_in(appeal.records_request.city)}
    if mail := request.GET.get("mail", ""):
        initial["paper"] = f"message-{mail}"
    form = ChallengeDayForm(request.POST or None, appeal=appeal, initial=initial)
    if request.method == "POST" and fulfilled(
        form, lambda: entered_days.enter(appeal, form.day(), by=attribution(request))
    ):
        messages.success(request, "Kept: the day stands in the calendar and on the board.")
        return SeeOther(_url(appeal))
    return page(request, "challenges/day.html", form, form=form, **_about(appeal))


def day_move(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "enter_challenge_day", appeal)
    if elsewhere := _elsewhere(request, appeal):
        return elsewhere
    row = _row_of(appeal, number)
    data = row.entry.data
    paper = next((f"{kind}-{data[kind]}" for kind in ("message", "file") if kind in data), "")
    form = ChallengeDayForm(
        request.POST or None,
        appeal=appeal,
        initial={
            **data,
            "kind": data["what"],
            "heard_on": today_in(appeal.records_request.city),
            "paper": paper,
        },
    )
    if request.method == "POST" and fulfilled(
        form, lambda: entered_days.move(appeal, number, form.day(), by=attribution(request))
    ):
        messages.success(request, "Kept: the day as it is now stands everywhere.")
        return SeeOther(_url(appeal))
    return page(request, "challenges/day.html", form, form=form, moved=row, **_about(appeal))


def day_over(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "enter_challenge_day", appeal)
    if elsewhere := _elsewhere(request, appeal):
        return elsewhere
    row = _row_of(appeal, number)
    today = today_in(appeal.records_request.city)
    form = WhatCameForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and fulfilled(
        form,
        lambda: entered_days.say_what_came(
            appeal, number, by=attribution(request), **form.cleaned_data
        ),
    ):
        messages.success(request, "Kept: that day is over.")
        return SeeOther(_url(appeal))
    return page(request, "challenges/day_over.html", form, form=form, row=row, **_about(appeal))


def _row_of(appeal: Appeal, number: int) -> DayRow:
    row = next((one for one in days_of(appeal) if one.number == number), None)
    if row is None:
        raise Http404("No such day stands in this challenge.")
    return row


def _elsewhere(request: HttpRequest, appeal: Appeal) -> SeeOther | None:
    if entered_days.kinds_for(appeal):
        return None
    stands = appeal.get_state_display().lower()
    messages.error(request, f"This appeal is {stands}: no body sets a day in it now.")
    return SeeOther(_url(appeal))


def _about(appeal: Appeal) -> dict[str, Any]:
    rr = appeal.records_request
    return {"appeal": appeal, "rr": rr, "city": rr.city, "route": appeal.pack_route}


def _url(appeal: Appeal) -> str:
    return reverse("appeal_page", args=[appeal.pk])
