"""What each act does and asks: of all that `policy.acts` says can be recorded, the action that does
it and the form that checks what is entered. Pages and the API read this one table."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from requests_app.actions.catalog import escalating
from requests_app.actions.requests import city_determinations, city_progress, ending, notes, silence
from requests_app.actions.sending import offered_letters, our_letters
from requests_app.forms.requests import city_acts as forms
from requests_app.forms.sending import our_letters as asking
from requests_app.forms.sending.rebuttals import RebuttalForm
from requests_app.models import LetterKind
from requests_app.policy.acts import ACTS, ANSWERS
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
