"""A message or a file erased for good, in two steps; and what is kept to prove what it was."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from requests_app.actions.privacy import proof
from requests_app.actions.privacy.erasing_content import erase_file, erase_message
from requests_app.forms.mail.erasing import WORDS, EraseForm, OriginalForm, WhyErasedForm
from requests_app.models import (
    Attachment,
    Communication,
    ErasedContent,
    Event,
    EventKind,
    RecordsRequest,
)
from requests_app.permissions import require
from requests_app.storage.erased_files import without_erased
from requests_app.views.lookup import attribution, person, visible_request
from requests_app.views.responses import SeeOther, page, result_of


@dataclass(frozen=True, slots=True)
class Doomed:
    """What is to be erased, for the page that asks: its name, its files, the verb."""

    rr: RecordsRequest
    title: str
    thing: Communication | Attachment
    files: list[Attachment]
    is_file: bool
    verb: Callable[..., Event]


@reauthentication_required
@never_cache
def message_erase(request: HttpRequest, pk: int) -> HttpResponse:
    found = Communication.objects.select_related("records_request", "mail")
    message = get_object_or_404(found, records_request__in=_visible(request), pk=pk)
    files = list(message.attachments.order_by("pk"))
    title = f"Erase this {'message' if message.is_message else 'answer'} for good"
    return _erase(
        request, Doomed(message.records_request, title, message, files, False, erase_message)
    )


@reauthentication_required
@never_cache
def attachment_erase(request: HttpRequest, pk: int) -> HttpResponse:
    found = without_erased(Attachment.objects.filter(records_request__in=_visible(request)))
    file = get_object_or_404(found.select_related("records_request", "communication"), pk=pk)
    title = "Erase this file for good"
    doomed = Doomed(file.records_request, title, file, [file], True, erase_file)
    return _erase(request, doomed)


@never_cache
def erased(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Who erased it and why, what its hashes were, and whether a file is it."""
    rr = visible_request(request, public_id)
    entries = Event.objects.select_related("by")
    entry = get_object_or_404(entries, records_request=rr, kind=EventKind.CONTENT_ERASED, pk=pk)
    rows = ErasedContent.objects.filter(event=entry)
    form = OriginalForm(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = proof.prove(form.cleaned_data["original"].chunks(), rows)
    context = {"rr": rr, "entry": entry, "kept": proof.kept_of(rows), "found": found}
    return page(request, "mail/erased.html", form, form=form, **context)


def _visible(request: HttpRequest) -> Any:
    return RecordsRequest.objects.visible_to(person(request))


def _erase(request: HttpRequest, doomed: Doomed) -> HttpResponse:
    require(person(request), "erase_content", doomed.rr)
    form: WhyErasedForm = WhyErasedForm(request.POST or None)
    is_second = "typed" in request.POST
    if is_second:
        form = EraseForm(request.POST)
        entry = result_of(
            form, lambda: doomed.verb(doomed.thing, form.why(), by=attribution(request))
        )
        if entry is not None:
            messages.success(request, "It is erased. What proves that it was here is kept.")
            return SeeOther(reverse("erased", args=[doomed.rr.public_id, entry.pk]))
    elif request.method == "POST" and form.is_valid():
        is_second = True
        form = EraseForm(initial=form.cleaned_data)
    context = {"doomed": doomed, "rr": doomed.rr, "is_second": is_second, "words": WORDS}
    return page(request, "mail/erase.html", form, form=form, **context)
