"""What becomes of a filed appeal: the body has it, decides it, or we withdraw it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from requests_app.actions.requests import appeals
from requests_app.forms.requests.appeals import (
    DecisionForm,
    ReceiptForm,
    WithdrawalForm,
)
from requests_app.models import (
    Appeal,
    AppealState,
    ClaimedExemption,
)
from requests_app.permissions import require
from requests_app.policy.withdrawing import consequences_of_withdrawing
from requests_app.views.challenges.appeal_context import about_appeal, elsewhere_unless, url_of
from requests_app.views.lookup import (
    attribution,
    person,
    today_in,
    visible_appeal,
)
from requests_app.views.responses import SeeOther, fulfilled, page
from requests_app.vocabulary.states import UNDECIDED

FILED = (AppealState.FILED,)


def appeal_decide(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "decide_appeal", appeal)
    if elsewhere := elsewhere_unless(request, appeal, needs=FILED):
        return elsewhere
    rr = appeal.records_request
    form = DecisionForm(
        request.POST or None,
        request.FILES or None,
        records_request=rr,
        claims=_claims(appeal),
        initial={"on": today_in(rr.city)},
    )
    if request.method == "POST" and fulfilled(
        form,
        lambda: appeals.decide(appeal, form.decision(), by=attribution(request)),
    ):
        messages.success(request, "The decision is recorded.")
        return SeeOther(reverse("request_page", args=[rr.public_id]))
    return page(request, "requests/appeals/decide.html", form, form=form, **about_appeal(appeal))


def _claims(appeal: Appeal) -> list[str]:
    """What the city claimed before it was filed, as the log has it, each once."""
    claimed = ClaimedExemption.objects.filter(entry__appeal=appeal)
    return list(dict.fromkeys(claimed.values_list("as_claimed", flat=True)))


def appeal_received(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "decide_appeal", appeal)
    if elsewhere := elsewhere_unless(request, appeal, needs=FILED):
        return elsewhere
    form = ReceiptForm(request.POST or None, initial={"on": today_in(appeal.records_request.city)})
    if request.method == "POST" and fulfilled(
        form,
        lambda: appeals.receive(
            appeal,
            on=form.cleaned_data["on"],
            by=attribution(request),
        ),
    ):
        messages.success(request, "Kept: the time to decide runs from that day.")
        return SeeOther(url_of(appeal))
    return page(
        request, "requests/appeals/received.html", form, **(about_appeal(appeal) | {"form": form})
    )


def appeal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "withdraw_appeal", appeal)
    if elsewhere := elsewhere_unless(request, appeal, needs=UNDECIDED):
        return elsewhere
    form = WithdrawalForm(
        request.POST or None, initial={"on": today_in(appeal.records_request.city)}
    )
    if request.method == "POST" and fulfilled(
        form,
        lambda: appeals.withdraw(
            appeal,
            on=form.cleaned_data["on"],
            by=attribution(request),
        ),
    ):
        messages.success(request, "The appeal is withdrawn.")
        return SeeOther(url_of(appeal))
    lost = consequences_of_withdrawing(appeal, on=today_in(appeal.records_request.city))
    context = about_appeal(appeal) | {"form": form, "consequences": lost}
    return page(request, "requests/appeals/withdraw.html", form, **context)
