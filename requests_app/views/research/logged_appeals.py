"""A logged challenge: entered, read, corrected, followed by a further step, taken out."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.research import log_entries
from requests_app.forms.research.log_entry import LogEntryForm, as_entered, of_its_request
from requests_app.ledger.security.security_log import record
from requests_app.models import LogDocument, LogEntry
from requests_app.permissions import require
from requests_app.storage.scanning import scan_queue
from requests_app.typed_numbers import whole_number
from requests_app.views.lookup import attribution, newsroom_of, now, person
from requests_app.views.research.log_rows import page_of_entry, rows_of
from requests_app.views.responses import SeeOther, button, page, result_of
from requests_app.vocabulary.security_kinds import SecurityKind

KEPT_FOR_THE_NEXT = ("place", "body", "agency", "project")


def visible_entry(request: HttpRequest, pk: int) -> LogEntry:
    entries = LogEntry.objects.visible_to(person(request))
    return get_object_or_404(entries.select_related("logged_request", "records_request"), pk=pk)


def logged_entry(request: HttpRequest, pk: int) -> LogEntry:
    """A 404 for one that is tracked: its page is the appeal's."""
    entry = visible_entry(request, pk)
    if entry.is_tracked:
        raise Http404("This appeal is tracked: open it under Appeals.")
    return entry


def log_new(request: HttpRequest) -> HttpResponse:
    """The next one begins with the city and the body of the one before."""
    require(person(request), "log_appeal")
    newsroom, follows = newsroom_of(request), _step_before(request)
    form = LogEntryForm(
        request.POST or None,
        request.FILES or None,
        newsroom=newsroom,
        initial=of_its_request(follows) if follows else _kept(request),
    )
    if request.method == "POST":
        by = attribution(request)
        made = result_of(
            form, lambda: log_entries.log(newsroom, form.logged(), by=by, follows=follows)
        )
        if made is not None:
            messages.success(request, f"Logged: {made.subject}.")
            return SeeOther(_onward(request, form, made))
    return page(request, "research/log_form.html", form, form=form, follows=follows)


def log_edit(request: HttpRequest, pk: int) -> HttpResponse:
    entry = logged_entry(request, pk)
    require(person(request), "correct_log_entry", entry)
    form = LogEntryForm(
        request.POST or None,
        request.FILES or None,
        newsroom=entry.newsroom,
        initial=as_entered(entry),
    )
    if request.method == "POST":
        act = lambda: log_entries.correct(entry, form.logged(), by=attribution(request))  # noqa: E731
        if result_of(form, lambda: (act(),)) is not None:
            messages.success(request, "The entry is corrected.")
            return SeeOther(page_of_entry(entry))
    return page(request, "research/log_form.html", form, form=form, entry=entry)


@require_safe
def logged_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    entry = logged_entry(request, pk)
    documents = list(entry.documents.all())
    context: dict[str, Any] = {
        "entry": entry,
        "row": rows_of([entry], at=now())[0],
        "exemptions": entry.exemptions.all(),
        "documents": documents,
        "unscanned": scan_queue.unscanned(documents),
        "chain": _chain_of(entry),
    }
    return page(request, "research/logged_appeal.html", **context)


@require_POST
def log_take_out(request: HttpRequest, pk: int) -> HttpResponse:
    entry = logged_entry(request, pk)
    require(person(request), "correct_log_entry", entry)
    return button(
        request,
        lambda: log_entries.take_out(entry),
        done="The entry is taken out of the log.",
        to=page_of_entry(entry),
        onward=lambda _: reverse("appeal_list"),
    )


@require_safe
def log_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Always a download, as every file of a stranger's."""
    seen = LogEntry.objects.visible_to(person(request))
    document = get_object_or_404(LogDocument.objects.filter(entry__in=seen), pk=pk)
    if scan_queue.why_apart(document, at=now()):
        raise Http404(f"{document.name} is kept apart: ask an admin.")
    record(
        SecurityKind.FILE_OPENED, by=person(request), name=document.name, log_document=document.pk
    )
    return FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"},
    )


def _step_before(request: HttpRequest) -> LogEntry | None:
    pk = whole_number(request.GET.get("follows", ""))
    return None if pk is None else visible_entry(request, pk)


def _kept(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in KEPT_FOR_THE_NEXT if name in request.GET}


def _onward(request: HttpRequest, form: LogEntryForm, made: LogEntry) -> str:
    if request.POST.get("then") != "next":
        return page_of_entry(made)
    again = {name: form.data.get(name, "") for name in KEPT_FOR_THE_NEXT}
    asked = urlencode({name: value for name, value in again.items() if value})
    return f"{reverse('log_new')}?{asked}"


def _chain_of(entry: LogEntry) -> list[LogEntry]:
    """The steps of its request, in their order; empty where it is the only one."""
    steps = LogEntry.objects.filter(
        newsroom=entry.newsroom_id,
        records_request=entry.records_request_id,
        logged_request=entry.logged_request_id,
    ).order_by("filed_rank", "pk")
    found = list(steps.select_related("logged_request", "records_request"))
    return found if len(found) > 1 else []
