"""A letter of ours to the city: written from the wording, edited beside its paper, sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cities.schema.facts import Gap
from requests_app import letters, office_contacts
from requests_app.actions.drafts.unsaved_words import FormPage
from requests_app.forms.challenges.further_exhibits import FurtherExhibitsForm
from requests_app.forms.challenges.letters import ChallengeLetterForm
from requests_app.forms.fields import DayField
from requests_app.forms.sending.copies import CHOSEN
from requests_app.forms.sending.our_letters import ReplyForm, TypedForm
from requests_app.letters import Copy, PlannedLetter, Sending
from requests_app.letters.copies import AboutLetter
from requests_app.models import Appeal, Channel, LetterKind, RecordsRequest
from requests_app.policy.acts import Act
from requests_app.policy.withdrawing import consequences_of_withdrawing
from requests_app.views.drafts import keeping, open_form
from requests_app.views.drafts.keeping import Saved
from requests_app.views.drafts.open_form import OpenForm
from requests_app.views.lookup import attribution, person, today_in
from requests_app.views.requests.submission import channel_in
from requests_app.views.responses import SeeOther, fulfilled, page
from requests_app.views.sending import behind_a_supplement, letter_editing, previews
from requests_app.vocabulary.exhibit_numbers import named

TONES = {
    "": "No law’s clock runs that could be named: it asks how things stand.",
    "before": "Written before the day the answer is due: it asks how things stand.",
    "on": "Written on the day the answer is due: it reminds of the day.",
    "after": "Written after the day the answer was due: it names the day and the law.",
}


@dataclass(frozen=True, slots=True)
class Written:
    """Which letter a page writes: the action that does it, and what its wording asks of a person.

    `appeal`: the filed challenge that the letter is of, if it is of one.
    """

    act: Act
    do: Callable[..., object]
    asks: type[TypedForm]
    appeal: Appeal | None = None

    @property
    def kind(self) -> LetterKind:
        assert self.act.letter is not None
        return self.act.letter

    @property
    def page_name(self) -> str:
        """By which what is typed there is kept."""
        of = f"-{self.appeal.pk}" if self.appeal else ""
        return f"letter-{self.act.slug}{of}"

    def back(self, rr: RecordsRequest) -> str:
        if self.appeal:
            return reverse("appeal_page", args=[self.appeal.pk])
        return reverse("request_page", args=[rr.public_id])


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page works with: the letter, the day, how it goes, what the wording gives."""

    rr: RecordsRequest
    written: Written
    on: date
    office: office_contacts.Addressee
    channel: Channel
    typed: TypedForm
    composed: letters.Composition | None
    exhibits: FurtherExhibitsForm | None = None  # of a supplement
    problem: str = ""

    @property
    def kind(self) -> LetterKind:
        return self.written.kind


def reply(request: HttpRequest, rr: RecordsRequest, written: Written) -> HttpResponse:
    """The page of one letter; see `letter_editing` for what its form can be sent to do."""
    sheet, act = _sheet(request, rr, written), written.act
    kept_page = FormPage(written.page_name, rr)
    if keeping.is_keeping(request):
        return _keep(request, sheet, kept_page)
    if letter_editing.is_editing(request) or "switch" in request.POST:
        return _edited(request, act, sheet)
    form = _form(request, sheet)
    if request.method == "POST":
        if _asked_is_valid(sheet) and fulfilled(form, lambda: _send(request, sheet, form)):
            keeping.close(request, kept_page)
            messages.success(request, f"Recorded: {act.label.lower()}.")
            return SeeOther(written.back(rr))
        return _page(request, act, sheet, form, text=request.POST.get("text", ""))
    if sheet.problem:
        messages.error(request, sheet.problem)
    text = sheet.composed.text if sheet.composed else ""
    form.initial["text"] = text
    opened = open_form.opened(request, kept_page, base="")
    if opened.fields:
        open_form.fill(form, opened.fields)
        open_form.fill(sheet.typed, opened.fields)
        if sheet.exhibits:
            open_form.fill(sheet.exhibits, opened.fields)
    return _page(request, act, sheet, form, text=str(form["text"].value()), opened=opened)


def _keep(request: HttpRequest, sheet: Sheet, kept_page: FormPage) -> HttpResponse:
    """Where nobody typed anything, the form is as its template has it."""
    untouched = _empty_form(sheet)
    untouched.initial["text"] = sheet.composed.text if sheet.composed else ""
    asked: list[forms.BaseForm] = [untouched, type(sheet.typed)(records_request=sheet.rr)]
    if sheet.exhibits:
        asked.append(FurtherExhibitsForm(appeal=sheet.exhibits.appeal))
    has_changed = open_form.differs(open_form.typed(request.POST), asked)
    return keeping.keep(request, kept_page, saved=Saved(""), has_changed=has_changed)


def _sheet(request: HttpRequest, rr: RecordsRequest, written: Written) -> Sheet:
    on = today_in(rr.city)
    typed = written.asks(request.POST or None, records_request=rr)
    facts = typed.facts() if typed.is_bound and typed.is_valid() else typed.proposed()
    exhibits = behind_a_supplement.form_of(request, written.kind, written.appeal)
    if exhibits and exhibits.titles:
        facts["further_exhibits"] = named(number for number, _ in exhibits.titles)
    composed, problem = None, ""
    try:
        composed = _composed(rr, written, on, facts)
    except letters.LetterError as error:
        problem = str(error)
    return Sheet(
        rr=rr,
        written=written,
        on=on,
        office=office_contacts.recipient_of(rr, written.kind, written.appeal),
        channel=_channel(request),
        typed=typed,
        composed=composed,
        exhibits=exhibits,
        problem=problem,
    )


def _asked_is_valid(sheet: Sheet) -> bool:
    is_valid = sheet.typed.is_valid()
    return is_valid and (sheet.exhibits is None or sheet.exhibits.is_valid())


def _composed(
    rr: RecordsRequest, written: Written, on: date, facts: dict[str, Any]
) -> letters.Composition:
    if written.appeal:
        return letters.compose_in_challenge(written.appeal, written.kind, on=on, **facts)
    return letters.compose_reply(rr, written.kind, on=on, **facts)


def _channel(request: HttpRequest) -> Channel:
    switched = request.POST.get("switch", "")
    return Channel(switched) if switched in Channel.values else channel_in(request)


def _form(request: HttpRequest, sheet: Sheet) -> ReplyForm:
    return _empty_form(sheet, request.POST or None, files=request.FILES or None)


def _empty_form(sheet: Sheet, data: Any = None, **more: Any) -> ReplyForm:
    """A letter of a challenge may have a copy, and its body's address is nobody's to keep here."""
    about = {
        "channel": sheet.channel,
        "known": sheet.office.fact_for(sheet.channel),
        "about": AboutLetter(sheet.rr, sheet.kind, sheet.channel, sheet.written.appeal),
        **more,
    }
    offer = sheet.kind.described.in_a_challenge
    if offer is None:
        return ReplyForm(data, **about)
    office = office_contacts.resolve(sheet.rr.newsroom, sheet.rr.city, sheet.rr.office_role)
    return ChallengeLetterForm(data, offer=offer, office_email=office.email.value, **about)


def _edited(request: HttpRequest, act: Act, sheet: Sheet) -> HttpResponse:
    """The same page with the text as it is now; nothing is checked or kept."""
    newsroom = sheet.rr.newsroom
    text = letter_editing.text_after(request, composed=sheet.composed, newsroom=newsroom)
    if sheet.problem and request.POST.get("do") == letter_editing.WRITE:
        messages.error(request, sheet.problem)
    if sheet.exhibits and request.POST.get("do") == letter_editing.PDF and sheet.exhibits.titles:
        letter = _planned(request, sheet)
        return behind_a_supplement.whole(letter, text, sheet.exhibits)
    form = _empty_form(sheet, initial=_typed_before(request, text=text))
    return letter_editing.shown(
        request,
        _preview(request, sheet, text),
        lambda: _page(request, act, sheet, form, text=text),
    )


def _typed_before(request: HttpRequest, *, text: str) -> dict[str, Any]:
    """What stood in the form. After a change of channel an address of the old kind does not fit."""
    sent: dict[str, Any] = dict(request.POST.items())
    if "switch" in sent:
        sent = {name: value for name, value in sent.items() if name in {"source", "checked_on"}}
        return {**sent, "text": text}
    return {**sent, CHOSEN: request.POST.getlist(CHOSEN), "text": text}


def _preview(request: HttpRequest, sheet: Sheet, text: str) -> previews.Preview:
    return previews.of_letter(_planned(request, sheet), text, composed=sheet.composed)


def _planned(request: HttpRequest, sheet: Sheet) -> PlannedLetter:
    to = request.POST.get("to", "") or sheet.office.fact_for(sheet.channel).value
    sending = Sending(sheet.channel, to, copies=_copies(request, sheet))
    on, of, signer = _dated(request, sheet), sheet.written.appeal, person(request)
    listed = sheet.exhibits.titles if sheet.exhibits else ()
    return PlannedLetter(sheet.rr, sheet.kind, sending, on, signer, of, further_exhibits=listed)


def _copies(request: HttpRequest, sheet: Sheet) -> tuple[Copy, ...] | None:
    """As they are ticked; as the pack has them before anybody could, or by another channel."""
    if request.method != "POST" or "switch" in request.POST:
        return None
    return _form(request, sheet).copies_so_far()


def _dated(request: HttpRequest, sheet: Sheet) -> date:
    """The day on the letter: when it was handed over, where that is said; else today."""
    sent = request.POST.get("handed_over_on", "") if sheet.channel.is_by_hand else ""
    field = DayField(required=False)
    try:
        return field.clean(sent) or sheet.on
    except ValidationError:  # the form says so when it is sent
        return sheet.on


def _page(
    request: HttpRequest,
    act: Act,
    sheet: Sheet,
    form: ReplyForm,
    *,
    text: str,
    opened: OpenForm | None = None,
) -> HttpResponse:
    rr = sheet.rr
    kept_page = FormPage(sheet.written.page_name, rr)
    return page(
        request,
        "sending/our_letter.html",
        form,
        sheet.typed,
        *([sheet.exhibits] if sheet.exhibits else []),
        rr=rr,
        city=rr.city,
        act=act,
        form=form,
        typed=sheet.typed,
        exhibits=sheet.exhibits,
        # What a form beside it is typed into has a button of its own.
        write_label="" if sheet.typed.fields else "Write it again from the template",
        tone=_tone(sheet.composed),
        unstated=_unstated(sheet),
        back=sheet.written.back(rr),
        consequences=_consequences(sheet.written),
        office=sheet.office,
        channel=sheet.channel,
        channels=Channel,
        fact=sheet.office.fact_for(sheet.channel),
        paragraphs=letter_editing.offered(rr.newsroom, text),
        preview=_preview(request, sheet, text),
        is_edited=True,
        opened=opened or open_form.opened(request, kept_page, base=""),
        also=keeping.also_here(kept_page, request, None),
    )


def _tone(composed: letters.Composition | None) -> str:
    """Which of a follow-up's three, in a sentence; empty for every other letter."""
    stem = composed.template.rpartition("/")[2].removesuffix(".md") if composed else ""
    if not stem.startswith("follow_up"):
        return ""
    return TONES.get(stem.removeprefix("follow_up").removeprefix("_"), "")


def _unstated(sheet: Sheet) -> list[Gap]:
    """What no source states of misuse, beside a report of it: a fine stands in no such letter."""
    if not sheet.kind.described.goes_to_enforcer:
        return []
    return [gap for gap in sheet.rr.city.not_specified if "misuse" in gap.what]


def _send(request: HttpRequest, sheet: Sheet, form: ReplyForm) -> None:
    letter = form.letter(sheet.typed.facts())
    if sheet.exhibits:
        letter = sheet.exhibits.with_exhibits(letter)
    of = sheet.written.appeal or sheet.rr
    sheet.written.do(of, letter=letter, by=attribution(request), **sheet.typed.arguments())


def _consequences(written: Written) -> list[str]:
    """What is kept and what is lost by a letter that ends something."""
    if written.appeal is None or written.kind != LetterKind.CHALLENGE_WITHDRAWAL:
        return []
    return consequences_of_withdrawing(
        written.appeal, on=today_in(written.appeal.records_request.city)
    )
