"""Who did something on which day, and what the ledger says of it: all of an event but its kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from requests_app.ledger.attribution import Recorder
from requests_app.models import Appeal, Delivery


@dataclass(frozen=True, slots=True)
class Occasion:
    """`on` is the city's day on which it happened; that of the moment of `by`, if none is given.

    `appeal` and `delivery`: which of the request's it concerns, if it concerns one.
    """

    by: Recorder
    on: date | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    appeal: Appeal | None = None
    delivery: Delivery | None = None
