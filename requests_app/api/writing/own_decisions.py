"""A decision of the newsroom's own: offered in arguments, taken back, put behind a letter."""

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from requests_app.actions.research import offered_decisions as deciding
from requests_app.api.protocol.form_schemas import Schema, body_of
from requests_app.api.protocol.views import attribution
from requests_app.api.reading.challenges import ExhibitSerializer, shown_exhibit
from requests_app.api.reading.own_decisions import OfferedDecisionSerializer, offered_decisions
from requests_app.api.reading.seen import appeal_at, person
from requests_app.api.writing.verbs import Nothing, OfThing, asked
from requests_app.forms.research.offered_decisions import OfferForm
from requests_app.letters.facts.own_decisions import proposed_text
from requests_app.models import (
    Appeal,
    ClaimedExemption,
    Exhibit,
    LogEntry,
    OfferedDecision,
    Scope,
)
from requests_app.research.coding.sources import sources_of
from requests_app.vocabulary.research.exemption_outcomes import Became


class OfferDecision(OfThing):
    """A decision that rejected an exemption: answers 201 with what is offered from now on. `text`
    left out is the paragraph that the desk proposes."""

    permission, success, scope = "offer_decision", 201, Scope.RESEARCH
    serializer_class: Any = OfferedDecisionSerializer
    queryset = OfferedDecision.objects.none()

    def thing(self, request: Request, pk: int = 0, exemption: str = "", **kwargs: Any) -> LogEntry:
        seen = LogEntry.objects.visible_to(person(request)).select_related("appeal", "newsroom")
        self.exemption, entry = exemption, get_object_or_404(seen, pk=pk)
        return entry

    def do(self, entry: LogEntry, request: Request) -> OfferedDecision:
        rejected = ClaimedExemption.objects.filter(became=Became.REJECTED)
        claimed = get_object_or_404(
            rejected.select_related("entry__records_request", "entry__logged_request"),
            entry=entry,
            exemption=self.exemption,
        )
        begun, found = {"text": proposed_text(claimed)}, sources_of(entry)
        [form] = asked(
            request,
            lambda data, _: [
                OfferForm(data, exemption=self.exemption, sources=found, initial=begun)
            ],
        )
        return deciding.offer(entry, form.offer(), by=attribution(request))

    def body(self) -> dict[str, Schema]:
        return body_of(OfferForm.base_fields, optional=frozenset({"text"}))


class TakeBackDecision(OfThing):
    """It is offered no more, and printed in no draft."""

    permission, scope = "offer_decision", Scope.RESEARCH
    serializer_class: Any = OfferedDecisionSerializer
    queryset = OfferedDecision.objects.none()

    def thing(self, request: Request, pk: int = 0, **kwargs: Any) -> OfferedDecision:
        return get_object_or_404(offered_decisions(request), pk=pk)

    def do(self, offered: OfferedDecision, request: Request) -> OfferedDecision:
        asked(request, lambda data, _: [Nothing(data)])
        deciding.take_back(offered, by=attribution(request))
        offered.refresh_from_db()
        return offered


class AddDecisionAsExhibit(OfThing):
    """The document of an offered decision, behind the draft that argues with it: answers 201."""

    permission, success, scope = "edit_appeal", 201, Scope.RESEARCH
    serializer_class: Any = ExhibitSerializer
    queryset = Exhibit.objects.none()

    def thing(self, request: Request, pk: int = 0, decision: int = 0, **kwargs: Any) -> Appeal:
        self.decision = decision
        return appeal_at(request, pk)

    def do(self, appeal: Appeal, request: Request) -> Exhibit:
        standing = OfferedDecision.objects.standing()
        mine = standing.filter(newsroom=appeal.records_request.newsroom_id)
        offered = get_object_or_404(mine, pk=self.decision)
        asked(request, lambda data, _: [Nothing(data)])
        return shown_exhibit(deciding.add_exhibit(appeal, offered, by=attribution(request)))
