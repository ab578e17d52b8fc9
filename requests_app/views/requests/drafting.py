"""Beginning a request, its details, its letter, and the letter as it will look."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from cities.pack.load import load_city
from requests_app import office_contacts
from requests_app.actions.requests import drafting
from requests_app.forms.requests.drafting import (
    DetailsForm,
    EvidenceForm,
    LetterForm,
    WhereForm,
    chosen,
)
from requests_app.forms.requests.particulars import FORMS
from requests_app.models import RecordsRequest
from requests_app.permissions import require
from requests_app.storage.scanning import scan_queue
from requests_app.views.lookup import newsroom_of, now, person, today_in, visible_request
from requests_app.views.requests import forecast
from requests_app.views.responses import SeeOther, fulfilled, page
from requests_app.views.sending import letter_editing, previews


def request_new(request: HttpRequest) -> HttpResponse:
    """City and kind decide the rest, which htmx swaps in when either changes."""
    newsroom = newsroom_of(request)
    require(person(request), "begin_request")
    told = request.POST if request.method == "POST" else None
    slug, kind = chosen(request.POST or request.GET)
    city = load_city(slug)
    details = DetailsForm(
        told, city=city, kind=kind, initial={"subject": request.GET.get("subject")}
    )
    particulars = FORMS[kind](told, request.FILES or None)
    if (
        told is not None
        and particulars.is_valid()
        and fulfilled(details, lambda: _begin(request, slug, kind, details, particulars))
    ):
        return SeeOther(reverse("request_edit", args=[details.cleaned_data["begun"].public_id]))
    context = {
        "where": WhereForm(initial={"city": slug, "kind": kind}),
        "details": details,
        "particulars": particulars,
        "city": city,
        "offices": _offices(newsroom, city, kind, details),
    }
    template = "requests/new_details.html" if request.htmx else "requests/new.html"  # type: ignore[attr-defined]
    return page(request, template, details, particulars, **context)


def _begin(request: HttpRequest, slug: str, kind: str, details: Any, particulars: Any) -> None:
    begun = drafting.begin(
        by=person(request), at=now(), city_slug=slug, kind=kind,
        particulars=particulars.raw(), **_told(details),
    )  # fmt: skip
    details.cleaned_data["begun"] = begun
    if files := particulars.cleaned_data.get("evidence"):
        drafting.attach_enclosures(begun, by=person(request), at=now(), files=files)


def _told(details: DetailsForm) -> dict[str, str]:
    told = details.cleaned_data
    return {
        "office_role": told["office_role"],
        "subject": told["subject"],
        "track": told.get("track", ""),
    }


def _offices(newsroom: Any, city: Any, kind: Any, details: DetailsForm) -> dict[str, Any]:
    """Each choice's radio button with the office as the newsroom would reach it: the proposed ones,
    and the others, which are folded away unless one of them is chosen."""
    known = {
        found.office.role.value: found for found in office_contacts.resolve_all(newsroom, city)
    }
    choices = [(radio, known[radio.data["value"]]) for radio in details["office_role"]]
    proposed = [choice for choice in choices if kind in choice[1].office.receives]
    others = [choice for choice in choices if choice not in proposed]
    chosen = str(details["office_role"].value())
    return {
        "proposed": proposed,
        "others": others,
        "is_other_chosen": any(found.office.role == chosen for _, found in others),
    }


def request_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Three forms on one page, letter, details and enclosures; `do` says which was sent."""
    rr = visible_request(request, public_id)
    require(person(request), "edit_request", rr)
    if rr.state != "draft":
        messages.error(
            request, f"This is {rr.get_state_display().lower()}: only a draft is edited."
        )
        return SeeOther(reverse("request_page", args=[public_id]))
    do = request.POST.get("do", "")
    details, particulars = _details_forms(request, rr, is_sent=do == "details")
    letter = LetterForm(request.POST if do == "letter" else None, initial={"text": rr.letter_text})
    evidence = (
        EvidenceForm(request.POST or None, request.FILES) if do == "evidence" else EvidenceForm()
    )
    if _done(request, rr, do, details, particulars, letter, evidence):
        return SeeOther(reverse("request_edit", args=[public_id]))
    if letter_editing.is_editing(request):
        letter = _edited(request, rr)
    text = str(letter["text"].value() or "")
    kept = list(rr.attachments.filter(is_enclosure=True))
    preview = previews.of_request(rr, by=person(request), on=today_in(rr.city), text=text)
    context = {
        "rr": rr,
        "city": rr.city,
        "details": details,
        "particulars": particulars,
        "letter": letter,
        "evidence_form": evidence,
        "evidence": kept,
        "unscanned": scan_queue.unscanned(kept),
        "offices": _offices(rr.newsroom, rr.city, rr.kind, details),
        "paragraphs": letter_editing.offered(rr.newsroom, text),
        "preview": preview,
        "is_edited": True,
        "is_unsaved": text != rr.letter_text,
        "forecast": forecast.if_filed(rr, on=today_in(rr.city)),
    }
    shown = (details, particulars, letter, evidence)
    return letter_editing.shown(
        request, preview, lambda: page(request, "requests/edit.html", *shown, **context)
    )


def _edited(request: HttpRequest, rr: RecordsRequest) -> LetterForm:
    """The letter as it is now in the form, not saved."""
    composed = previews.composed_request(rr)
    text = letter_editing.text_after(request, composed=composed, newsroom=rr.newsroom)
    return LetterForm(initial={"text": text})


def _details_forms(request: HttpRequest, rr: RecordsRequest, *, is_sent: bool) -> tuple[Any, Any]:
    told = request.POST if is_sent else None
    initial = {"office_role": rr.office_role, "subject": rr.subject, "track": rr.track}
    details = DetailsForm(told, city=rr.city, kind=rr.kind, initial=initial)  # type: ignore[arg-type]
    particulars = FORMS[rr.kind](told, raw=rr.particulars)
    particulars.fields.pop("evidence", None)
    return details, particulars


def _done(
    request: HttpRequest, rr: RecordsRequest, do: str, details: Any, particulars: Any,
    letter: Any, evidence: Any,
) -> bool:  # fmt: skip
    """Whether what was sent is done. Each branch is one action."""
    by, at = person(request), now()
    if do == "details":
        return particulars.is_valid() and fulfilled(
            details,
            lambda: drafting.revise(
                rr, by=by, at=at, particulars=particulars.raw(), **_told(details)
            ),
        )
    if do == "letter":
        return fulfilled(
            letter, lambda: drafting.edit_letter(rr, by=by, text=letter.cleaned_data["text"])
        )
    if do == "evidence":
        return fulfilled(
            evidence,
            lambda: drafting.attach_enclosures(
                rr, by=by, at=at, files=evidence.cleaned_data["files"]
            ),
        )
    return False


@require_safe
def request_preview(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    return previews.pdf_response(previews.of_request(rr, by=person(request), on=today_in(rr.city)))
