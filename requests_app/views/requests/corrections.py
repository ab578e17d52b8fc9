"""A mistake in the ledger: strike the entry, restore it, or put it on its right day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from requests_app.actions.requests import corrections
from requests_app.forms.requests.corrections import CorrectionForm, RightDayForm
from requests_app.models import Event
from requests_app.permissions import require
from requests_app.views.lookup import attribution, person, visible_request
from requests_app.views.requests.event_lines import sentence
from requests_app.views.responses import SeeOther, fulfilled, page


@dataclass(frozen=True, slots=True)
class Correction:
    """One way back: what its page is called and says, its button, its form, its action."""

    title: str
    hint: str
    label: str
    done: str
    form: type[CorrectionForm]
    do: Callable[..., object]


STRIKE = Correction(
    "Strike this entry",
    "It stays in the ledger, crossed out, with your name and the reason. Where the request stands, "
    "and every deadline, is then as if it had never been recorded.",
    "Strike it",
    "Struck. What followed from it was worked out again.",
    CorrectionForm,
    corrections.strike,
)
RESTORE = Correction(
    "Restore this entry",
    "It stands again, and all that follows from it.",
    "Restore it",
    "Restored. What follows from it was worked out again.",
    CorrectionForm,
    corrections.restore,
)
RIGHT_DAY = Correction(
    "Correct the day",
    "The entry is struck and stands anew on the right day, with its message and its files.",
    "Correct the day",
    "The day is corrected. What follows from it was worked out again.",
    RightDayForm,
    corrections.correct_day,
)


def entry_strike(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    return _correct(request, public_id, pk, STRIKE)


def entry_restore(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    return _correct(request, public_id, pk, RESTORE)


def entry_day(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    return _correct(request, public_id, pk, RIGHT_DAY)


def _correct(request: HttpRequest, public_id: str, pk: int, way: Correction) -> HttpResponse:
    rr = visible_request(request, public_id)
    entries = Event.objects.select_related("by", "appeal", "delivery__letter", "in_place_of")
    entry = get_object_or_404(entries.defer("delivery__letter__pdf"), records_request=rr, pk=pk)
    entry.records_request = rr
    require(person(request), "correct_entry", entry)
    form = way.form(request.POST or None, initial={"on": entry.on})
    if request.method == "POST" and fulfilled(
        form, lambda: way.do(entry, by=attribution(request), **form.cleaned_data)
    ):
        messages.success(request, way.done)
        return SeeOther(reverse("request_page", args=[rr.public_id]) + "#ledger-title")
    context: dict[str, Any] = {"rr": rr, "way": way, "entry": entry, "form": form}
    return page(request, "requests/correct.html", form, sentence=sentence(entry, rr), **context)
