"""The outbox, for people: what went, what did not, and what waits for a hand."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.mail import came_back
from requests_app.actions.sending import deliveries, kept_apart
from requests_app.forms.sending.deliveries import CameBackForm, HandOverForm, OtherWordsForm
from requests_app.letters import PlannedLetter, Sending, copies, enclosures, plain_text
from requests_app.models import (
    Channel,
    Delivery,
    FileLink,
    LetterCopy,
    LetterKind,
    RecordsRequest,
)
from requests_app.models.letters.delivery import DeliveryQuerySet
from requests_app.permissions import require
from requests_app.views.lookup import attribution, person, today_in, visible_delivery
from requests_app.views.paging import Order, Page, page_of
from requests_app.views.responses import SeeOther, button, fulfilled, page
from requests_app.views.sending import letter_editing, previews

NEXT_TO_LEAVE = 50
# Of what goes with a letter: what was kept apart since, and left out by nobody.
APART_IN_MESSAGE = Exists(
    Delivery.files.through.objects.filter(delivery=OuterRef("pk")).exclude(
        attachment__quarantined=""
    )
)
APART_BY_LINK = Exists(
    FileLink.objects.filter(delivery=OuterRef("pk"), ended_at=None).exclude(
        attachment__quarantined=""
    )
)
OLDEST_FIRST, NEWEST_FIRST = Order(newest_first=False), Order()


def shown(found: DeliveryQuerySet) -> DeliveryQuerySet:
    """Deliveries with what sending/parts/list.html shows of each; see `with_links`."""
    return (
        found.select_related("letter", "created_by")
        .defer("letter__pdf", "letter__text", "letter__facts")
        .annotate(
            has_copies=Exists(LetterCopy.objects.filter(letter=OuterRef("letter"))),
            has_links=Exists(FileLink.objects.filter(delivery=OuterRef("pk"))),
            encloses_kept_apart=APART_IN_MESSAGE | APART_BY_LINK,
        )
    )


def with_links(rows: Sequence[Delivery]) -> Sequence[Delivery]:
    """The same rows, those of `shown`; two queries for the links of all that have any, and one for
    the copies."""
    linked = [row for row in rows if row.has_links]  # type: ignore[attr-defined]
    prefetch_related_objects(linked, "links__attachment")
    copied = [row for row in rows if row.has_copies]  # type: ignore[attr-defined]
    prefetch_related_objects(copied, "letter__copies")
    return rows


@require_safe
def delivery_list(request: HttpRequest) -> HttpResponse:
    """What needs a person, what is next to leave and what went lately; or one of them by pages."""
    visible = RecordsRequest.objects.visible_to(person(request))
    theirs = shown(Delivery.objects.filter(records_request__in=visible)).select_related(
        "records_request__newsroom"
    )
    theirs = theirs.defer("records_request__letter_text", "records_request__particulars")
    troubled, settled = theirs.needs_a_person(), theirs.settled()
    if "settled" in request.GET:
        shown_alone = _page(settled, request.GET, NEWEST_FIRST)
        context: dict[str, Any] = {"settled": shown_alone, "is_settled_alone": True}
    else:
        next_to_leave = theirs.waiting().order_by("not_before", "pk")[:NEXT_TO_LEAVE]
        context = {
            "troubled": _page(troubled, request.GET, OLDEST_FIRST),
            "waiting": with_links(list(next_to_leave)),
            "settled": _page(settled, QueryDict(), NEWEST_FIRST),
        }
    return render(request, "sending/deliveries.html", context)


def _page(found: DeliveryQuerySet, asked: QueryDict, order: Order) -> Page[Delivery]:
    shown_now = page_of(found, asked, order)
    with_links(shown_now.rows)
    return shown_now


def delivery_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = visible_delivery(request, pk)
    require(person(request), "hand_over", delivery)
    rr = delivery.records_request
    form = HandOverForm(request.POST or None, initial={"on": today_in(rr.city)})
    if request.method == "POST" and fulfilled(
        form,
        lambda: deliveries.hand_over(delivery, by=attribution(request), **form.cleaned_data),
    ):
        messages.success(request, "Noted: the letter is on its way.")
        return SeeOther(_back(delivery))
    context = {
        "delivery": delivery,
        "rr": rr,
        "city": rr.city,
        "form": form,
        "words": plain_text(delivery.letter),
        "enclosures": enclosures.files_going(delivery),
        "kept_apart": enclosures.kept_apart_since(delivery),
    }
    return page(request, "sending/hand_over.html", form, **context)


@require_POST
def delivery_retry(request: HttpRequest, pk: int) -> HttpResponse:
    act = partial(deliveries.retry, to=request.POST.get("to", ""))
    return _act(request, pk, "retry_delivery", act, done="In the queue again.")


@require_POST
def delivery_send_without(request: HttpRequest, pk: int) -> HttpResponse:
    done = "What is kept apart was left out."
    return _act(request, pk, "retry_delivery", kept_apart.send_without, done=done)


@require_POST
def delivery_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    done = "Noted: it arrived."
    return _act(request, pk, "confirm_delivery", deliveries.confirm_sent, done=done)


@require_POST
def delivery_came_back(request: HttpRequest, pk: int) -> HttpResponse:
    """With what somebody was told of it, if anything."""
    form = CameBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["words"])))
        return SeeOther(_back(visible_delivery(request, pk)))
    act = partial(came_back.record_without_report, **form.cleaned_data)
    return _act(request, pk, "bounce_delivery", act, done="Noted: it came back.")


@require_POST
def delivery_recall(request: HttpRequest, pk: int) -> HttpResponse:
    done = "Recalled: it stays here until somebody sends it."
    return _act(request, pk, "recall_delivery", deliveries.recall, done=done)


def _act(
    request: HttpRequest, pk: int, verb: str, act: Callable[..., object], *, done: str
) -> HttpResponse:
    delivery = visible_delivery(request, pk)
    require(person(request), verb, delivery)
    back = _back(delivery)
    return button(request, lambda: act(delivery, by=attribution(request)), done=done, to=back)


def delivery_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a recalled letter after all, with other words."""
    delivery = visible_delivery(request, pk)
    require(person(request), "retry_delivery", delivery)
    kept = {"text": deliveries.words_of(delivery), "to": delivery.to}
    form = OtherWordsForm(request.POST or None, initial=kept)
    if letter_editing.is_acting(request) and fulfilled(
        form,
        lambda: deliveries.retry(delivery, by=attribution(request), **form.cleaned_data),
    ):
        messages.success(request, "In the queue again.")
        return SeeOther(_back(delivery))
    return _words_page(request, delivery, form)


def _words_page(request: HttpRequest, delivery: Delivery, form: OtherWordsForm) -> HttpResponse:
    rr = delivery.records_request
    on, to = today_in(rr.city), str(form["to"].value() or "")
    composed = previews.composed_again(delivery.letter, on=on)
    if letter_editing.is_editing(request):
        text = letter_editing.text_after(request, composed=composed, newsroom=rr.newsroom)
        form = OtherWordsForm(initial={"text": text, "to": to})
    text = str(form["text"].value() or "")
    preview = previews.of_letter(
        PlannedLetter(
            rr,
            LetterKind(delivery.letter.kind),
            Sending(Channel(delivery.channel), to, copies=copies.on_issued(delivery.letter)),
            on,
            person(request),
            delivery.letter.appeal,
            chosen_files=enclosures.files_to_send(delivery.letter),
        ),
        text,
        composed=composed,
    )
    context = {
        "delivery": delivery,
        "rr": rr,
        "city": rr.city,
        "form": form,
        "preview": preview,
        "paragraphs": letter_editing.offered(rr.newsroom, text),
        "is_edited": True,
    }
    return letter_editing.shown(
        request, preview, lambda: page(request, "sending/words.html", form, **context)
    )


def _back(delivery: Delivery) -> str:
    return reverse("request_page", args=[delivery.records_request.public_id]) + "#deliveries"
