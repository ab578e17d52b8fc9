"""What the city offers to settle a filed challenge."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from requests_app.actions.challenges import settlement
from requests_app.forms.challenges.settlement import SettlementForm
from requests_app.models import AppealState
from requests_app.permissions import require
from requests_app.views.lookup import attribution, person, today_in, visible_appeal
from requests_app.views.responses import SeeOther, fulfilled, page


def settlement_offer(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "decide_appeal", appeal)
    rr, back = appeal.records_request, reverse("appeal_page", args=[appeal.pk])
    if appeal.state != AppealState.FILED:
        stands = appeal.get_state_display().lower()
        messages.error(request, f"This appeal is {stands}: there is nothing to settle in it.")
        return SeeOther(back)
    form = SettlementForm(
        request.POST or None,
        request.FILES or None,
        records_request=rr,
        initial={"on": today_in(rr.city)},
    )
    if request.method == "POST" and fulfilled(
        form, lambda: settlement.record_offer(appeal, form.answer(), by=attribution(request))
    ):
        messages.success(
            request,
            "The offer is recorded. If it settles all of it, withdraw by a letter; if a part, tell "
            "the body what is settled and what remains.",
        )
        return SeeOther(back)
    about = {"appeal": appeal, "rr": rr, "city": rr.city, "route": appeal.pack_route}
    return page(request, "challenges/settlement.html", form, form=form, **about)
