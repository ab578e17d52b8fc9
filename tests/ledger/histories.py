"""Random histories of a request, by the real actions, so that the same one can be lived twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from requests_app.actions.errors import Refused
from requests_app.actions.requests import (
    appeals,
    city_determinations,
    city_progress,
    ending,
    notes,
    silence,
)
from requests_app.actions.sending import our_letters
from requests_app.delivery import outbox
from requests_app.demo.finished_drafts import finish
from requests_app.ledger.attribution import ByTheDesk
from requests_app.models import Appeal, Event, RecordsRequest
from tests.factories import BY_EMAIL, NOW, TODAY, acting, let_go, mailed, said, submitted

BEGAN = NOW - timedelta(days=30)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Step:
    """One thing somebody does, on a day, at a moment; what it does is a name of `DOES`."""

    does: str
    on: date
    at: datetime


def _open_appeal(request: RecordsRequest, state: str) -> Appeal:
    found = request.appeals.filter(state=state).first()
    if found is None:
        raise Refused("No such appeal.")
    return found


def _appeal(request: RecordsRequest, step: Step) -> None:
    appeal = appeals.draft(request, route="foic", **acting(request, step.at))
    finish(appeal, **acting(request, step.at))
    sent = appeals.file(appeal, sending=BY_EMAIL, **acting(request, step.at))
    let_go(sent, at=step.at)


def _decide(request: RecordsRequest, step: Step) -> None:
    appeal = _open_appeal(request, "filed")
    appeals.decide(appeal, appeals.Decision(step.on, "affirmed"), **acting(request, step.at))


def _give_up(request: RecordsRequest, step: Step) -> None:
    appeals.withdraw(_open_appeal(request, "filed"), on=step.on, **acting(request, step.at))


def _letter(verb: Callable[..., Any], *, leaves: bool) -> Callable[[RecordsRequest, Step], None]:
    def write(request: RecordsRequest, step: Step) -> None:
        delivery = verb(request, **{**mailed(request), **acting(request, step.at)})
        if leaves:
            let_go(delivery, at=step.at)

    return write


def _bounce(request: RecordsRequest, step: Step) -> None:
    first = request.deliveries.order_by("pk").first()
    assert first is not None
    if outbox.mark_bounced(first, by=ByTheDesk(step.at), answer="550") is None:
        raise Refused("It came back already.")


def _answer(verb: Callable[..., Any], **facts: Any) -> Callable[[RecordsRequest, Step], None]:
    def record(request: RecordsRequest, step: Step) -> None:
        verb(request, answer=said(step.on), **acting(request, step.at), **facts)

    return record


def _on(verb: Callable[..., Any], **facts: Any) -> Callable[[RecordsRequest, Step], None]:
    def record(request: RecordsRequest, step: Step) -> None:
        verb(request, on=step.on, **acting(request, step.at), **facts)

    return record


DOES: dict[str, Callable[[RecordsRequest, Step], None]] = {
    "receive": _on(city_progress.receive),
    "acknowledge": _answer(city_progress.acknowledge),
    "ask": _answer(city_progress.request_clarification),
    "clarify": _letter(our_letters.clarify, leaves=True),
    "clarify and wait": _letter(our_letters.clarify, leaves=False),
    "decline": _on(our_letters.decline_clarification),
    "quote": _answer(city_progress.estimate_fees, amount=Decimal("40.00")),
    "quote more": _answer(city_progress.estimate_fees, amount=Decimal("80.00")),
    "accept fees": _letter(our_letters.accept_fees, leaves=False),
    "pay": _on(our_letters.pay_fees),
    "waive": _answer(city_progress.waive_fees),
    "refuse the waiver": _answer(city_progress.deny_fee_waiver),
    "extend": _answer(city_progress.extend),
    "produce": _answer(city_progress.produce_in_part),
    "grant": _answer(city_determinations.grant),
    "grant in part": _answer(city_determinations.grant_in_part),
    "deny": _answer(city_determinations.deny),
    "no records": _answer(city_determinations.find_no_records),
    "refer": _answer(city_determinations.refer, to="the State Police"),
    "silence": _on(silence.treat_as_denial),
    "note": _on(notes.note, text="She called."),
    "appeal": _appeal,
    "decide": _decide,
    "give up": _give_up,
    "comply": _answer(city_determinations.comply),
    "bounce": _bounce,
    "close": _on(ending.close),
    "lapse": _on(ending.lapse),
    "withdraw": _on(ending.withdraw),
}
ENDS = {"close", "lapse", "withdraw"}


def begun() -> RecordsRequest:
    return submitted(at=BEGAN)


def random_steps(random: Random, count: int) -> Iterator[Step]:
    """What may be tried one after the other; days in no order, as people enter them."""
    lively = [name for name in DOES if name not in ENDS]
    first = TODAY - timedelta(days=30)
    for number in range(count):
        names = list(DOES) if number > count - 3 else lively
        day = first + timedelta(days=random.randrange(31))
        yield Step(random.choice(names), day, NOW + MINUTE * number)


def live(request: RecordsRequest, steps: list[Step]) -> list[tuple[Step, list[Event]]]:
    """Each step that was possible, with the entries it left; what is refused leaves none."""
    lived = []
    for step in steps:
        before = set(request.events.values_list("pk", flat=True))
        try:
            DOES[step.does](request, step)
        except Refused:
            continue
        request.refresh_from_db()
        lived.append((step, list(request.events.exclude(pk__in=before).order_by("pk"))))
    return lived


CLOCK = ("clock", "route", "occurrence", "whose", "status", "starts_on", "due_on", "met_on",
         "earliest_on", "latest_on", "nominal_on", "rule", "explanation")  # fmt: skip
NOT_OF_ITS_HISTORY = {"id", "public_id", "reference", "newsroom_id", "created_by_id",
                      "assigned_to_id", "changed_at", "letter_text"}  # fmt: skip


def follows(request: RecordsRequest) -> dict[str, Any]:
    """The rows that follow from its ledger, without the keys that another request's have not."""
    stored = RecordsRequest.objects.values().get(pk=request.pk)
    return {
        "request": {k: v for k, v in stored.items() if k not in NOT_OF_ITS_HISTORY},
        "appeals": list(
            request.appeals.order_by("pk").values(
                "route", "state", "outcome", "filed_on", "decided_on"
            )
        ),
        "deadlines": list(request.deadlines.order_by(*CLOCK[:3]).values(*CLOCK)),
    }
