"""The outbox, for people: what went, what did not, and what waits for a hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions import sending
from requests_app.forms.sending import HandOverForm
from requests_app.letters import plain_text
from requests_app.models import Delivery, RecordsRequest
from requests_app.permissions import require
from requests_app.views.lookup import now, person, today_in, visible_delivery
from requests_app.views.responses import SeeOther, button, fulfilled, page

RECENT = 50


@require_safe
def delivery_list(request: HttpRequest) -> HttpResponse:
    visible = RecordsRequest.objects.visible_to(person(request))
    found = (
        Delivery.objects.filter(records_request__in=visible)
        .select_related("records_request", "letter")
        .defer("letter__pdf", "letter__text")
    )
    troubled = found.needs_a_person().order_by("created_at")
    recent = found.exclude(pk__in=troubled.values("pk")).order_by("-created_at")[:RECENT]
    return render(request, "deliveries/list.html", {"troubled": troubled, "recent": recent})


def delivery_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = visible_delivery(request, pk)
    require(person(request), "hand_over", delivery)
    rr = delivery.records_request
    form = HandOverForm(request.POST or None, initial={"on": today_in(rr.city)})
    if request.method == "POST" and fulfilled(
        form,
        lambda: sending.hand_over(delivery, by=person(request), at=now(), **form.cleaned_data),
    ):
        messages.success(request, "Noted: the letter is on its way.")
        return SeeOther(_back(delivery))
    words = plain_text(delivery.letter)
    context = {"delivery": delivery, "rr": rr, "city": rr.city, "form": form, "words": words}
    return page(request, "deliveries/hand_over.html", form, **context)


@require_POST
def delivery_retry(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = visible_delivery(request, pk)
    require(person(request), "retry_delivery", delivery)
    return button(
        request,
        lambda: sending.retry(
            delivery, by=person(request), at=now(), to=request.POST.get("to", "")
        ),
        done="In the queue again.",
        to=_back(delivery),
    )


@require_POST
def delivery_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = visible_delivery(request, pk)
    require(person(request), "confirm_delivery", delivery)
    return button(
        request,
        lambda: sending.confirm_sent(delivery, by=person(request), at=now()),
        done="Noted: it arrived.",
        to=_back(delivery),
    )


def _back(delivery: Delivery) -> str:
    return reverse("request_page", args=[delivery.records_request.public_id]) + "#deliveries"
