"""Beginning a request, its details, its letter, and the letter as it will look."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from cities.schema.city import City, RequestKind
from cities.schema.load import load_city
from requests_app import office_contacts
from requests_app.actions.requests import drafting
from requests_app.forms.requests.drafting import (
    AskingForms,
    DetailsForm,
    EditForms,
    LetterForm,
    WhereForm,
    chosen,
)
from requests_app.models import Newsroom, RecordsRequest, RequestState
from requests_app.permissions import require
from requests_app.storage.scanning import scan_queue
from requests_app.views.lookup import (
    attribution,
    newsroom_of,
    person,
    today_in,
    visible_request,
)
from requests_app.views.requests import forecast
from requests_app.views.responses import SeeOther, fulfilled, page, result_of
from requests_app.views.sending import letter_editing, previews


def request_new(request: HttpRequest) -> HttpResponse:
    """City and kind decide the rest, which htmx swaps in when either changes."""
    newsroom = newsroom_of(request)
    require(person(request), "begin_request")
    slug, kind = chosen(request.POST or request.GET)
    city = load_city(slug)
    asking = AskingForms.to_begin(request, city, kind)
    if request.method == "POST" and (begun := result_of(asking, lambda: _begin(request, asking))):
        return SeeOther(reverse("request_edit", args=[begun.public_id]))
    template = "requests/new_details.html" if request.htmx else "requests/new.html"  # type: ignore[attr-defined]
    where = WhereForm(initial={"city": slug, "kind": kind})
    return page(
        request, template, *asking.forms, where=where, **_asking_page(newsroom, city, kind, asking)
    )


def _begin(request: HttpRequest, asking: AskingForms) -> RecordsRequest:
    slug, kind = chosen(request.POST)
    return drafting.begin(
        by=attribution(request),
        city_slug=slug,
        kind=kind,
        details=asking.asked(),
        files=asking.files(),
    )


def _asking_page(
    newsroom: Newsroom, city: City, kind: RequestKind, asking: AskingForms
) -> dict[str, Any]:
    """What a page needs that asks for the details of a request."""
    return {
        "city": city,
        "details": asking.details,
        "particulars": asking.particulars,
        "offices": _offices(newsroom, city, kind, asking.details),
    }


def _offices(
    newsroom: Newsroom, city: City, kind: RequestKind, details: DetailsForm
) -> dict[str, Any]:
    """Each choice's radio button with the office as the newsroom would reach it: the proposed ones,
    and the others, which are folded away unless one of them is chosen."""
    known = {
        found.office.role.value: found for found in office_contacts.resolve_all(newsroom, city)
    }
    choices = [(radio, known[radio.data["value"]]) for radio in details["office_role"]]
    proposed = [choice for choice in choices if kind in choice[1].office.receives]
    others = [choice for choice in choices if choice not in proposed]
    chosen_role = str(details["office_role"].value())
    return {
        "proposed": proposed,
        "others": others,
        "is_other_chosen": any(found.office.role == chosen_role for _, found in others),
    }


def request_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Three forms on one page: the letter, the details, the enclosures."""
    rr = visible_request(request, public_id)
    require(person(request), "edit_request", rr)
    if rr.state != RequestState.DRAFT:
        stands = rr.get_state_display().lower()
        messages.error(request, f"This is {stands}: only a draft is edited.")
        return SeeOther(reverse("request_page", args=[public_id]))
    forms = EditForms.of_draft(request, rr)
    if _saved(request, rr, forms):
        return SeeOther(reverse("request_edit", args=[public_id]))
    return _edit_page(request, rr, forms)


def _saved(request: HttpRequest, rr: RecordsRequest, forms: EditForms) -> bool:
    """Whether one of the forms was sent, was right, and is done: each is one action."""
    by, asking = attribution(request), forms.asking
    match forms.sent:
        case "details":
            return fulfilled(asking, lambda: drafting.revise(rr, by=by, details=asking.asked()))
        case "letter":
            return fulfilled(
                forms.letter,
                lambda: drafting.edit_letter(rr, by=by.user, **forms.letter.cleaned_data),
            )
        case "evidence":
            return fulfilled(
                forms.evidence,
                lambda: drafting.attach_enclosures(rr, by=by, **forms.evidence.cleaned_data),
            )
    return False


def _edit_page(request: HttpRequest, rr: RecordsRequest, forms: EditForms) -> HttpResponse:
    on = today_in(rr.city)
    letter = _edited(request, rr) if letter_editing.is_editing(request) else forms.letter
    text = str(letter["text"].value() or "")
    preview = previews.of_request(rr, by=person(request), on=on, text=text)
    evidence = list(rr.attachments.filter(is_enclosure=True))
    context = {
        "rr": rr,
        "letter": letter,
        "evidence_form": forms.evidence,
        "evidence": evidence,
        "unscanned": scan_queue.unscanned(evidence),
        "paragraphs": letter_editing.offered(rr.newsroom, text),
        "preview": preview,
        "is_edited": True,
        "is_unsaved": text != rr.letter_text,
        "forecast": forecast.if_filed(rr, on=on),
        **_asking_page(rr.newsroom, rr.city, RequestKind(rr.kind), forms.asking),
    }
    shown = (*forms.asking.forms, letter, forms.evidence)
    return letter_editing.shown(
        request, preview, lambda: page(request, "requests/edit.html", *shown, **context)
    )


def _edited(request: HttpRequest, rr: RecordsRequest) -> LetterForm:
    """The letter as it is now in the form, not saved."""
    composed = previews.composed_request(rr)
    text = letter_editing.text_after(request, composed=composed, newsroom=rr.newsroom)
    return LetterForm(initial={"text": text})


@require_safe
def request_preview(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    return previews.pdf_response(previews.of_request(rr, by=person(request), on=today_in(rr.city)))
