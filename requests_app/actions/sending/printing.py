"""Letters and copies that go by post: several at once, each its own act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from requests_app.actions.errors import Refused
from requests_app.actions.sending import copies, deliveries
from requests_app.ledger.attribution import Attribution
from requests_app.models import Delivery, Letter, LetterCopy


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one letter of several, or of a copy: posted, or why not."""

    letter: Letter
    problem: str = ""


def post_all(
    waiting: Sequence[Delivery],
    copies_waiting: Sequence[LetterCopy] = (),
    *,
    on: date,
    by: Attribution,
) -> list[Posted]:
    """Each posted on that day, in a transaction of its own: one that cannot be hurts no other."""
    if not waiting and not copies_waiting:
        raise Refused("Choose at least one letter. Nothing was changed.")
    letters = [
        Posted(one.letter, _problem(partial(deliveries.hand_over, one, on=on, by=by)))
        for one in waiting
    ]
    others = [
        Posted(one.letter, _problem(partial(copies.give, one, on=on, by=by)))
        for one in copies_waiting
    ]
    return [*letters, *others]


def _problem(post: Callable[[], object]) -> str:
    try:
        post()
    except Refused as refusal:
        return str(refusal)
    return ""
