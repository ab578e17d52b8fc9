"""Keeping what is typed: the same for a new request, a draft, an appeal and a reply.

A form of such a page is sent with `do=keep` after each pause in typing and before its tab is left.
The answer is the line beside the form: that it is saved, and when; who else is at it; or that
somebody saved another version meanwhile, with the difference. `static/keep.js` sends it; who has
no script presses Save, which does all of it at once.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from requests_app.actions.drafts import unsaved_words
from requests_app.actions.drafts.unsaved_words import FormPage, TypedCopy
from requests_app.actions.errors import Refused
from requests_app.actions.requests.appeals import mark_of
from requests_app.ledger.attribution import Attribution
from requests_app.letters.wording import difference
from requests_app.models import RecordsRequest, UnsavedWriting, User
from requests_app.typed_numbers import whole_number
from requests_app.views.drafts.open_form import Tab, typed
from requests_app.views.lookup import attribution, now, person
from requests_app.vocabulary.dates_and_amounts import time_of_day

KEEP = "keep"
SAVED_ALREADY = 205  # "Reset Content": the tab goes on under another name
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands saved now of the thing that a form edits: its `base`, and for who has another
    one before them, by whom it was saved and what it says."""

    base: str
    text: str = ""
    by: User | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another version than the one somebody writes on, and what it and their words differ in."""

    saved: Saved
    difference: list[difference.Paragraph]

    @property
    def at(self) -> str:
        return time_of_day(localtime(self.saved.at)) if self.saved.at else ""


@dataclass(frozen=True, slots=True)
class AlsoHere:
    """Somebody with the same form open: in words, "Tom Whitfield is editing too, 2 minutes ago"."""

    who: str
    does: str
    when: str


def saved_text(text: str, *, at: datetime | None = None) -> Saved:
    """Of a letter that has no numbered versions: its text is its own mark."""
    return Saved(mark_of(text), text, at=at)


def is_keeping(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") == KEEP


def keep(
    request: HttpRequest, page: FormPage, *, saved: Saved, has_changed: bool, unless: str = ""
) -> HttpResponse:
    """Keep the form as it stands in the tab, and say so. `unless` says why it cannot be saved from
    there any more: the words are kept all the same."""
    tab = Tab.sent_with(request.POST) or Tab.new(person(request), page)
    if tab.user_id != person(request).pk:
        return _line(request, {"is_another": True}, status=401)
    copy = _copy(request, tab.name, has_changed=has_changed)
    try:
        row = unsaved_words.keep(page, copy, by=attribution(request))
    except Refused:
        tab_now = Tab.new(person(request), page).signed
        return HttpResponse(status=SAVED_ALREADY, headers={"X-Tab": tab_now})
    conflict = conflict_of(saved, copy.base, str(copy.fields.get("text", "")))
    context = {"row": row, "also": also_here(page, request, row), "conflict": conflict}
    return _line(
        request, {**context, "unless": unless}, status=CONFLICT if conflict or unless else 200
    )


def conflict_of(saved: Saved, base: str, text: str) -> Conflict | None:
    if base == saved.base:
        return None
    return Conflict(saved, difference.between(saved.text, text))


def _line(request: HttpRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    return render(request, "drafts/kept.html", context, status=status)


def _copy(request: HttpRequest, tab: str, *, has_changed: bool) -> TypedCopy:
    """Without a script there is no count, and no second copy on its way."""
    sent = request.POST
    count = whole_number(sent.get("count", ""))
    name, _, typed_copies = sent.get("continues", "").partition(":")
    copies = whole_number(typed_copies)
    return TypedCopy(
        tab=tab,
        count=int(now().timestamp() * 1000) if count is None else count,
        base=sent.get("base", "")[:64],
        fields=typed(sent),
        has_changed=has_changed,
        continues=(name, copies) if name and copies is not None else None,
    )


def close(request: HttpRequest, page: FormPage) -> None:
    """What the form held is saved where it belongs: its words wait nowhere else."""
    tab = Tab.sent_with(request.POST)
    before, _, _ = request.POST.get("continues", "").partition(":")
    tabs = (tab.name if tab and tab.is_of(person(request), page) else "", before)
    unsaved_words.close(page, tabs=tabs, by=attribution(request))


def keep_unsent(request: HttpRequest, user: User) -> bool:
    """Keep the words of a form whose sender is signed out, for who it was shown to. False where
    nothing proves that it was."""
    tab = Tab.sent_with(request.POST)
    if tab is None or not tab.is_good_for(user):
        return False
    visible = RecordsRequest.objects.visible_to(user)
    found = visible.filter(pk=tab.request_id).first() if tab.request_id else None
    if tab.request_id and found is None:
        return False
    try:
        unsaved_words.keep(
            FormPage(tab.page, found),
            _copy(request, tab.name, has_changed=True),
            by=Attribution(user, now()),
        )
    except Refused:  # saved already: nothing is missing
        return True
    return True


def also_here(page: FormPage, request: HttpRequest, own: UnsavedWriting | None) -> list[AlsoHere]:
    """Everybody else at it, once, and the person's own other tabs."""
    if page.records_request is None:
        return []
    at, me = now(), person(request)
    rows = UnsavedWriting.objects.on_page(page.name, page.request_id)
    found = rows.open_at(at).select_related("writer").order_by("-seen_at")
    seen: dict[int, AlsoHere] = {}
    for row in found:
        if (own and row.pk == own.pk) or row.writer_id in seen:
            continue
        if row.writer_id != me.pk:
            does = "is editing too" if row.written_at else "has it open too"
            seen[row.writer_id] = AlsoHere(str(row.writer), does, _ago(at, row.seen_at))
        elif own and row.written_at:
            seen[row.writer_id] = AlsoHere(
                "You", "are writing in another tab too", _ago(at, row.written_at)
            )
    return list(seen.values())


def _ago(at: datetime, then: datetime) -> str:
    minutes = int((at - then).total_seconds() // 60)
    if minutes < 1:
        return "now"
    return "1 minute ago" if minutes == 1 else f"{minutes} minutes ago"
