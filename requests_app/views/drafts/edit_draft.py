"""A draft's details, letter and enclosures, on one page with one save."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from cities.schema.city import RequestKind
from cities.schema.inventories import Inventory
from requests_app.actions.drafts import comments, versions
from requests_app.actions.drafts.unsaved_words import DRAFT_PAGE, FormPage
from requests_app.actions.drafts.versions import OutdatedError
from requests_app.actions.errors import Refused
from requests_app.actions.requests import drafting, review
from requests_app.catalog.suggestions.asked_text import SAID_IN
from requests_app.forms.drafts.draft_forms import DraftForms
from requests_app.models import RecordsRequest, RequestState
from requests_app.office_contacts import office_asked
from requests_app.permissions import require
from requests_app.policy.before_filing import cautions
from requests_app.storage.scanning import scan_queue
from requests_app.typed_numbers import whole_number
from requests_app.views.drafts import keeping, open_form
from requests_app.views.drafts.changed_details import as_typed
from requests_app.views.drafts.keeping import Conflict, Saved
from requests_app.views.drafts.offices import asking_page
from requests_app.views.lookup import attribution, person, today_in, visible_request
from requests_app.views.requests import forecast
from requests_app.views.responses import SeeOther, button, page
from requests_app.views.sending import letter_editing, previews


def request_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "edit_request", rr)
    if keeping.is_keeping(request):
        return _keep(request, rr)
    if rr.state != RequestState.DRAFT:
        return _no_draft(request, rr)
    if letter_editing.is_acting(request):
        return _save(request, rr)
    return _page(request, rr, DraftForms.of_draft(rr))


def saved_draft(rr: RecordsRequest) -> Saved:
    version = versions.current(rr)
    if version is None:
        return Saved("0", rr.letter_text)
    return Saved(str(version.number), version.text, version.saved_by, version.saved_at)


def _keep(request: HttpRequest, rr: RecordsRequest) -> HttpResponse:
    """Words that come after the draft was sent are kept too, beside it."""
    is_draft = rr.state == RequestState.DRAFT
    stands = "" if is_draft else rr.get_state_display().lower()
    has_changed = open_form.differs(open_form.typed(request.POST), DraftForms.of_draft(rr).forms)
    return keeping.keep(
        request,
        FormPage(DRAFT_PAGE, rr),
        saved=saved_draft(rr) if is_draft else Saved(request.POST.get("base", "")),
        has_changed=has_changed,
        unless=stands,
    )


def _no_draft(request: HttpRequest, rr: RecordsRequest) -> HttpResponse:
    stands = rr.get_state_display().lower()
    words = f"This is {stands}: only a draft is edited."
    if letter_editing.is_acting(request):
        _keep(request, rr)
        messages.error(request, f"{words} What you typed is kept, and stands below.")
        return SeeOther(reverse("draft_versions", args=[rr.public_id]))
    messages.error(request, words)
    return SeeOther(reverse("request_page", args=[rr.public_id]))


def _save(request: HttpRequest, rr: RecordsRequest) -> HttpResponse:
    """Everything on the page, and then what its button is for."""
    forms = DraftForms.of_draft(rr, request)
    conflict = None
    if forms.is_valid():
        try:
            return _saved(request, rr, forms)
        except OutdatedError as outdated:
            rr.refresh_from_db()
            text = request.POST.get("text", "")
            conflict = keeping.conflict_of(saved_draft(rr), request.POST.get("base", ""), text)
            forms.add_error(None, str(outdated))
        except Refused as refusal:
            rr.refresh_from_db()
            forms.add_error(None, str(refusal))
    return _page(request, rr, forms, conflict=conflict)


def _saved(request: HttpRequest, rr: RecordsRequest, forms: DraftForms) -> HttpResponse:
    base, by = request.POST.get("base", ""), attribution(request)
    version = whole_number(base)
    drafting.save(rr, forms.content(), by=by, version=version)
    if settled := list(filter(None, map(whole_number, request.POST.getlist("settled")))):
        comments.settle(rr, settled, by=by)
    keeping.close(request, FormPage(DRAFT_PAGE, rr))
    onward = request.POST.get("do", "")
    if onward == "review":
        return button(
            request,
            lambda: review.send_to_review(rr, by=by),
            done="Sent to review. An editor sees it on the board.",
            to=reverse("request_page", args=[rr.public_id]),
        )
    name = "request_submit" if onward == "submit" else "request_edit"
    return SeeOther(reverse(name, args=[rr.public_id]))


def _page(
    request: HttpRequest, rr: RecordsRequest, forms: DraftForms, conflict: Conflict | None = None
) -> HttpResponse:
    saved, on = saved_draft(rr), today_in(rr.city)
    base = request.POST.get("base", saved.base) if not conflict else saved.base
    earlier = _of_an_earlier_version(request, rr)
    opened = open_form.opened(request, FormPage(DRAFT_PAGE, rr), base=base, fill=not earlier)
    text = _fill(request, rr, forms, earlier or opened.fields)
    conflict = conflict or keeping.conflict_of(saved, opened.base, text)
    preview = previews.of_request(rr, by=person(request), on=on, text=text)
    evidence = list(rr.attachments.filter(is_enclosure=True))
    context = {
        "rr": rr,
        "letter": forms.letter,
        "evidence_form": forms.evidence,
        "evidence": evidence,
        "unscanned": scan_queue.unscanned(evidence),
        "paragraphs": letter_editing.offered(rr.newsroom, text),
        "inventories": inventories_for(rr),
        "preview": preview,
        "is_of_another_wording": _is_of_another_wording(rr, preview),
        "is_edited": True,
        "opened": opened,
        "conflict": conflict,
        # Who is shown another's version has seen it: their next save goes on top of it.
        "base": saved.base if conflict else opened.base,
        "also": keeping.also_here(opened.page, request, None),
        "comments": _comments(rr, text),
        "cautions": cautions(rr, office_asked(rr)),
        "is_compared_with_catalog": rr.kind in SAID_IN,
        "forecast": forecast.if_filed(rr, on=on),
        **asking_page(rr.newsroom, rr.city, RequestKind(rr.kind), forms.asking),
    }
    return letter_editing.shown(
        request, preview, lambda: page(request, "drafts/edit.html", *forms.forms, **context)
    )


def inventories_for(rr: RecordsRequest) -> tuple[Inventory, ...]:
    """What the law makes the city write down of its records: for who asks for records."""
    return rr.city.statute.inventories if rr.kind == RequestKind.RECORDS else ()


def _is_of_another_wording(rr: RecordsRequest, preview: previews.Preview) -> bool:
    """Whether the wording of this letter changed after the draft was written by it."""
    now = preview.composed.template if preview.composed else ""
    return bool(now and rr.letter_template) and now != rr.letter_template


def _of_an_earlier_version(request: HttpRequest, rr: RecordsRequest) -> dict[str, Any]:
    """What stood in the version that the address names (`?version=`), to write on from there."""
    asked = request.GET.get("version", "") if request.method == "GET" else ""
    number = whole_number(asked)
    found = rr.draft_versions.filter(number=number).first() if number else None
    return {**as_typed(found.details), "text": found.text} if found else {}


def _fill(request: HttpRequest, rr: RecordsRequest, forms: DraftForms, kept: dict[str, Any]) -> str:
    """The forms with what was typed and is not saved; the letter's text as it is shown."""
    if letter_editing.is_editing(request):
        kept = open_form.typed(request.POST)
        composed = previews.composed_request(rr)
        sentences = {one.slug: one.sentence for one in inventories_for(rr)}
        kept["text"] = letter_editing.text_after(
            request, composed=composed, newsroom=rr.newsroom, sentences=sentences
        )
    if kept:
        for form in forms.forms:
            if not form.is_bound:
                open_form.fill(form, kept)
    return str(forms.letter["text"].value() or "")


def _comments(rr: RecordsRequest, text: str) -> Iterable[dict[str, Any]]:
    """What an editor said, with whether the paragraph it means still stands."""
    return [
        {"comment": comment, "stands": comment.stands_in(text)}
        for comment in comments.open_comments(rr)
    ]


@require_safe
def request_preview(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    return previews.pdf_response(previews.of_request(rr, by=person(request), on=today_in(rr.city)))
