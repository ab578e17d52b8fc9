"""Why the next step is what it is, in a sentence or three: for the page of one request."""

from collections.abc import Callable
from datetime import date

from django.utils.timezone import localtime

from requests_app.escalations import step_written_to
from requests_app.headlines import is_missed_by_the_city, over_unsaid, to_prepare
from requests_app.models import (
    Appeal,
    Channel,
    Communication,
    DatasetVersion,
    Deadline,
    Delivery,
    DeliveryState,
    Headline,
    RequestState,
)
from requests_app.policy.clock_pill import purpose_of, time_left
from requests_app.policy.next_step import Seen
from requests_app.vocabulary.channels import how
from requests_app.vocabulary.dates_and_amounts import count, dollars, near_weekday, time_of_day
from requests_app.vocabulary.headlines import NextStep


def why(seen: Seen) -> str:
    """The words under the step's title. What the step is about is read from the database."""
    if seen.headline is None:
        return _of_what_is_over(seen)
    return WORDS[NextStep(seen.headline.step)](seen, seen.headline)


def _of_what_is_over(seen: Seen) -> str:
    ended = seen.request.ended_on
    if seen.request.state == RequestState.DISCARDED:
        when = f" on {near_weekday(ended, seen.today)}" if ended else ""
        return f"This draft was discarded{when}: nothing was sent. All of it is kept."
    assert ended is not None  # the database pairs what is over with its day
    return f"It ended on {near_weekday(ended, seen.today)}. The ledger keeps all of it."


def _delivery(headline: Headline) -> Delivery:
    assert headline.subject is not None  # what these steps are about
    return Delivery.objects.get(pk=headline.subject)


def _hand_over(seen: Seen, headline: Headline) -> str:
    delivery = _delivery(headline)
    return (
        f"The letter to {delivery.to_name} goes {how(delivery.channel)}: somebody does it, then "
        "says on which day."
    )


def _settle_doubt(seen: Seen, headline: Headline) -> str:
    to = _delivery(headline).to_name
    return f"The line broke with the letter to {to} half given. Find out whether it arrived."


def _send_recalled(seen: Seen, headline: Headline) -> str:
    to = _delivery(headline).to_name
    return f"The letter to {to} was recalled before it left: nobody has it, and no clock runs."


def _send_again(seen: Seen, headline: Headline) -> str:
    delivery = _delivery(headline)
    happened = "came back" if delivery.state == DeliveryState.BOUNCED else "did not go"
    answer = delivery.last_answer or "the mail server refused it"
    return f"The letter to {delivery.to_name} {happened}: {answer}"


def _read_message(seen: Seen, headline: Headline) -> str:
    """The city wrote: what it is, a person says before anything else is advised."""
    unread = Communication.objects.unread().filter(records_request=seen.request)
    waiting = list(unread.order_by("on", "pk").values_list("on", "channel"))
    others = f" {count(len(waiting) - 1, 'more message')} since." if len(waiting) > 1 else ""
    day, channel = waiting[0]
    did, on = Channel(channel).described.city_did, near_weekday(day, seen.today)
    return f"{seen.request.city.name} {did} on {on}. Nobody has said yet what it is.{others}"


def _let_it_leave(seen: Seen, headline: Headline) -> str:
    delivery = _delivery(headline)
    if delivery.state == DeliveryState.SENDING:
        return f"The letter to {delivery.to_name} is being sent."
    when = time_of_day(localtime(delivery.not_before))
    return f"The letter to {delivery.to_name} leaves at {when}, and can be recalled until then."


def _submit(seen: Seen, headline: Headline) -> str:
    return "Read the letter as it will be sent, choose how it goes, and file it."


def _finish_draft(seen: Seen, headline: Headline) -> str:
    if seen.request.newsroom.reviews_before_filing:
        return "This newsroom reviews before filing. Send the letter to an editor when it is ready."
    return _submit(seen, headline)


def _review(seen: Seen, headline: Headline) -> str:
    return "An editor reads it before it is filed."


def _clarify(seen: Seen, headline: Headline) -> str:
    return f"{seen.request.city.name} asked what exactly you mean, and waits for your answer."


def _answer_fee(seen: Seen, headline: Headline) -> str:
    amount = seen.request.fee_amount
    assert amount is not None  # the database pairs it with its day
    return (
        f"{seen.request.city.name} wants {dollars(amount)}. Accept it, object, or narrow the "
        "request."
    )


def _missed(seen: Seen, headline: Headline) -> str:
    """What the city let pass, and our time because of it."""
    due = _day(headline.clock, seen.today)
    missed = f"{seen.request.city.name} had until {due} {_purpose(headline)}."
    return f"{missed} {_our_time(seen, headline)}".rstrip()


def _treat_as_denied(seen: Seen, headline: Headline) -> str:
    return f"{_missed(seen, headline)} {seen.request.city.statute.silence.meaning}"


def _follow_up(seen: Seen, headline: Headline) -> str:
    return f"{_missed(seen, headline)} Remind it in writing; the letter quotes the clock."


def _challenge(seen: Seen, headline: Headline) -> str:
    if headline.subject:  # an appeal that is filed
        return (
            f"{_our_time(seen, headline)} No decision of the {_body(seen, headline)} is needed "
            "for that, and none stops the time."
        )
    return (
        f"{_our_time(seen, headline)} Nothing that the city has sent takes that away on every "
        "reading of the law; waiting past that day does."
    )


def _pay_fee(seen: Seen, headline: Headline) -> str:
    due = _day(headline.clock, seen.today)
    if headline.clock and headline.clock.due_on and headline.clock.due_on < seen.today:
        return f"We had until {due} to pay the fee: the city may count the request as ended."
    return f"We have until {due} to pay the fee, or the city counts the request as ended."


def _ask(seen: Seen, headline: Headline) -> str:
    if headline.clock and headline.clock.is_reminder:
        return "No law sets a clock here. The newsroom's own reminder has passed."
    if headline.clock and headline.clock.due_on and headline.clock.due_on < seen.today:
        had = f"We had until {_day(headline.clock, seen.today)} {_purpose(headline)}."
        return f"{had} The request itself still stands."
    return f"We have until {_day(headline.clock, seen.today)} {_purpose(headline)}."


def _follow_up_or_escalate(seen: Seen, headline: Headline) -> str:
    """No law counts here, so nobody is late: it is for the newsroom to move."""
    begun = headline.clock.starts_on if headline.clock else None
    since = f" since {near_weekday(begun, seen.today)}" if begun else ""
    return f"Nothing has come{since}. No law sets a time for it. {_who_comes_next(seen)}"


def _escalate_or_close(seen: Seen, headline: Headline) -> str:
    return f"No law gives a way to challenge it. {_who_comes_next(seen)} Or close the request."


def _who_comes_next(seen: Seen) -> str:
    step = step_written_to(seen.request)
    if step is None:
        return "Nobody comes after: turn it into a records request, under the law."
    name = step.name or seen.request.city.office(step.office).name
    return f"Next comes the {name}. {step.why}"


def _is_it_fixed(seen: Seen, headline: Headline) -> str:
    assert headline.subject is not None  # the step is about a version
    version = DatasetVersion.objects.select_related("dataset").get(pk=headline.subject)
    on = near_weekday(seen.request.city.local_date(version.seen_at), seen.today)
    return f"“{version.dataset.title}” changed after our letter: seen {on}. Is it corrected?"


def _wait(seen: Seen, headline: Headline) -> str:
    turn = f"It is the turn of the {seen.request.office.name}."
    clock = headline.clock
    if clock is None or clock.due_on is None or is_missed_by_the_city(clock, seen.today):
        return turn
    due = _day(clock, seen.today)
    if clock.is_reminder and clock.whose == "ours":
        return f"{turn} The newsroom looks again on {due}."
    if clock.whose == "ours":  # only a silence that has not lapsed yet can start it
        return f"{turn} If it stays silent, you have until {due} {purpose_of(clock)}."
    return f"{turn} It has until {due}."


def _body(seen: Seen, headline: Headline) -> str:
    appeals: list[Appeal] = list(seen.request.appeals.all())
    return next(one.pack_route.body for one in appeals if one.pk == headline.subject)


def _file_appeal(seen: Seen, headline: Headline) -> str:
    return f"An appeal to the {_body(seen, headline)} is drafted and not yet filed."


def _await_decision(seen: Seen, headline: Headline) -> str:
    return f"It is the turn of the {_body(seen, headline)}. Record its decision when it comes."


def _prepare(seen: Seen, headline: Headline) -> str:
    near = to_prepare(seen.request.deadlines.all(), seen.today)
    assert near is not None
    return f"{near.rule} It is before the {_body(seen, headline)}."


def _say_what_came(seen: Seen, headline: Headline) -> str:
    passed = over_unsaid(seen.request.deadlines.all(), seen.today)
    assert passed is not None
    name, day = passed.described.name, _day(passed, seen.today)
    return f"{name}: {day} has passed. Say on the appeal’s page whether it was held or done."


def _challenge_or_close(seen: Seen, headline: Headline) -> str:
    text = "The law’s ways to challenge it stand below, in their order. Or close the request."
    return f"{_our_time(seen, headline)} {text}".lstrip()


def _close(seen: Seen, headline: Headline) -> str:
    if headline.window is None:
        return "Nothing is open any more. Close it when the newsroom has what it asked for."
    left = time_left(headline.window, today=seen.today)  # the records came, and came late
    return (
        f"{left}, though the records have come. Close it when the newsroom has what it asked for."
    )


def _our_time(seen: Seen, headline: Headline) -> str:
    return f"{time_left(headline.window, today=seen.today)}." if headline.window else ""


def _purpose(headline: Headline) -> str:
    return purpose_of(headline.clock) if headline.clock else ""


def _day(clock: Deadline | None, today: date) -> str:
    return near_weekday(clock.due_on, today) if clock and clock.due_on else ""


N = NextStep
WORDS: dict[NextStep, Callable[[Seen, Headline], str]] = {
    N.HAND_OVER: _hand_over,
    N.SETTLE_DOUBT: _settle_doubt,
    N.SEND_RECALLED: _send_recalled,
    N.SEND_AGAIN: _send_again,
    N.READ_MESSAGE: _read_message,
    N.LET_IT_LEAVE: _let_it_leave,
    N.FINISH_DRAFT: _finish_draft,
    N.REVIEW: _review,
    N.SUBMIT: _submit,
    N.CLARIFY: _clarify,
    N.ANSWER_FEE: _answer_fee,
    N.TREAT_AS_DENIED: _treat_as_denied,
    N.FOLLOW_UP: _follow_up,
    N.CHALLENGE: _challenge,
    N.ASK_OR_CHALLENGE: _challenge,
    N.PAY_FEE: _pay_fee,
    N.ASK: _ask,
    N.FOLLOW_UP_OR_ESCALATE: _follow_up_or_escalate,
    N.ESCALATE_OR_CLOSE: _escalate_or_close,
    N.IS_IT_FIXED: _is_it_fixed,
    N.WAIT: _wait,
    N.FILE_APPEAL: _file_appeal,
    N.AWAIT_DECISION: _await_decision,
    N.PREPARE: _prepare,
    N.SAY_WHAT_CAME: _say_what_came,
    N.CHALLENGE_OR_CLOSE: _challenge_or_close,
    N.CLOSE: _close,
}
