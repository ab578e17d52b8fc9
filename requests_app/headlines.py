"""Where a request stands and its clocks → what the board says of it. No database.

Nothing here knows today. A headline is asked for a day, and `spans` for every day: it changes on
few of them, so each request has a handful of rows, and nothing is rewritten because a day passes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar

from requests_app.vocabulary.clocks import describe_clock
from requests_app.vocabulary.headlines import NextStep, Section, Turn
from requests_app.vocabulary.states import (
    PENDING,
    REFUSED,
    UNFILED,
    AppealState,
    DeliveryState,
    RequestState,
)

DAY = timedelta(days=1)
SOON = timedelta(days=7)  # a clock that ends within these stands under "This week"
WINDOW_SHOWN = timedelta(days=30)  # our time for a route comes first when it ends within these
PREPARING = timedelta(days=14)  # a hearing or brief of ours is to do from so many days before it


class Clock(Protocol):
    """What is read of a deadline: a `models.Deadline`, or anything that looks like one."""

    @property
    def clock(self) -> str: ...
    @property
    def route(self) -> str: ...
    @property
    def occurrence(self) -> int: ...
    @property
    def whose(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def starts_on(self) -> date | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def latest_on(self) -> date | None: ...
    @property
    def is_reminder(self) -> bool: ...
    @property
    def is_window(self) -> bool: ...
    def status_on(self, day: date) -> str: ...


C = TypeVar("C", bound=Clock)
Kept = TypeVar("Kept")  # a clock too; without the bound, which mypy cannot check of a model here


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a request decides its headline, beside its clocks. Numbers are keys of rows."""

    state: RequestState
    is_of_data: bool = False  # under no records law: a steward is asked, and our reminder counts
    changed_dataset: int | None = None  # the last version of the cited one that nobody looked at
    is_asked: bool = False  # the city waits for our answer to its question
    is_fee_open: bool = False
    is_fee_unsettled: bool = False
    silence_is_denial_of: Collection[str] = ()  # the clocks whose lapse is a denial by law
    troubled: tuple[int, DeliveryState] | None = None  # the first delivery that needs a person
    unread: int | None = None  # the first message of which nobody said what it is
    leaving: int | None = None  # the first delivery that is on its way by itself
    appeal: tuple[int, AppealState] | None = None  # the first that is not decided
    filed_by: Mapping[str, int] = field(default_factory=dict)  # the challenge filed by a route
    is_decided_against_us: bool = False

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING


@dataclass(frozen=True, slots=True)
class Headline(Generic[Kept]):
    """What the board says of a request on a day.

    `clock`: the one that its row shows; `window`: our time for a route that ends first, if any
    runs. `subject`: the key of the delivery, message or appeal that the step is about.
    """

    section: Section
    turn: Turn
    step: NextStep
    clock: Kept | None
    window: Kept | None
    is_late: bool  # the city, or a body, has certainly missed its day
    subject: int | None = None


@dataclass(frozen=True, slots=True)
class Span(Generic[Kept]):
    """One headline from a day until another, both included."""

    from_on: date
    until_on: date
    headline: Headline[Kept]


def spans(facts: Facts, clocks: Iterable[C]) -> list[Span[C]]:
    """The headlines of all days, from the first to the last there are, without a gap."""
    counting = clocks_that_matter(facts, clocks)
    starts = [date.min, *sorted(set(_days_of_change(counting)))]
    ends = [*(day - DAY for day in starts[1:]), date.max]
    found: list[Span[C]] = []
    for from_on, until_on in zip(starts, ends, strict=True):
        headline = _headline(facts, counting, from_on)
        if found and found[-1].headline == headline:
            found[-1] = Span(found[-1].from_on, until_on, headline)
        else:
            found.append(Span(from_on, until_on, headline))
    return found


def headline_on(facts: Facts, clocks: Iterable[C], day: date) -> Headline[C]:
    """What the board says that day."""
    return _headline(facts, clocks_that_matter(facts, clocks), day)


def still_matters(clock: Clock, *, is_pending: bool) -> bool:
    """Once the city has answered, only the clocks of a challenge matter."""
    return is_pending or describe_clock(clock.clock).is_of_a_challenge


def is_missed_by_the_city(clock: Clock, day: date) -> bool:
    """Late is derived: a running clock of theirs whose certain day has passed."""
    return bool(
        clock.status == "running"
        and clock.whose != "ours"
        and not clock.is_reminder
        and clock.due_on
        and clock.due_on < day
    )


def running_window(clocks: Iterable[C], day: date) -> C | None:
    """Our time for a route that ends first, of those that run that day on some reading."""
    running = [
        clock
        for clock in clocks
        if clock.is_window
        and clock.status_on(day) == "running"
        and clock.latest_on
        and clock.latest_on >= day
    ]
    return min(running, key=lambda clock: clock.due_on or date.max, default=None)


def is_entered_of_ours(clock: Clock) -> bool:
    """A running day of a challenge that a person entered, and on which we have to act."""
    is_ours = clock.whose == "ours" and clock.status == "running"
    return is_ours and describe_clock(clock.clock).is_entered


def over_unsaid(clocks: Iterable[C], day: date) -> C | None:
    """The first such day that has passed, and of which nobody said what came of it."""
    passed = (c for c in clocks if is_entered_of_ours(c) and c.due_on and c.due_on < day)
    return min(passed, key=lambda one: one.due_on or date.max, default=None)


def to_prepare(clocks: Iterable[C], day: date) -> C | None:
    """The first such day that is near enough to be prepared."""
    near = (
        clock
        for clock in clocks
        if is_entered_of_ours(clock) and clock.due_on and day <= clock.due_on <= day + PREPARING
    )
    return min(near, key=lambda one: one.due_on or date.max, default=None)


def shown_clock(clocks: Iterable[C], day: date) -> C | None:
    """The one clock a row shows: what the city missed, then our own time for a route where that
    ends soon, or a day of ours in a challenge before it, then what is next, then what is tolled; at
    last what nobody can date.
    """
    clocks = list(clocks)
    window = running_window(clocks, day)
    running = [one for one in clocks if one.status in {"running", "projected"} and one.due_on]
    # A reminder is the headline only where no law's clock runs.
    running = [one for one in running if not one.is_reminder] or running
    late = [one for one in running if is_missed_by_the_city(one, day)]
    ahead = [one for one in running if one.due_on and one.due_on >= day]
    tolled = [one for one in clocks if one.status == "tolled"]
    gone = [one for one in running if one.status_on(day) == "running" and one not in late + ahead]
    soon = [window] if window and window.due_on and window.due_on <= day + WINDOW_SHOWN else []
    if prepared := to_prepare(clocks, day):
        soon = sorted([*soon, prepared], key=lambda one: one.due_on or date.max)
    undated = [one for one in clocks if one.status == "not_computed"]
    ranked = [*late, *soon, *_certain_first(ahead, day), *tolled, *gone, *undated]
    return next(iter(ranked), None)


def clocks_that_matter(facts: Facts, clocks: Iterable[C]) -> list[C]:
    """By their days, and always in one order: of two that end together the same one is shown."""
    counting = [one for one in clocks if still_matters(one, is_pending=facts.is_pending)]
    return sorted(
        counting, key=lambda one: (one.due_on or date.max, one.clock, one.route, one.occurrence)
    )


def _certain_first(clocks: Sequence[C], day: date) -> list[C]:
    return sorted(clocks, key=lambda one: (one.status_on(day) != "running", one.due_on))


def _days_of_change(clocks: Iterable[Clock]) -> Iterator[date]:
    """Every day on which a headline may be another than the day before."""
    for one in clocks:
        if one.status not in {"running", "projected"}:
            continue
        if one.status == "projected" and one.starts_on:
            yield one.starts_on + DAY
        if one.due_on:
            yield from (one.due_on - SOON, one.due_on + DAY)
        if one.is_window:
            yield from (last - WINDOW_SHOWN for last in (one.due_on, one.latest_on) if last)
        if one.is_window and one.latest_on:
            yield one.latest_on + DAY
        if is_entered_of_ours(one) and one.due_on:
            yield one.due_on - PREPARING


def _headline(facts: Facts, clocks: Sequence[C], day: date) -> Headline[C]:
    shown, window = shown_clock(clocks, day), running_window(clocks, day)
    is_late = any(is_missed_by_the_city(one, day) for one in clocks)
    if of_a_challenge := _for_an_entered_day(facts, clocks, day):
        step, turn, subject = of_a_challenge
    else:
        step, turn, subject = _step(facts, shown, window, day)
    section = _section(step, turn, shown, day, is_late=is_late)
    return Headline(section, turn, step, shown, window, is_late, subject)


Next = tuple[NextStep, Turn, int | None]

FOR_A_DELIVERY = {
    DeliveryState.BY_HAND: NextStep.HAND_OVER,
    DeliveryState.IN_DOUBT: NextStep.SETTLE_DOUBT,
    DeliveryState.RECALLED: NextStep.SEND_RECALLED,
}


def _step(facts: Facts, shown: Clock | None, window: Clock | None, day: date) -> Next:
    """What went wrong on its way comes first, then what the city wrote."""
    if facts.troubled:
        delivery, stands = facts.troubled
        return FOR_A_DELIVERY.get(stands, NextStep.SEND_AGAIN), Turn.OURS, delivery
    if facts.unread:
        return NextStep.READ_MESSAGE, Turn.OURS, facts.unread
    if facts.leaving:
        return NextStep.LET_IT_LEAVE, Turn.DESK, facts.leaving
    if facts.state in UNFILED:
        return *BEFORE_FILING[facts.state], None
    if facts.changed_dataset:
        return NextStep.IS_IT_FIXED, Turn.OURS, facts.changed_dataset
    if facts.is_pending:
        return *_while_pending(facts, shown, window, day), None
    return _after_an_answer(facts, window)


def _for_an_entered_day(facts: Facts, clocks: Sequence[Clock], day: date) -> Next | None:
    """What a hearing or a brief asks of us, where nothing that is on its way or unread comes first
    and no time of ours for a route ends before it."""
    if facts.troubled or facts.unread or facts.leaving:
        return None
    if passed := over_unsaid(clocks, day):
        return NextStep.SAY_WHAT_CAME, Turn.OURS, facts.filed_by.get(passed.route)
    near, window = to_prepare(clocks, day), running_window(clocks, day)
    if near is None or (window and window.due_on and near.due_on and window.due_on <= near.due_on):
        return None
    return NextStep.PREPARE, Turn.OURS, facts.filed_by.get(near.route)


BEFORE_FILING = {
    RequestState.DRAFT: (NextStep.FINISH_DRAFT, Turn.OWNER),
    RequestState.IN_REVIEW: (NextStep.REVIEW, Turn.EDITOR),
    RequestState.APPROVED: (NextStep.SUBMIT, Turn.OURS),
}


def _while_pending(
    facts: Facts, shown: Clock | None, window: Clock | None, day: date
) -> tuple[NextStep, Turn]:
    if facts.is_asked:
        return NextStep.CLARIFY, Turn.OURS
    if facts.is_fee_open:
        return NextStep.ANSWER_FEE, Turn.OURS
    if shown and is_missed_by_the_city(shown, day):
        is_denial = shown.clock in facts.silence_is_denial_of
        return NextStep.TREAT_AS_DENIED if is_denial else NextStep.FOLLOW_UP, Turn.CITY
    if window:
        # The city has not certainly missed anything, and a right of ours runs: never "wait".
        last = window.due_on or window.latest_on
        is_soon = last is not None and last <= day + WINDOW_SHOWN
        return NextStep.CHALLENGE if is_soon else NextStep.ASK_OR_CHALLENGE, Turn.OURS
    if shown and shown.whose == "ours":
        return _in_our_time(facts, shown, day)
    return NextStep.WAIT, Turn.CITY


def _in_our_time(facts: Facts, shown: Clock, day: date) -> tuple[NextStep, Turn]:
    """A clock of ours: the fee, the newsroom's own reminder, or a time for a route that is over or
    that only a silence would start.
    """
    if shown.is_window and shown.status_on(day) == "projected":
        return NextStep.WAIT, Turn.CITY
    if shown.is_reminder and shown.due_on and shown.due_on >= day:
        return NextStep.WAIT, Turn.CITY
    if not (shown.is_reminder or shown.is_window) and facts.is_fee_unsettled:
        return NextStep.PAY_FEE, Turn.OURS
    if facts.is_of_data and shown.is_reminder:
        return NextStep.FOLLOW_UP_OR_ESCALATE, Turn.OURS
    return NextStep.ASK, Turn.OURS


def _after_an_answer(facts: Facts, window: Clock | None) -> Next:
    if facts.appeal:
        appeal, stands = facts.appeal
        if stands == AppealState.DRAFT:
            return NextStep.FILE_APPEAL, Turn.OURS, appeal
        if window:  # no decision that is awaited here stops our time for another route
            return NextStep.CHALLENGE, Turn.OURS, appeal
        return NextStep.AWAIT_DECISION, Turn.BODY, appeal
    if facts.is_of_data and facts.state in REFUSED:
        return NextStep.ESCALATE_OR_CLOSE, Turn.OURS, None
    if facts.state in REFUSED or facts.is_decided_against_us:
        return NextStep.CHALLENGE_OR_CLOSE, Turn.OURS, None
    return NextStep.CLOSE, Turn.OURS, None


# What keeps a request from going on at all stands under "To do" even where the city is late.
BEFORE_ALL = (*FOR_A_DELIVERY.values(), NextStep.SEND_AGAIN, NextStep.READ_MESSAGE)


def _section(
    step: NextStep, turn: Turn, shown: Clock | None, day: date, *, is_late: bool
) -> Section:
    if step in BEFORE_ALL:
        return Section.TO_DO
    if is_late:
        return Section.LATE
    if turn in {Turn.OURS, Turn.OWNER, Turn.EDITOR}:
        return Section.TO_DO
    is_counted = shown is not None and shown.status in {"running", "projected"}
    if is_counted and shown and shown.due_on and day <= shown.due_on <= day + SOON:
        return Section.THIS_WEEK
    return Section.WAITING
