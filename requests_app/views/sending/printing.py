"""Letters that go by post: printed together, and said to be posted in one step."""

import re
from collections.abc import Callable, Iterable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from requests_app import letters
from requests_app.actions.sending import printing
from requests_app.actions.sending.printing import Posted
from requests_app.forms.sending.deliveries import PostedForm
from requests_app.models import (
    Channel,
    Delivery,
    DeliveryState,
    LetterCopy,
    RecordsRequest,
)
from requests_app.permissions import may, require
from requests_app.views.lookup import attribution, newsroom_of, person
from requests_app.views.paging import Order, page_of
from requests_app.views.responses import SeeOther, fulfilled, page

PRINTED_AT_ONCE = 50
OLDEST_FIRST = Order(newest_first=False)
KEY = re.compile(r"[0-9]{1,18}")


def print_queue(request: HttpRequest) -> HttpResponse:
    """What waits to be posted, the oldest first, all that is shown chosen at first; then the day on
    which it was posted."""
    waiting = _waiting(request).defer("letter__pdf", "letter__text")
    shown = page_of(waiting, request.GET, OLDEST_FIRST, size=PRINTED_AT_ONCE)
    chosen = _chosen(request, waiting, shown.rows)
    copies = _copies(request)
    chosen_copies = _chosen_copies(request, copies)
    form = PostedForm(request.POST or None, initial={"on": timezone.localdate()})
    done: list[Posted] = []
    if request.method == "POST" and fulfilled(
        form,
        lambda: done.extend(
            printing.post_all(
                chosen,
                chosen_copies,
                on=form.cleaned_data["on"],
                by=attribution(request),
            )
        ),
    ):
        _say(request, done)
        return SeeOther(reverse("print_queue"))
    context = {
        "form": form,
        "shown": shown,
        "chosen": {one.pk for one in chosen},
        "copies": copies,
        "chosen_copies": {one.pk for one in chosen_copies},
    }
    return page(request, "sending/print_queue.html", form, **context)


@require_safe
def print_queue_pdf(request: HttpRequest) -> HttpResponse:
    """The chosen letters as one PDF, each with its address page."""
    waiting = _waiting(request).select_related("records_request__newsroom", "letter__filled_form")
    chosen = _chosen(request, waiting, waiting[:PRINTED_AT_ONCE])
    copies = _chosen_copies(request, _copies(request))
    return _pdf(lambda: letters.print_queue_pdf(chosen, copies), "letters-to-post.pdf")


@require_safe
def address_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The page that shows in the windows of an envelope, for one letter."""
    visible = RecordsRequest.objects.visible_to(person(request))
    delivery = get_object_or_404(
        Delivery.objects.filter(records_request__in=visible, channel=Channel.POST)
        .select_related("records_request__newsroom", "letter")
        .defer("letter__pdf"),
        pk=pk,
    )
    require(person(request), "hand_over", delivery)
    name = f"{delivery.records_request.reference}-address.pdf"
    return _pdf(lambda: letters.address_pages([delivery]), name)


def _waiting(request: HttpRequest) -> QuerySet[Delivery]:
    """What this person may post. Who files requests may hand over all those they see."""
    newsroom_of(request)
    waiting = Delivery.objects.filter(channel=Channel.POST, state=DeliveryState.BY_HAND)
    if not may(person(request), "begin_request"):
        return waiting.none()
    visible = RecordsRequest.objects.visible_to(person(request))
    return (
        waiting.filter(records_request__in=visible)
        .select_related("records_request", "letter")
        .order_by("pk")
    )


def _chosen(
    request: HttpRequest, waiting: QuerySet[Delivery], shown: Iterable[Delivery]
) -> list[Delivery]:
    """Those that are ticked; all that are shown before anybody could tick one."""
    sent = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and not {"which", "copy"} & set(sent):
        return list(shown)
    return list(waiting.filter(pk__in=filter(KEY.fullmatch, sent.getlist("which"))))


def _copies(request: HttpRequest) -> QuerySet[LetterCopy]:
    """The copies of letters that this person may post, the oldest first, as many as fit a page."""
    waiting = LetterCopy.objects.to_be_posted()
    if not may(person(request), "begin_request"):
        return waiting.none()
    visible = RecordsRequest.objects.visible_to(person(request))
    found = waiting.filter(letter__records_request__in=visible)
    found = found.select_related("letter__records_request__newsroom").order_by("pk")
    return found.defer("letter__pdf", "letter__text")[:PRINTED_AT_ONCE]


def _chosen_copies(request: HttpRequest, waiting: QuerySet[LetterCopy]) -> list[LetterCopy]:
    """Those that are ticked; all of them before anybody could tick one."""
    sent = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and not {"which", "copy"} & set(sent):
        return list(waiting)
    ticked = set(filter(KEY.fullmatch, sent.getlist("copy")))
    return [one for one in waiting if str(one.pk) in ticked]


def _say(request: HttpRequest, done: Iterable[Posted]) -> None:
    """One sentence for those that went, and one for each that did not."""
    gone = [one for one in done if not one.problem]
    if gone:
        noun = "letter is" if len(gone) == 1 else "letters are"
        messages.success(request, f"Noted: {len(gone)} {noun} on the way.")
    for one in done:
        if one.problem:
            which = one.letter.records_request
            messages.error(request, f"{which.reference} was not noted as posted. {one.problem}")


def _pdf(make: Callable[[], bytes], name: str) -> HttpResponse:
    try:
        pdf = make()
    except letters.LetterError as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
