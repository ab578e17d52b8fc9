"""One page for everything that can be recorded: `policy.acts` says what each act is, and the table
here which action does it and what its form asks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from requests_app.actions.catalog import escalating
from requests_app.actions.requests import city_determinations, city_progress, ending, notes, silence
from requests_app.actions.sending import offered_letters, our_letters
from requests_app.forms.requests import city_acts as forms
from requests_app.forms.sending import our_letters as asking
from requests_app.forms.sending.rebuttals import RebuttalForm
from requests_app.models import Communication, LetterKind, RecordsRequest
from requests_app.permissions import require
from requests_app.policy.acts import ACTS, ANSWERS, Act
from requests_app.views.lookup import attribution, person, today_in, visible_request
from requests_app.views.mail import possible_meanings
from requests_app.views.mail.what_it_is import next_unread
from requests_app.views.responses import SeeOther, fulfilled, page
from requests_app.views.sending import letter_page
from requests_app.views.sending.letter_page import reply
from requests_app.vocabulary.letter_description import Offer


@dataclass(frozen=True, slots=True)
class Recorded:
    """By a form of its own."""

    do: Callable[..., object]
    form: type[forms.ActForm]


@dataclass(frozen=True, slots=True)
class Written:
    """By a letter; `asks` is what its wording needs from a person."""

    do: Callable[..., object]
    asks: type[asking.TypedForm] = asking.TypedForm


def _moved_by_the_city() -> dict[str, Recorded]:
    """Acts of the city's that make a transition: by the verb of that name, with its day, its words
    and its files. Those that ask for more stand in `BINDINGS`."""
    verbs = {**vars(city_progress), **vars(city_determinations)}
    moves = {slug: ACTS[slug].transition for slug in ANSWERS if ACTS[slug].transition}
    return {slug: Recorded(verbs[name], forms.AnswerForm) for slug, name in moves.items()}


def _form_of(offer: Offer) -> type[asking.TypedForm]:
    """By what its description asks; a letter that argues has the arguments to choose from."""
    return RebuttalForm if "argument" in offer.facts else asking.form_of(offer)


BINDINGS: dict[str, Recorded | Written] = {
    # the city's acts
    **_moved_by_the_city(),
    "received": Recorded(city_progress.receive, forms.ReceivedForm),
    "fees-estimated": Recorded(city_progress.estimate_fees, forms.FeesForm),
    "fee-waiver-denied": Recorded(city_progress.deny_fee_waiver, forms.AnswerForm),
    "extended": Recorded(city_progress.extend, forms.ExtensionForm),
    "produced-in-part": Recorded(city_progress.produce_in_part, forms.AnswerForm),
    "granted": Recorded(city_determinations.grant, forms.GrantForm),
    "granted-in-part": Recorded(city_determinations.grant_in_part, forms.DenialForm),
    "denied": Recorded(city_determinations.deny, forms.DenialForm),
    "deemed-denied": Recorded(silence.treat_as_denial, forms.ActForm),
    "referred": Recorded(city_determinations.refer, forms.ReferralForm),
    "grounds-given": Recorded(city_determinations.give_grounds, forms.AnswerForm),
    "complied": Recorded(city_determinations.comply, forms.AnswerForm),
    "city-sued": Recorded(city_determinations.sue, forms.AnswerForm),
    # our letters
    "clarified": Written(our_letters.clarify),
    "fees-accepted": Written(our_letters.accept_fees),
    "fees-refused": Written(our_letters.refuse_fees),
    "grounds-requested": Written(our_letters.request_grounds),
    "follow-up": Written(our_letters.follow_up),
    "fee-waiver-requested": Written(our_letters.request_fee_waiver, asking.FeeWaiverForm),
    "escalated": Written(escalating.escalate),
    "narrowed": Written(our_letters.narrow, asking.NarrowingForm),
    "thanked": Written(our_letters.thank),
    "suit-announced": Written(our_letters.announce_suit, asking.SuitForm),
    "withdrawn-by-letter": Written(ending.withdraw_by_letter, asking.WithdrawalLetterForm),
    **{
        offer.slug: Written(partial(offered_letters.send, kind=kind), _form_of(offer))
        for kind, offer in LetterKind.offered().items()
    },
    # in the newsroom
    "fees-paid": Recorded(our_letters.pay_fees, forms.ReasonForm),
    "clarification-declined": Recorded(our_letters.decline_clarification, forms.ReasonForm),
    "note": Recorded(notes.note, forms.NoteForm),
    "closed": Recorded(ending.close, forms.ReasonForm),
    "withdrawn": Recorded(ending.withdraw, forms.ReasonForm),
    "lapsed": Recorded(ending.lapse, forms.ReasonForm),
}


def record_act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    if act not in ACTS:
        raise Http404(f"Nothing called {act} can be recorded.")
    chosen, bound = ACTS[act].worded_for(rr.kind), BINDINGS[act]
    require(person(request), chosen.verb, rr)
    if isinstance(bound, Written):
        return reply(request, rr, letter_page.Written(chosen, bound.do, bound.asks))
    return _recorded(request, rr, chosen, bound)


def _recorded(request: HttpRequest, rr: RecordsRequest, act: Act, bound: Recorded) -> HttpResponse:
    form = _form(request, rr, act, bound)
    if request.method == "POST" and fulfilled(
        form, lambda: bound.do(rr, by=attribution(request), **form.arguments())
    ):
        messages.success(request, f"Recorded: {act.label.lower()}.")
        if form.mail:
            return SeeOther(next_unread(person(request), rr))
        return SeeOther(reverse("request_page", args=[rr.public_id]))
    context: dict[str, Any] = {"rr": rr, "city": rr.city, "act": act, "form": form}
    context["mail"] = form.mail
    if act.verb == "treat_as_denial":
        context["silence"] = rr.city.statute.silence
    return page(request, "requests/record.html", form, **context)


def _form(request: HttpRequest, rr: RecordsRequest, act: Act, bound: Recorded) -> forms.ActForm:
    """Filled in from the message it is opened from (`?mail=`), and from one reading of it."""
    mail = _mail(request, rr)
    number = request.GET.get("reading", "")
    reading = int(number) if mail and number.isdecimal() else None
    filled = possible_meanings.initial_of(mail, reading, act.slug) if mail else {}
    return bound.form(
        request.POST or None,
        request.FILES or None,
        records_request=rr,
        mail=mail,
        suggestion=reading,
        initial={"on": today_in(rr.city), **filled},
    )


def _mail(request: HttpRequest, rr: RecordsRequest) -> Communication | None:
    """The standing message of this request that the address names."""
    pk = request.GET.get("mail", "")
    if not pk.isdecimal():
        return None
    filed = Communication.objects.messages().filter(records_request=rr, taken_out_at=None)
    return filed.select_related("mail", "event").filter(pk=pk).first()
