"""To an editor and back: the letter read paragraph by paragraph, approved or returned."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.actions.drafts import versions
from requests_app.actions.drafts.unsaved_words import FormPage
from requests_app.actions.errors import Refused
from requests_app.actions.requests import approved_content, review
from requests_app.forms.drafts.review_forms import ReviewForm
from requests_app.models import Channel, Event, RecordsRequest, RequestState, VersionKind
from requests_app.permissions import require
from requests_app.views.drafts import keeping, open_form
from requests_app.views.drafts.draft_versions import Comparison, Side
from requests_app.views.drafts.edit_draft import saved_draft
from requests_app.views.lookup import attribution, person, today_in, visible_request
from requests_app.views.responses import SeeOther, button, fulfilled, page
from requests_app.views.sending import previews

PAGE = "review"


@require_POST
def send_to_review(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "send_to_review", rr)
    return button(
        request,
        lambda: review.send_to_review(
            rr,
            by=attribution(request),
        ),
        done="Sent to review. An editor sees it on the board.",
        to=reverse("request_page", args=[public_id]),
    )


def review_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The letter with a box beside each paragraph. What is typed into them is kept, too."""
    rr = visible_request(request, public_id)
    require(person(request), "approve_request", rr)
    form_page = FormPage(PAGE, rr)
    saved = saved_draft(rr)
    if keeping.is_keeping(request):
        empty = ReviewForm.of(rr.letter_text, version=0)
        has_changed = open_form.differs(open_form.typed(request.POST), [empty])
        return keeping.keep(request, form_page, saved=saved, has_changed=has_changed)
    if rr.state != RequestState.IN_REVIEW:
        messages.error(request, f"This is {rr.get_state_display().lower()}: there is no review.")
        return SeeOther(reverse("request_page", args=[public_id]))
    seen = approved_content.fingerprint(approved_content.content_of(rr))
    form = ReviewForm.of(rr.letter_text, version=versions.current_number(rr), seen=seen)
    return _page(request, rr, form)


def _page(request: HttpRequest, rr: RecordsRequest, form: ReviewForm) -> HttpResponse:
    opened = open_form.opened(request, FormPage(PAGE, rr), base=saved_draft(rr).base)
    if opened.fields and not form.is_bound:
        shown = {name: form.fields[name].initial for name in ("version", "seen")}
        open_form.fill(form, {**opened.fields, **shown})
    context: dict[str, Any] = {
        "rr": rr,
        "city": rr.city,
        "form": form,
        "opened": opened,
        "since": _since_the_last_review(rr),
        "addresses": _addresses(rr),
        "preview": previews.of_request(rr, by=rr.owner, on=today_in(rr.city)),
    }
    return page(request, "drafts/review.html", form, **context)


def _addresses(rr: RecordsRequest) -> list[tuple[str, list[str]]]:
    """By channel in words, where the letter may go once it is approved."""
    known = approved_content.addresses_of(rr).items()
    return [(Channel(channel).label, addresses) for channel, addresses in known]


def _since_the_last_review(rr: RecordsRequest) -> Comparison | None:
    """What changed since an editor gave it back, if one did."""
    returned = rr.draft_versions.filter(kind=VersionKind.RETURNED).select_related("saved_by").last()
    now = versions.current(rr)
    if returned is None or now is None:
        return None
    return Comparison(Side.of_version(returned), Side.of_version(now))


@require_POST
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    def do(rr: RecordsRequest, form: ReviewForm, note: str) -> Event:
        version, seen = form.cleaned_data["version"], form.cleaned_data["seen"]
        if version is None or not seen:
            raise Refused("Open the review again: it has to show the letter that you approve.")
        by = attribution(request)
        return review.approve(rr, by=by, note=note, version=version, seen=seen)

    done = "Approved. It can be submitted now."
    return _decided(request, public_id, "approve_request", do, done)


@require_POST
def return_to_draft(request: HttpRequest, public_id: str) -> HttpResponse:
    def do(rr: RecordsRequest, form: ReviewForm, note: str) -> Event:
        return review.return_to_draft(
            rr,
            by=attribution(request),
            note=note,
            remarks=form.remarks(),
            version=form.cleaned_data["version"],
        )

    done = "Returned to the reporter with what you said."
    return _decided(request, public_id, "return_request", do, done)


def _decided(
    request: HttpRequest,
    public_id: str,
    verb: str,
    do: Callable[[RecordsRequest, ReviewForm, str], Event],
    done: str,
) -> HttpResponse:
    """A refusal leaves all that was typed in its boxes."""
    rr = visible_request(request, public_id)
    require(person(request), verb, rr)
    form = ReviewForm.of(rr.letter_text, version=0, sent=request.POST)
    if fulfilled(form, lambda: do(rr, form, form.cleaned_data["note"].strip())):
        keeping.close(request, FormPage(PAGE, rr))
        messages.success(request, done)
        return SeeOther(reverse("request_page", args=[public_id]))
    rr.refresh_from_db()
    if rr.state != RequestState.IN_REVIEW:
        for error in form.non_field_errors():
            messages.error(request, str(error))
        return SeeOther(reverse("request_page", args=[public_id]))
    return _page(request, rr, form)
