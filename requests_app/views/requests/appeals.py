"""Appeals: all of them, one of them, and its steps."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app import office_contacts
from requests_app.actions.drafts.unsaved_words import FormPage
from requests_app.actions.errors import Refused
from requests_app.actions.requests import appeal_drafts, appeals, exhibits
from requests_app.forms.drafts.draft_forms import LetterForm
from requests_app.forms.requests.appeals import (
    CourtFilingForm,
    DecisionForm,
    ReceiptForm,
    UpToDateForm,
    WithdrawalForm,
)
from requests_app.forms.sending.deliveries import SendingForm
from requests_app.headlines import shown_clock
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.letters.copies import AboutLetter
from requests_app.models import (
    Appeal,
    AppealState,
    Channel,
    Deadline,
    LetterKind,
    RecordsRequest,
)
from requests_app.permissions import require
from requests_app.policy.clock_pill import pill_of
from requests_app.policy.withdrawing import consequences_of_withdrawing
from requests_app.storage.scanning import scan_queue
from requests_app.views.challenges.letters import after_filing
from requests_app.views.drafts import keeping, open_form
from requests_app.views.drafts.open_form import OpenForm
from requests_app.views.lookup import (
    attribution,
    person,
    today_in,
    visible_appeal,
    visible_request,
)
from requests_app.views.paging import Order, page_of
from requests_app.views.requests import argument
from requests_app.views.requests import exhibits as exhibit_pages
from requests_app.views.requests.request_page import ledger_of
from requests_app.views.requests.submission import channel_in
from requests_app.views.responses import SeeOther, button, fulfilled, page
from requests_app.views.sending import letter_editing, previews
from requests_app.views.sending.deliveries import shown, with_links
from requests_app.vocabulary.states import UNDECIDED

NEWEST_FIRST = Order()
LATELY_ENDED = 10
DRAFTED, FILED = (AppealState.DRAFT,), (AppealState.FILED,)


@require_safe
def appeal_list(request: HttpRequest) -> HttpResponse:
    """Those that are open, with the last that ended beneath; or all that ended, by pages."""
    theirs = (
        Appeal.objects.visible_to(person(request))
        .select_related("records_request__created_by", "records_request__assigned_to")
        .defer("letter_text", "records_request__letter_text", "records_request__particulars")
    )
    ended = theirs.exclude(state__in=UNDECIDED)
    if "ended" in request.GET:
        context = {"ended": page_of(ended, request.GET, NEWEST_FIRST), "is_ended_alone": True}
    else:
        context = {
            "open": page_of(theirs.undecided(), request.GET, NEWEST_FIRST),
            "ended": page_of(ended, QueryDict(), NEWEST_FIRST, size=LATELY_ENDED),
        }
    return render(request, "requests/appeals/list.html", context)


@require_POST
def appeal_new(request: HttpRequest, public_id: str, route: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "draft_appeal", rr)
    return button(
        request,
        lambda: _drafted(rr, route=route, by=attribution(request)),
        done="The appeal is drafted: read it, then file it.",
        to=reverse("request_page", args=[public_id]),
        onward=_url,
    )


def _drafted(records_request: RecordsRequest, *, route: str, by: Attribution) -> Appeal:
    """The draft; once it is there, its papers are opened, so that its page can say their number."""
    appeal = appeals.draft(records_request, route=route, by=by)
    exhibits.open_all(appeal)
    return appeal


@require_safe
def appeal_page(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    rr = appeal.records_request
    today = today_in(rr.city)
    clocks = Deadline.objects.filter(records_request=rr, route=appeal.route).exclude(status="void")
    main = shown_clock(clocks, today)
    events = [line for line in ledger_of(rr) if line.event.appeal_id == appeal.pk]
    context = {
        "appeal": appeal,
        "rr": rr,
        "city": rr.city,
        "route": appeal.pack_route,
        "pill": pill_of(main, today=today) if main else None,
        "events": events,
        "unscanned": scan_queue.unscanned(file for line in events for file in line.files),
        "filing": exhibit_pages.about(appeal) if appeal.state == "draft" else None,
        **after_filing(appeal),
        "deliveries": with_links(list(shown(appeal.deliveries.all()))),
    }
    if appeal.state == AppealState.DRAFT:
        context |= {
            "preview": previews.of_appeal(appeal, by=person(request), on=today),
            **_moved(appeal),
            **argument.of_draft(appeal),
        }
    return render(request, "requests/appeals/page.html", context)


def _moved(appeal: Appeal) -> dict[str, Any]:
    """What was recorded since the draft was written, or why that cannot be told."""
    on = today_in(appeal.records_request.city)
    try:
        return {"since": appeal_drafts.since_drafted(appeal, on=on)}
    except Refused as refusal:
        return {"problem": str(refusal)}


def _elsewhere(request: HttpRequest, appeal: Appeal, *, needs: Sequence[str]) -> SeeOther | None:
    """To the appeal's own page, with why, where it stands past what this page is for."""
    if appeal.state in needs:
        return None
    stands = appeal.get_state_display().lower()
    messages.error(
        request,
        f"This appeal is {stands}, so this cannot be done any more. Below is what was filed."
        if appeal.filed_on
        else f"This appeal is {stands}, so this cannot be done now. Nothing was changed.",
    )
    return SeeOther(_url(appeal))


def appeal_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What moved since a draft was written: taken in, or kept as it is, sentence by sentence."""
    appeal = visible_appeal(request, pk)
    require(person(request), "edit_appeal", appeal)
    if elsewhere := _elsewhere(request, appeal, needs=DRAFTED):
        return elsewhere
    moved = _moved(appeal)
    since = moved.get("since")
    sentences = since.sentences if since else ()
    form = UpToDateForm(
        request.POST or None, sentences=sentences, initial={"seen": since.seen if since else ""}
    )
    if request.method == "POST" and fulfilled(
        form,
        lambda: appeal_drafts.settle(
            appeal, form.choices(), seen=form.cleaned_data["seen"], by=attribution(request)
        ),
    ):
        messages.success(request, "The draft is up to date: read it once more, then file it.")
        return SeeOther(_url(appeal))
    context = {"form": form, "seen": since.seen if since else "", **moved, **_about(appeal)}
    return page(request, "requests/appeals/changes.html", form, **context)


def appeal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "edit_appeal", appeal)
    if elsewhere := _elsewhere(request, appeal, needs=DRAFTED):
        return elsewhere
    kept_page = FormPage(f"appeal-{appeal.pk}", appeal.records_request)
    saved = keeping.saved_text(appeal.letter_text, at=appeal.changed_at)
    if keeping.is_keeping(request):
        has_changed = open_form.differs(open_form.typed(request.POST), [_letter_of(appeal)])
        return keeping.keep(request, kept_page, saved=saved, has_changed=has_changed)
    form = LetterForm(request.POST or None, initial={"text": appeal.letter_text})
    base = request.POST.get("base") or None
    if letter_editing.is_acting(request) and fulfilled(
        form,
        lambda: appeals.edit_letter(
            appeal, by=person(request), instead_of=base, **form.cleaned_data
        ),
    ):
        keeping.close(request, kept_page)
        messages.success(request, "The letter is saved.")
        return SeeOther(_url(appeal))
    return _edit_page(request, appeal, form, open_form.opened(request, kept_page, base=saved.base))


def _letter_of(appeal: Appeal) -> LetterForm:
    return LetterForm(initial={"text": appeal.letter_text})


def _edit_page(
    request: HttpRequest, appeal: Appeal, form: LetterForm, opened: OpenForm
) -> HttpResponse:
    rr = appeal.records_request
    if opened.fields:
        open_form.fill(form, opened.fields)
    if letter_editing.is_editing(request):
        composed = previews.composed_appeal(appeal, on=today_in(rr.city))
        text = letter_editing.text_after(request, composed=composed, newsroom=rr.newsroom)
        form = LetterForm(initial={"text": text})
    text = str(form["text"].value() or "")
    saved = keeping.saved_text(appeal.letter_text, at=appeal.changed_at)
    conflict = keeping.conflict_of(saved, request.POST.get("base", opened.base), text)
    preview = previews.of_appeal(appeal, by=person(request), on=today_in(rr.city), text=text)
    context = {
        "form": form,
        "preview": preview,
        "paragraphs": letter_editing.offered(rr.newsroom, text),
        "is_edited": True,
        "opened": opened,
        "conflict": conflict,
        "base": saved.base,
        "also": keeping.also_here(opened.page, request, None),
        **_about(appeal),
    }
    return letter_editing.shown(
        request, preview, lambda: page(request, "requests/appeals/edit.html", form, **context)
    )


@require_safe
def appeal_preview(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    if letter := appeal.letters.order_by("pk").last():
        return previews.issued(letter)
    today = today_in(appeal.records_request.city)
    return previews.pdf_response(previews.of_appeal(appeal, by=person(request), on=today))


def appeal_file(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "file_appeal", appeal)
    if elsewhere := _elsewhere(request, appeal, needs=DRAFTED):
        return elsewhere
    channel = channel_in(request, default=_first_known_channel(appeal))
    to = office_contacts.addressee_of(appeal)
    fact = to.fact_for(channel)
    kind = CourtFilingForm if appeal.pack_route.is_court else SendingForm
    about = AboutLetter(appeal.records_request, LetterKind.APPEAL, channel, appeal)
    form = kind(request.POST or None, channel=channel, known=fact, asks_source=False, about=about)
    if request.method == "POST" and fulfilled(
        form,
        lambda: appeals.file(
            appeal, by=attribution(request), seen=request.POST.get("seen"), **form.arguments()
        ),
    ):
        messages.success(request, "The appeal is filed.")
        return SeeOther(_url(appeal))
    context = _about(appeal) | _moved(appeal) | {
        "filing": exhibit_pages.about(appeal),
        "seen": appeals.mark_of(appeal.letter_text),
        "form": form, "channel": channel, "channels": Channel, "fact": fact, "to": to,
        "preview": previews.of_appeal(
            appeal,
            by=person(request),
            on=today_in(appeal.records_request.city),
            sending=Sending(
                channel,
                request.POST.get("to", "") or fact.value,
                copies=form.copies_so_far(),
            ),
        ),
    }  # fmt: skip
    return page(request, "requests/appeals/file.html", form, **context)


def appeal_decide(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "decide_appeal", appeal)
    if elsewhere := _elsewhere(request, appeal, needs=FILED):
        return elsewhere
    rr = appeal.records_request
    form = DecisionForm(
        request.POST or None,
        request.FILES or None,
        records_request=rr,
        initial={"on": today_in(rr.city)},
    )
    if request.method == "POST" and fulfilled(
        form,
        lambda: appeals.decide(appeal, form.decision(), by=attribution(request)),
    ):
        messages.success(request, "The decision is recorded.")
        return SeeOther(reverse("request_page", args=[rr.public_id]))
    return page(request, "requests/appeals/decide.html", form, form=form, **_about(appeal))


def appeal_received(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "decide_appeal", appeal)
    if elsewhere := _elsewhere(request, appeal, needs=FILED):
        return elsewhere
    form = ReceiptForm(request.POST or None, initial={"on": today_in(appeal.records_request.city)})
    if request.method == "POST" and fulfilled(
        form,
        lambda: appeals.receive(
            appeal,
            on=form.cleaned_data["on"],
            by=attribution(request),
        ),
    ):
        messages.success(request, "Kept: the time to decide runs from that day.")
        return SeeOther(_url(appeal))
    return page(
        request, "requests/appeals/received.html", form, **(_about(appeal) | {"form": form})
    )


def appeal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "withdraw_appeal", appeal)
    if elsewhere := _elsewhere(request, appeal, needs=UNDECIDED):
        return elsewhere
    form = WithdrawalForm(
        request.POST or None, initial={"on": today_in(appeal.records_request.city)}
    )
    if request.method == "POST" and fulfilled(
        form,
        lambda: appeals.withdraw(
            appeal,
            on=form.cleaned_data["on"],
            by=attribution(request),
        ),
    ):
        messages.success(request, "The appeal is withdrawn.")
        return SeeOther(_url(appeal))
    lost = consequences_of_withdrawing(appeal, on=today_in(appeal.records_request.city))
    context = _about(appeal) | {"form": form, "consequences": lost}
    return page(request, "requests/appeals/withdraw.html", form, **context)


def _about(appeal: Appeal) -> dict[str, Any]:
    rr = appeal.records_request
    return {"appeal": appeal, "rr": rr, "city": rr.city, "route": appeal.pack_route}


def _url(appeal: Appeal) -> str:
    return reverse("appeal_page", args=[appeal.pk])


def _first_known_channel(appeal: Appeal) -> Channel:
    """By the first way to reach the body that the pack states; by e-mail where it states none."""
    ways = (Channel.EMAIL, Channel.PORTAL, Channel.POST)
    to = office_contacts.addressee_of(appeal)
    return next((way for way in ways if to.fact_for(way).is_stated), Channel.EMAIL)
