"""What was decided of exemptions in the newsroom's own cases, and which of it is offered."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.research import offered_decisions
from requests_app.forms.research.offered_decisions import OfferForm
from requests_app.letters.facts.own_decisions import proposed_text
from requests_app.models import ClaimedExemption, LogEntry, OfferedDecision
from requests_app.permissions import require
from requests_app.research.coding.sources import sources_of
from requests_app.views.lookup import attribution, newsroom_of, person
from requests_app.views.paging import Order, page_of
from requests_app.views.responses import SeeOther, button, fulfilled, page
from requests_app.vocabulary.research.exemption_outcomes import Became

NEWEST_FIRST = Order()


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    """Every exemption of which a decision said something, the newest first."""
    found = _decided(request)
    offers = OfferedDecision.objects.filter(newsroom=newsroom_of(request), taken_back_at=None)
    rows = found.annotate(
        is_offered=Exists(offers.filter(entry=OuterRef("entry"), exemption=OuterRef("exemption")))
    )
    return page(
        request,
        "research/decisions/list.html",
        rows=page_of(rows, request.GET, NEWEST_FIRST),
        offers=offers.select_related("offered_by", "attachment", "log_document").order_by("-pk"),
        rejected=Became.REJECTED,
    )


def decision_offer(request: HttpRequest, pk: int, exemption: str) -> HttpResponse:
    """An editor words it, and from then on it is offered in every argument on that exemption."""
    entries = LogEntry.objects.visible_to(person(request)).select_related("appeal", "newsroom")
    entry = get_object_or_404(entries, pk=pk)
    require(person(request), "offer_decision", entry)
    claimed = get_object_or_404(
        _decided(request).filter(became=Became.REJECTED), entry=entry, exemption=exemption
    )
    form = OfferForm(
        request.POST or None,
        exemption=exemption,
        sources=sources_of(entry),
        initial={"text": proposed_text(claimed)},
    )
    if request.method == "POST" and fulfilled(
        form, lambda: offered_decisions.offer(entry, form.offer(), by=attribution(request))
    ):
        messages.success(request, "Offered in the arguments to come, for their writer to choose.")
        return SeeOther(reverse("decision_list"))
    context = {"form": form, "entry": entry, "claimed": claimed}
    return page(request, "research/decisions/offer.html", form, **context)


@require_POST
def decision_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    offered = get_object_or_404(OfferedDecision, newsroom=newsroom_of(request), pk=pk)
    require(person(request), "offer_decision", offered)
    return button(
        request,
        lambda: offered_decisions.take_back(offered, by=attribution(request)),
        done="Taken back: it is offered no more, and printed in no draft.",
        to=reverse("decision_list"),
    )


def _decided(request: HttpRequest) -> QuerySet[ClaimedExemption]:
    seen = LogEntry.objects.visible_to(person(request))
    found = ClaimedExemption.objects.filter(entry__in=seen).exclude(became="")
    return found.select_related("entry__records_request", "entry__logged_request")
