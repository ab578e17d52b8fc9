"""Who comes next where a request for data is not answered or not settled, as the guides say it."""

from typing import Self

from pydantic import model_validator

from cities.schema.facts import Confidence, Text, Value
from cities.schema.offices import OfficeRole, RequestKind

OF_DATA = (RequestKind.DATASET, RequestKind.CORRECTION, RequestKind.ACCESS)


class EscalationStep(Value):
    """One step of a city's chain, after the steward. None binds anybody, and none has a clock.

    `name` and `salutation` are for whom the step means in that office; empty: the office's own.
    """

    slug: Text
    office: OfficeRole
    name: str = ""
    salutation: str = ""
    is_records_request: bool = False  # not another letter, but a request under the records law
    for_kinds: tuple[RequestKind, ...] = OF_DATA
    why: Text
    source: Text
    confidence: Confidence = Confidence.FOUND

    @model_validator(mode="after")
    def _is_about_data(self) -> Self:
        if RequestKind.RECORDS in self.for_kinds:
            raise ValueError("a records request has the law's own routes: leave `records` out")
        return self
