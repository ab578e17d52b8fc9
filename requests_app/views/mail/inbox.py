"""The Inbox: mail that names no request for certain, and what a person does with it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.mail import came_back, file_mail, incoming, kept_suggestions
from requests_app.forms.mail.inbox import FileMailForm, GiveMailForm
from requests_app.models import (
    Communication,
    Delivery,
    InboundMail,
    MailFile,
    RawMailRemoval,
    RecordsRequest,
)
from requests_app.models.requests.records_request import RecordsRequestQuerySet
from requests_app.permissions import may, require
from requests_app.policy.readable_mail import readable_by
from requests_app.storage.scanning import scan_queue
from requests_app.typed_numbers import whole_number
from requests_app.views.lookup import (
    attribution,
    membership_of,
    now,
    person,
    visible_delivery,
    visible_request,
)
from requests_app.views.mail.mail_lookup import (
    filed_message,
    inbox_mail,
    readable_mail,
)
from requests_app.views.mail.what_it_is import what_it_may_be
from requests_app.views.responses import SeeOther, button, fulfilled, page

A_PAGE = 25
FIRST_WORDS = 280
BY_HAND = "A person filed it here."


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate as it is shown: the key that files it, the request, and why."""

    key: int
    request: RecordsRequest
    why: list[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One mail of the list."""

    mail: InboundMail
    choices: list[Choice]
    letters: list[Delivery]  # of ours, that may have come back
    is_unread: bool = False  # filed, and nobody has said what it is

    @property
    def first_words(self) -> str:
        return " ".join((self.mail.said or self.mail.text)[: FIRST_WORDS * 2].split())[:FIRST_WORDS]


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    require(person(request), "read_inbox")
    newsroom_id = membership_of(request).newsroom_id
    is_aside = "aside" in request.GET
    words = request.GET.get("q", "").strip()
    of_newsroom = InboundMail.objects.filter(newsroom_id=newsroom_id)
    found = of_newsroom.set_aside() if is_aside else of_newsroom.waiting()
    if words:  # whatever is readable, filed or not, is found from here
        found = readable_by(person(request), newsroom_id).filter(duplicate_of=None).found_by(words)
    shown = Paginator(found.defer("html"), A_PAGE).get_page(request.GET.get("page"))
    rows = _rows(shown.object_list, RecordsRequest.objects.visible_to(person(request)))
    kept = {"aside": "1"} if is_aside else {}
    context = {
        "rows": rows,
        "shown": shown,
        "is_aside": is_aside,
        "words": words,
        "query": urlencode({**kept, "q": words}),  # what the pages before and after keep of it
    }
    return render(request, "mail/inbox.html", context)


@require_safe
def mail_page(request: HttpRequest, pk: int) -> HttpResponse:
    mail = readable_mail(request, pk)
    return _page(request, mail, FileMailForm(visible=_filable(request)))


@require_POST
def mail_file(request: HttpRequest, pk: int) -> HttpResponse:
    """To the candidate that was chosen, or to the request whose reference was written."""
    mail = inbox_mail(request, pk)
    if public_id := request.POST.get("request"):
        target = visible_request(request, public_id)
        require(person(request), "file_mail", target)
        return _button(request, lambda: _file(request, mail, target), f"Filed: {target}.")
    form = FileMailForm(request.POST, visible=_filable(request))

    def file_it() -> None:
        target = form.cleaned_data["reference"]
        require(person(request), "file_mail", target)
        _file(request, mail, target)

    if fulfilled(form, file_it):
        return SeeOther(reverse("inbox"))
    return _page(request, mail, form)


@require_POST
def mail_came_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a report that names no letter of ours: a person says which one came back."""
    mail = inbox_mail(request, pk)
    delivery = visible_delivery(request, whole_number(request.POST.get("delivery", "")) or 0)
    require(person(request), "file_mail", delivery)
    return _button(
        request,
        lambda: came_back.record_came_back(
            mail,
            delivery,
            by=attribution(request),
        ),
        f"Noted: the letter to {delivery.to_name} came back.",
    )


@require_POST
def mail_set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    mail = inbox_mail(request, pk)
    require(person(request), "set_mail_aside")
    return _button(
        request,
        lambda: file_mail.set_aside(
            mail,
            by=attribution(request),
        ),
        "Set aside. It is kept, and can be brought back.",
    )


@require_POST
def mail_bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    mail = inbox_mail(request, pk)
    return _button(request, lambda: file_mail.bring_back(mail), "In the Inbox again.")


@require_POST
def mail_read_again(request: HttpRequest, pk: int) -> HttpResponse:
    mail = inbox_mail(request, pk)
    return _button(request, lambda: incoming.read_again(mail), "The worker tries it again.")


@require_POST
def mail_take_out(request: HttpRequest, pk: int) -> HttpResponse:
    communication = _communication(request, pk)
    to = reverse("request_page", args=[communication.records_request.public_id])
    return button(
        request,
        lambda: file_mail.take_out(
            communication,
            by=attribution(request),
        ),
        done="Taken out: the mail is in the Inbox again.",
        to=to,
    )


@require_POST
def reading_dismiss(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    communication = _communication(request, pk)
    to = reverse("request_page", args=[communication.records_request.public_id])
    return button(
        request,
        lambda: kept_suggestions.settle_suggestion(
            communication,
            number,
            by=attribution(request),
        ),
        done="Dismissed.",
        to=f"{to}#mail-{pk}",
    )


@require_safe
def mail_held(request: HttpRequest) -> HttpResponse:
    """For operators: mail of which nobody knows the newsroom. Who and when, not what it says."""
    _require_operator(request)
    held = InboundMail.objects.held().defer("text", "said", "html")
    shown = Paginator(held, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "mail/held.html", {"shown": shown, "form": GiveMailForm()})


@require_POST
def mail_give(request: HttpRequest, pk: int) -> HttpResponse:
    _require_operator(request)
    mail = get_object_or_404(InboundMail.objects.held(), pk=pk)
    form = GiveMailForm(request.POST)
    if not form.is_valid():
        return SeeOther(reverse("mail_held"))
    newsroom = form.cleaned_data["newsroom"]
    return button(
        request,
        lambda: incoming.give(mail, newsroom, at=now()),
        done=f"Given to {newsroom}.",
        to=reverse("mail_held"),
    )


def _require_operator(request: HttpRequest) -> None:
    if not person(request).is_staff:
        raise PermissionDenied("To give mail to a newsroom, ask who runs this desk.")


def _page(request: HttpRequest, mail: InboundMail, form: FileMailForm) -> HttpResponse:
    (row,) = _rows([mail], RecordsRequest.objects.visible_to(person(request)))
    files: list[MailFile] = list(mail.files.all())
    communication = mail.standing_communication()
    context = {
        "mail": mail,
        "choices": row.choices,
        "letters": row.letters,
        "files": files,
        "unscanned": scan_queue.unscanned(files),
        **what_it_may_be(communication, person(request)),
        "removal": RawMailRemoval.objects.filter(mail=mail).first(),
        "copies": mail.duplicates.order_by("pk"),
        "form": form,
        "may_file": may(person(request), "read_inbox") and mail.is_waiting,
    }
    return page(request, "mail/page.html", form, **context)


def _rows(mails: Iterable[InboundMail], visible: RecordsRequestQuerySet) -> list[Row]:
    """Each with those of its candidates that this person may see: one query for them all, and one
    more where some of them are filed."""
    listed = list(mails)
    unread = _unread_of([mail for mail in listed if mail.is_filed])
    wanted = {candidate["request"] for mail in listed for candidate in mail.candidates}
    requests = {row.pk: row for row in visible.filter(pk__in=wanted)} if wanted else {}
    letters = came_back.likely_letters(listed)
    return [
        Row(
            mail,
            _choices(mail, requests),
            [letter for letter in letters[mail.pk] if letter.records_request_id in requests],
            mail.pk in unread,
        )
        for mail in listed
    ]


def _unread_of(filed: list[InboundMail]) -> set[int | None]:
    if not filed:
        return set()
    return set(Communication.objects.unread().filter(mail__in=filed).values_list("mail", flat=True))


def _choices(mail: InboundMail, requests: dict[int, RecordsRequest]) -> list[Choice]:
    if not mail.is_waiting:
        return []
    known = [candidate for candidate in mail.candidates if candidate["request"] in requests]
    return [
        Choice(key, requests[candidate["request"]], candidate["why"])
        for key, candidate in enumerate(known, 1)
    ]


def _filable(request: HttpRequest) -> RecordsRequestQuerySet:
    newsroom_id = membership_of(request).newsroom_id
    visible = RecordsRequest.objects.visible_to(person(request))
    return visible.filter(newsroom_id=newsroom_id)


def _file(request: HttpRequest, mail: InboundMail, target: RecordsRequest) -> Any:
    return file_mail.file_communication(mail, target, by=attribution(request), reason=BY_HAND)


def _communication(request: HttpRequest, pk: int) -> Communication:
    communication = filed_message(request, pk)
    require(person(request), "file_mail", communication.records_request)
    return communication


def _button(request: HttpRequest, act: Callable[[], object], done: str) -> HttpResponse:
    return button(request, act, done=done, to=reverse("inbox"))
