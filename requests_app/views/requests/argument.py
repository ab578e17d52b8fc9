"""What a drafted challenge argues and asks for, and what its body requires of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.actions.errors import Refused
from requests_app.actions.filings import argument, checklist
from requests_app.actions.requests import appeal_drafts
from requests_app.forms.requests.argument import ArgumentForm
from requests_app.letters.facts import argument_facts, own_decisions
from requests_app.letters.facts.claimed_grounds import Challenged, challenged
from requests_app.models import Appeal
from requests_app.permissions import require
from requests_app.views.lookup import attribution, person, today_in, visible_appeal
from requests_app.views.responses import SeeOther, button, fulfilled, page


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A place that the writer must fill in, with the questions that lead to what stands there."""

    name: str
    questions: tuple[str, ...]
    paragraph: int


def appeal_argument(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "edit_appeal", appeal)
    if why_not := argument.why_not_changed(appeal):
        messages.error(request, why_not)
        return SeeOther(reverse("appeal_page", args=[pk]))
    what = challenged(appeal, on=today_in(appeal.records_request.city))
    seen = argument.mark_of(appeal)
    form = ArgumentForm(request.POST or None, what=what, initial={"seen": seen})
    move = request.POST.get("move", "")
    if request.method == "POST" and fulfilled(
        form,
        lambda: argument.change(
            appeal,
            form.changes(move),
            by=attribution(request),
            instead_of=form.cleaned_data["seen"],
        ),
    ):
        messages.success(request, "Saved, and brought into the letter.")
        place = f"#p{move.partition(':')[0]}" if move else ""
        return SeeOther(reverse("appeal_argument", args=[pk]) + place)
    held = list(own_decisions.held_against_us(what))
    context = _about(appeal) | {"form": form, "held": held, **_stale(appeal)}
    return page(request, "requests/appeals/argument.html", form, **context)


@require_POST
def appeal_requirement(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a line of the checklist, or take the tick back."""
    appeal = visible_appeal(request, pk)
    require(person(request), "edit_appeal", appeal)
    is_met = request.POST.get("is_met") == "yes"
    return button(
        request,
        lambda: checklist.tick(
            appeal, request.POST.get("slug", ""), is_met=is_met, by=attribution(request)
        ),
        done="Ticked, in your name." if is_met else "The tick is taken back.",
        to=reverse("appeal_page", args=[pk]) + "#requires",
    )


def of_draft(appeal: Appeal) -> dict[str, Any]:
    """For the draft's own page: the checklist, and the gaps that are still open."""
    on = today_in(appeal.records_request.city)
    return {
        "checklist": checklist.checklist(appeal, on=on),
        "open_gaps": _open_gaps(challenged(appeal, on=on)),
    }


def _open_gaps(what: Challenged) -> list[OpenGap]:
    found = []
    for row in what.appeal.argument_paragraphs.filter(is_chosen=True):
        pack = what.argument(row.about, row.argument)
        questions = pack.facts_needed if pack else ()
        found += [
            OpenGap(gap, questions, row.pk)
            for gap in argument_facts.gaps_of(what, row)
            if not row.filled.get(gap)
        ]
    return found


def _stale(appeal: Appeal) -> dict[str, Any]:
    """What must be settled on the draft's own page before anything is chosen here."""
    try:
        since = appeal_drafts.since_drafted(appeal, on=today_in(appeal.records_request.city))
    except Refused as refusal:
        return {"problem": str(refusal)}
    return {"since": since if since.is_to_be_settled or since.is_closed else None}


def _about(appeal: Appeal) -> dict[str, Any]:
    rr = appeal.records_request
    return {"appeal": appeal, "rr": rr, "city": rr.city, "route": appeal.pack_route}
