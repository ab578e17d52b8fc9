"""The papers behind a drafted challenge, for its writer; and the filing as it would leave."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app import office_contacts
from requests_app.actions.errors import Refused
from requests_app.actions.requests import exhibits
from requests_app.actions.research import offered_decisions
from requests_app.filings import checks, reading
from requests_app.forms.requests.exhibits import FileForm, PaperForm
from requests_app.letters import PlannedLetter, Sending
from requests_app.models import (
    Appeal,
    AppealState,
    Channel,
    Exhibit,
    LetterKind,
    OfferedDecision,
)
from requests_app.permissions import require
from requests_app.storage import content
from requests_app.typed_numbers import whole_number
from requests_app.views.lookup import attribution, person, today_in, visible_appeal
from requests_app.views.responses import SeeOther, button, fulfilled, page


def exhibit_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands behind the letter, in order; what may be added; what stands in the way."""
    appeal = visible_appeal(request, pk)
    require(person(request), "edit_appeal", appeal)
    if appeal.state != AppealState.DRAFT:
        messages.error(request, "It is filed: its exhibits are as they left.")
        return SeeOther(reverse("appeal_page", args=[pk]))
    asked = request.POST if request.method == "POST" else None
    paper = PaperForm(asked if asked and "paper" in asked else None, appeal=appeal)
    file = FileForm(
        asked if asked and "title" in asked else None, request.FILES or None, appeal=appeal
    )
    if paper.is_bound and fulfilled(paper, lambda: _add_paper(request, appeal, paper)):
        return SeeOther(_url(appeal))
    if file.is_bound and fulfilled(file, lambda: _add_file(request, appeal, file)):
        return SeeOther(_url(appeal))
    return page(
        request,
        "requests/appeals/exhibits.html",
        paper,
        file,
        paper_form=paper,
        file_form=file,
        **about(appeal),
    )


def about(appeal: Appeal) -> dict[str, Any]:
    """What a page shows of a draft's exhibits."""
    draft = reading.read(appeal)
    rows = list(draft.exhibits)
    return {
        "appeal": appeal,
        "rr": appeal.records_request,
        "city": appeal.records_request.city,
        "route": appeal.pack_route,
        "exhibits": rows,
        "page_total": sum(row.page_count for row in rows),
        "required": checks.required(appeal, rows),
        "problems": checks.problems(appeal, rows, draft.text),
        "own_decisions": _own_decisions(appeal, rows),
    }


def _own_decisions(appeal: Appeal, exhibits: Sequence[Exhibit]) -> list[OfferedDecision]:
    """Those that the argument rests on, with a document that is not among the exhibits yet."""
    there = {one.attachment.sha256 for one in exhibits if one.attachment}
    rows = appeal.argument_paragraphs.filter(is_chosen=True, decision__isnull=False)
    rested_on = OfferedDecision.objects.standing().filter(pk__in=rows.values("decision"))
    found = rested_on.select_related("attachment", "log_document")
    return [one for one in found if one.document and one.document.sha256 not in there]


@require_POST
def exhibit_of_decision(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    """The document of a decision of our own, behind the draft that argues with it."""
    appeal = visible_appeal(request, pk)
    require(person(request), "edit_appeal", appeal)
    offered = get_object_or_404(
        OfferedDecision.objects.standing().filter(newsroom=appeal.records_request.newsroom_id),
        pk=decision,
    )
    return button(
        request,
        lambda: offered_decisions.add_exhibit(appeal, offered, by=attribution(request)),
        done=f"Added: {offered.citation}.",
        to=_url(appeal),
    )


@require_POST
def exhibit_move(request: HttpRequest, pk: int) -> HttpResponse:
    exhibit = _exhibit(request, pk)
    number = whole_number(request.POST.get("to", "")) or 0
    return _button(request, exhibit, lambda: exhibits.move(exhibit, to=number), "Moved.")


@require_POST
def exhibit_rename(request: HttpRequest, pk: int) -> HttpResponse:
    exhibit = _exhibit(request, pk)
    title = request.POST.get("title", "")
    return _button(request, exhibit, lambda: exhibits.rename(exhibit, title=title), "Renamed.")


@require_POST
def exhibit_remove(request: HttpRequest, pk: int) -> HttpResponse:
    exhibit = _exhibit(request, pk)
    done = "Removed. The letter names the others by their new numbers."
    return _button(request, exhibit, lambda: exhibits.remove(exhibit), done)


@require_POST
def exhibit_settle(request: HttpRequest, pk: int) -> HttpResponse:
    exhibit = _exhibit(request, pk)
    by = attribution(request)
    done = "Confirmed: it goes beside the filing as a file."
    return _button(request, exhibit, lambda: exhibits.settle(exhibit, by=by), done)


@require_POST
def exhibit_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open those that were never opened, or whose papers changed."""
    appeal = visible_appeal(request, pk)
    require(person(request), "edit_appeal", appeal)
    return button(
        request, lambda: exhibits.open_all(appeal), done="All are opened.", to=_url(appeal)
    )


@require_safe
def exhibit_pages(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An exhibit's own pages as they were made, without its stamp."""
    exhibit = _exhibit(request, pk)
    if not exhibit.pages:
        return _sentence(exhibit.problem or "It was not opened yet: open it on the exhibits’ page.")
    return _pdf(exhibit.pages, "exhibit.pdf")


@require_safe
def filing_preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The filing as it would leave today by e-mail, made by what makes it when it is filed."""
    appeal = visible_appeal(request, pk)
    require(person(request), "edit_appeal", appeal)
    if appeal.state != AppealState.DRAFT:
        return _sentence("It is filed: see the letter as it left, on the appeal’s page.")
    body = office_contacts.addressee_of(appeal)
    rr, by = appeal.records_request, person(request)
    sending = Sending(Channel.EMAIL, body.email.value)
    letter = PlannedLetter(rr, LetterKind.APPEAL, sending, today_in(rr.city), by, appeal)
    try:
        made = exhibits.look_at(letter)
    except Refused as refusal:
        return _sentence(str(refusal))
    return _pdf(made.document.kept.name, "filing-preview.pdf")


def _add_paper(request: HttpRequest, appeal: Appeal, form: PaperForm) -> None:
    added = exhibits.add_paper(appeal, paper=form.asked_for(), by=attribution(request))
    _say(request, added)


def _add_file(request: HttpRequest, appeal: Appeal, form: FileForm) -> None:
    title, by = form.cleaned_data["title"], attribution(request)
    if file := form.cleaned_data["file"]:
        added = exhibits.add_file(appeal, title=title, file=file, by=by)
    else:
        (upload,) = form.cleaned_data["upload"]
        added = exhibits.add_upload(appeal, title=title, upload=upload, by=by)
    _say(request, added)


def _say(request: HttpRequest, added: Exhibit) -> None:
    messages.success(request, f"Added: {added.title}.")
    draft = reading.read(added.appeal)
    pages = sum(exhibit.page_count for exhibit in draft.exhibits)
    for problem in checks.over_the_limits(
        added.appeal.pack_route, page_count=pages, sizes=checks.sizes_beside(draft.exhibits)
    ):
        messages.warning(request, problem)


def _exhibit(request: HttpRequest, pk: int) -> Exhibit:
    exhibit = get_object_or_404(Exhibit.objects.select_related("appeal"), pk=pk)
    exhibit.appeal = visible_appeal(request, exhibit.appeal_id)
    require(person(request), "edit_appeal", exhibit.appeal)
    return exhibit


def _button(
    request: HttpRequest, exhibit: Exhibit, act: Callable[[], None], done: str
) -> HttpResponse:
    return button(request, act, done=done, to=_url(exhibit.appeal))


def _sentence(words: str) -> HttpResponse:
    return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")


def _pdf(name: str, file_name: str) -> FileResponse:
    headers = {
        "Content-Disposition": f'inline; filename="{file_name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
    }
    return FileResponse(content.open_kept(name), content_type="application/pdf", headers=headers)


def _url(appeal: Appeal) -> str:
    return reverse("exhibit_list", args=[appeal.pk])
