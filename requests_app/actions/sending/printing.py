"""Letters that go by post: several at once, each its own act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from requests_app.actions.errors import Refused
from requests_app.actions.sending import deliveries
from requests_app.ledger.attribution import Attribution
from requests_app.models import Delivery


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one letter of several: posted, or why not."""

    delivery: Delivery
    problem: str = ""


def post_all(
    deliveries: Sequence[Delivery],
    *,
    on: date,
    by: Attribution,
) -> list[Posted]:
    """Each posted on that day, in a transaction of its own: one that cannot be hurts no other."""
    if not deliveries:
        raise Refused("Choose at least one letter. Nothing was changed.")
    return [
        Posted(
            delivery,
            _post(
                delivery,
                on=on,
                by=by,
            ),
        )
        for delivery in deliveries
    ]


def _post(
    delivery: Delivery,
    *,
    on: date,
    by: Attribution,
) -> str:
    try:
        deliveries.hand_over(
            delivery,
            on=on,
            by=by,
        )
    except Refused as refusal:
        return str(refusal)
    return ""
