"""The draft of a challenge, kept with the facts: what was recorded since, and settled by a person.

A draft remembers the wording it was made from and the ledger's last entry then. As long as the
facts give that wording still, and the other side did nothing since, it can be filed. Otherwise a
person says of each changed sentence whether the draft takes it; what they keep stays on record.
"""

import json
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction

from requests_app import letters
from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.filings.argument_rows import propose
from requests_app.actions.transitions import lock, record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.effective import struck_by
from requests_app.ledger.occasion import Occasion
from requests_app.letters.wording.changed_sentences import ChangedSentence, changed_sentences, take
from requests_app.letters.wording.merged_sections import (
    changed_blocks,
    merge_sections,
    without_sections,
)
from requests_app.models import Appeal, AppealState, Event, EventKind
from requests_app.policy.rights import open_routes
from requests_app.vocabulary.dates_and_amounts import short_day
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import describe

TAKE, KEEP = "take", "keep"


@dataclass(frozen=True, slots=True)
class MovedEntry:
    """An entry of the ledger that came after a draft, or stands no more."""

    on: date
    heading: str
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class SinceDrafted:
    """What moved since a draft was written or last brought up to date.

    `recorded`: acts of the city or a body that were entered since, or that stand no more.
    `argued_and_asked`: what comes and goes of the argument and of what is asked for; it follows the
    facts, and a person chooses anew on the argument's page. `is_closed`: nothing that stands today
    opens the route.
    """

    composed: letters.Composition
    answers: str
    recorded: tuple[Event, ...] = ()
    no_longer: tuple[Event, ...] = ()
    sentences: tuple[ChangedSentence, ...] = ()
    argued_and_asked: tuple[ChangedSentence, ...] = ()
    is_closed: bool = False

    @property
    def is_to_be_settled(self) -> bool:
        has_moved = bool(self.recorded or self.no_longer or self.sentences or self.argued_and_asked)
        return has_moved and not self.is_closed

    @property
    def entries(self) -> tuple[MovedEntry, ...]:
        """What was recorded or struck since, as a page lists it."""
        return (
            *(MovedEntry(event.on, describe(event.kind).heading) for event in self.recorded),
            *(MovedEntry(event.on, describe(event.kind).heading, True) for event in self.no_longer),
        )

    @property
    def seen(self) -> str:
        """By which a page proves which facts it showed."""
        entries = [event.pk for event in (*self.recorded, *self.no_longer)]
        facts = [self.composed.text, self.answers, entries, self.is_closed]
        return sha256(json.dumps(facts).encode()).hexdigest()


def since_drafted(appeal: Appeal, *, on: date) -> SinceDrafted:
    """Refused where the letter could not be written from the facts of today."""
    request = appeal.records_request
    events = list(request.events.order_by("pk"))
    options = {option.route.slug: option for option in open_routes(request, on=on)}
    option = options.get(appeal.route)
    recorded, no_longer = _moved(events, appeal)
    if option is None:
        kept = letters.Composition(appeal.composed_text, appeal.letter_template, "", {})
        return SinceDrafted(kept, appeal.answers, recorded, no_longer, is_closed=True)
    answers = option.answers
    composed = compose(appeal, answers, on=on)
    return SinceDrafted(
        composed,
        answers,
        recorded,
        no_longer,
        changed_sentences(
            without_sections(appeal.composed_text),
            without_sections(composed.text),
            appeal.letter_text,
        ),
        changed_blocks(appeal.composed_text, composed.text),
    )


def compose(appeal: Appeal, answers: str, *, on: date) -> letters.Composition:
    """The wording of today for what is challenged. Refused where a fact is missing."""
    as_of_today = copy(appeal)
    as_of_today.answers = answers
    try:
        return letters.compose_appeal(as_of_today, on=on)
    except letters.LetterError as error:
        raise Refused(str(error)) from error


def _moved(events: list[Event], appeal: Appeal) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """The other side's acts that were entered since and stand; and those struck since."""
    struck, seen = struck_by(events), appeal.composed_through
    theirs = [event for event in events if _is_theirs(event) and event.appeal_id != appeal.pk]
    recorded = tuple(event for event in theirs if event.pk > seen and event.pk not in struck)
    no_longer = tuple(
        event
        for event in theirs
        if event.pk <= seen and event.pk in struck and struck[event.pk].pk > seen
    )
    return recorded, no_longer


def _is_theirs(event: Event) -> bool:
    described = describe(event.kind)
    return described.actor.is_other_side and not described.marks & Mark.READ_BY_NO_CLOCK


def check_up_to_date(appeal: Appeal, *, on: date) -> None:
    """For filing, under the request's lock. Refused, with what moved, until a person settled it."""
    since = since_drafted(appeal, on=on)
    if since.is_closed:
        raise Refused(
            f"Nothing that stands today can be taken to the {appeal.pack_route.body}: see on the "
            "request's page what is open. Nothing was filed."
        )
    if since.is_to_be_settled:
        raise Refused(
            f"{in_words(since)} Bring the draft up to date first, on its own page. Nothing was "
            "filed."
        )


def in_words(since: SinceDrafted) -> str:
    """What moved, in a sentence or two."""
    told = [_told(event, "was recorded") for event in since.recorded]
    told += [_told(event, "was struck") for event in since.no_longer]
    if not told:
        return "The facts of this letter have changed since it was written."
    return f"Since this letter was written, {'; '.join(told)}."


def _told(event: Event, what: str) -> str:
    return f"“{describe(event.kind).heading}” of {short_day(event.on)} {what}"


@transaction.atomic
def settle(appeal: Appeal, choices: Mapping[str, str], *, seen: str, by: Attribution) -> Appeal:
    """Bring a draft up to date: `choices` says of each changed sentence, by its key, TAKE or KEEP.

    `seen` proves which facts the person looked at: Refused where others were recorded meanwhile.
    """
    request = lock(appeal.records_request)
    lock(appeal)
    if appeal.state != AppealState.DRAFT:
        stands = appeal.get_state_display().lower()
        raise Refused(f"This appeal is {stands}: its letter is not changed any more.")
    since = since_drafted(appeal, on=days.today(request, by.at))
    if seen != since.seen:
        raise Refused(
            f"{in_words(since)} It is more than this page showed: look again, then decide. "
            "Nothing was changed."
        )
    if not since.is_to_be_settled:
        raise Refused("This draft is up to date already. Nothing was changed.")
    if any(choices.get(one.key) not in {TAKE, KEEP} for one in since.sentences):
        raise Refused(
            "Say of each changed sentence whether the letter takes it. Nothing was changed."
        )
    appeal.letter_text = merged(appeal, since, choices)
    kept = [one.now or one.was for one in since.sentences if choices[one.key] == KEEP]
    _take_in(appeal, since, kept, by=by)
    return appeal


def merged(appeal: Appeal, since: SinceDrafted, choices: Mapping[str, str]) -> str:
    """The draft with each sentence that it takes; the writer's own words stay where they were."""
    text = appeal.letter_text
    for one in since.sentences:
        if choices.get(one.key) == TAKE:
            text = take(one, text, before=appeal.composed_text, after=since.composed.text)
    return merge_sections(appeal.composed_text, text, since.composed.text)


def _take_in(appeal: Appeal, since: SinceDrafted, kept: list[str], *, by: Attribution) -> None:
    request = appeal.records_request
    data = {
        "route": appeal.route,
        "body": appeal.pack_route.body,
        "answers": since.answers,
        "kept": kept,
    }
    kind = EventKind.APPEAL_BROUGHT_UP_TO_DATE
    event = record(request, kind, Occasion(by, data=data, appeal=appeal))
    remember(appeal, since.composed, since.answers, event.pk)
    appeal.save()
    propose(appeal, on=days.today(request, by.at), by=by)


def remember(appeal: Appeal, composed: letters.Composition, answers: str, last_entry: int) -> None:
    """From these facts the draft is written now."""
    appeal.answers = answers
    appeal.letter_template = composed.template
    appeal.composed_text, appeal.composed_through = composed.text, last_entry
