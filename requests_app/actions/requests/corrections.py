"""A mistake in the ledger is struck, restored, or put on its right day; all else follows from it.

Nothing is taken back that has left the house, nor what a machine alone may say. One transaction,
the request's row locked: the correction is written, its entries are replayed, and a history that
cannot have been is refused with the entry that rests on what was struck.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from requests_app import ledger
from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.mail import calls_and_letters
from requests_app.actions.mail.kept_suggestions import offer_again, settle_as_before
from requests_app.actions.transitions import lock, refuse_on_clock_error, rewrite
from requests_app.delivery import outbox
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.correcting_entries import on_another_day
from requests_app.ledger.inputs import events_of
from requests_app.ledger.replay import ImpossibleHistoryError, fold, name_of
from requests_app.models import Appeal, Event, EventKind, RecordsRequest
from requests_app.policy.correctable_entries import why_day_stands, why_kind_stands
from requests_app.vocabulary.dates_and_amounts import short_weekday
from requests_app.vocabulary.event_description import Actor
from requests_app.vocabulary.event_kinds import describe
from requests_app.vocabulary.states import UNDECIDED

K = EventKind
UNCHANGED = "Nothing was changed."


def why_not_struck(entry: Event) -> str:
    """ "" if an entry that stands may be struck; otherwise the reason why not."""
    if reason := why_kind_stands(entry):
        return reason
    if outbox.has_left(entry):
        return "Its letter has left the house: what was sent is not taken back."
    if entry.kind == K.BOUNCED and not outbox.stands_as_bounced(entry):
        return "The letter was sent again since: this report is what that answered."
    return ""


@transaction.atomic
def strike(entry: Event, *, why: str, by: Attribution) -> Event:
    """This did not happen, or not so: the entry stays readable, and nothing follows from it."""
    request = lock(entry.records_request)
    _check_why(why)
    _check_stands(entry)
    if reason := why_not_struck(entry):
        raise Refused(f"{reason} {UNCHANGED}")
    correction = _correct(request, entry, K.ENTRY_STRUCK, why=why, by=by)
    _follow(request, newest=correction, struck=entry, by=by)
    if entry.kind == K.BOUNCED:
        outbox.strike_bounce(entry)
    calls_and_letters.put_away(entry, by=by)
    offer_again(entry)
    ledger.write_headlines([request])
    return correction


@transaction.atomic
def restore(entry: Event, *, why: str, by: Attribution) -> Event:
    """A struck entry stands again, for striking it was the mistake."""
    request = lock(entry.records_request)
    _check_why(why)
    struck = _strike_of(entry)
    if struck is None:
        raise Refused(f"This entry is not struck, so it stands already. {UNCHANGED}")
    _check_no_other_stands_for_it(entry)
    if entry.kind == K.BOUNCED and not outbox.restore_bounce(entry):
        raise Refused(f"That letter does not stand as sent any more. {UNCHANGED}")
    correction = _correct(request, struck, K.ENTRY_RESTORED, why=why, by=by)
    _follow(request, newest=correction, struck=None, by=by)
    calls_and_letters.bring_back(entry)
    settle_as_before(entry)
    ledger.write_headlines([request])
    return correction


@transaction.atomic
def correct_day(entry: Event, *, on: date, why: str, by: Attribution) -> Event:
    """The same entry on its right day, in place of the one that is struck by this."""
    request = lock(entry.records_request)
    _check_why(why)
    _check_stands(entry)
    if reason := why_day_stands(entry):
        raise Refused(f"{reason} {UNCHANGED}")
    _check_day(request, entry, on, by=by)
    _correct(request, entry, K.ENTRY_STRUCK, why=why, by=by)
    corrected = on_another_day(entry, on=on, by=by)
    _follow(request, newest=corrected, struck=entry, by=by)
    if corrected.kind == K.SENT:
        outbox.correct_handing_over(corrected)
    settle_as_before(corrected)
    ledger.write_headlines([request])
    return corrected


def _check_why(why: str) -> None:
    if not why.strip():
        raise Refused(f"Say why: whoever reads the ledger later must know. {UNCHANGED}")


def _check_stands(entry: Event) -> None:
    if struck := _strike_of(entry):
        who = struck.by.name if struck.by else "the desk"
        when = short_weekday(struck.on)
        raise Refused(f"This entry was struck already, by {who} on {when}. {UNCHANGED}")


def _check_no_other_stands_for_it(entry: Event) -> None:
    first = entry.first_entry
    same = Event.objects.filter(Q(pk=first.pk) | Q(in_place_of=first.pk))
    if standing := same.effective().first():
        when = short_weekday(standing.on)
        raise Refused(f"It was put on another day, {when}: strike that entry first. {UNCHANGED}")


def _strike_of(entry: Event) -> Event | None:
    """The correction that strikes it now, if any."""
    strikes = entry.corrections.effective().filter(kind=K.ENTRY_STRUCK)
    return strikes.select_related("by", "strikes").last()


def _check_day(request: RecordsRequest, entry: Event, on: date, *, by: Attribution) -> None:
    if on == entry.on:
        raise Refused(f"It is entered on {short_weekday(on)} already. {UNCHANGED}")
    after, what = None, "it was submitted"
    if entry.kind == K.SENT and entry.delivery is not None:
        after, what = entry.delivery.letter.dated_on, "the letter was issued"
    elif describe(entry.kind).actor is not Actor.NOBODY:
        after = request.submitted_on
    days.check(request, on, at=by.at, after=after, after_what=what)


def _correct(
    request: RecordsRequest, entry: Event, kind: EventKind, *, why: str, by: Attribution
) -> Event:
    on = days.today(request, by.at)
    return ledger.correct(entry, kind, on=on, why=why.strip(), by=by)


@transaction.atomic
def rewrite_from_ledger(records_request: RecordsRequest, *, at: datetime, because: str) -> None:
    """State, days, appeals and deadlines as the ledger gives them, which it is told nothing of.

    Raises ImpossibleHistoryError, ClockError, and Refused where an appeal has no room again.
    """
    request = lock(records_request)
    replayed = fold(request, events_of([request])[request.pk])
    rewrite(request, {**replayed.fields, "city_reference": _number_given(request)}, at=at)
    for appeal in request.appeals.all():
        fields = replayed.fields_of_appeal(appeal.pk)
        _check_route_is_free(appeal, fields["state"])
        rewrite(lock(appeal), fields, at=at)
    ledger.rederive(request, at=at, because=because)


def _number_given(request: RecordsRequest) -> str:
    """The city's own number, as its last answer that stands gave it.

    No transition sets it. One that no entry names is older than entries that do, and stays.
    """
    given = request.events.filter(data__has_key="city_reference").order_by("pk")
    if request.city_reference not in {"", *(event.data["city_reference"] for event in given)}:
        return request.city_reference
    last = given.effective().last()
    return str(last.data["city_reference"]) if last else ""


def _follow(
    request: RecordsRequest, *, newest: Event, struck: Event | None, by: Attribution
) -> None:
    """All that the ledger gives now, and the letters that leave or stay with their acts."""
    try:
        with refuse_on_clock_error():
            rewrite_from_ledger(request, at=by.at, because="a correction")
    except ImpossibleHistoryError as error:
        raise Refused(_refusal(error, newest, struck)) from error
    outbox.cancel_and_recall(request)


def _refusal(error: ImpossibleHistoryError, newest: Event, struck: Event | None) -> str:
    entry = error.entry
    named = f"“{name_of(entry.kind)}” of {short_weekday(entry.on)}"
    if entry.pk == newest.pk:
        day = short_weekday(newest.on)
        return f"It cannot have happened on {day}: {error.reason} {UNCHANGED}"
    if struck is not None:
        return f"{named} rests on it: strike that entry first. {UNCHANGED}"
    return f"It cannot stand again: {named}, {error.reason} {UNCHANGED}"


def _check_route_is_free(appeal: Appeal, state: str) -> None:
    """One open appeal a route: a later one may have been begun where this one was over."""
    if state not in UNDECIDED or appeal.state in UNDECIDED:
        return
    others = Appeal.objects.undecided().filter(
        records_request=appeal.records_request_id, route=appeal.route
    )
    if others.exclude(pk=appeal.pk).exists():
        raise Refused(
            f"Another “{appeal.pack_route.name}” was begun since: withdraw that one first. "
            f"{UNCHANGED}"
        )
