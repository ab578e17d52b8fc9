"""What each kind of request asks for, beyond its city, office and subject.

Kept as JSON on the request; read back here as frozen values. Forms mirror these fields, letters
take their facts from them. Labels and help texts belong to the forms.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from cities.schema.city import RequestKind


class ParticularsError(ValueError):
    """What is wrong, as field → a sentence for a person; "" is the whole."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


def _printable(raw: Any) -> Any:
    """Without control characters, which neither PostgreSQL nor a PDF takes; one kind of newline."""
    if raw is None:
        return ""
    if not isinstance(raw, str):
        return raw
    unix = raw.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in unix if c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160))


def _blank_is_none(raw: Any) -> Any:
    return None if raw == "" else raw


Line = Annotated[
    str,
    BeforeValidator(_printable),
    StringConstraints(strip_whitespace=True, max_length=500),
]
Prose = Annotated[
    str,
    BeforeValidator(_printable),
    StringConstraints(strip_whitespace=True, max_length=300_000),
]
RequiredLine = Annotated[Line, Field(min_length=1)]
RequiredProse = Annotated[Prose, Field(min_length=1)]
Day = Annotated[date | None, BeforeValidator(_blank_is_none)]
Amount = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]
Dollars = Annotated[Amount | None, BeforeValidator(_blank_is_none)]


class Particulars(BaseModel):
    """The common part: frozen, and strict about names so that a form's misspelling is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[RequestKind]

    def to_json(self) -> dict[str, Any]:
        """As the request keeps it: dates and money as text."""
        return self.model_dump(mode="json")


class Records(Particulars):
    """Copies of records. `what` is one description, or several, one a line."""

    kind = RequestKind.RECORDS
    what: RequiredProse
    from_on: Day = None
    to_on: Day = None
    format: Line = ""
    fee_limit: Dollars = None
    wants_fee_waiver: bool = False
    fee_waiver_ground: Prose = ""

    @model_validator(mode="after")
    def _period_runs_forward(self) -> Self:
        if self.from_on and self.to_on and self.to_on < self.from_on:
            raise ValueError("The period ends before it begins: exchange the two dates.")
        return self


class Dataset(Particulars):
    """Publication, or an export, of a dataset, or more fields in one that is published.

    `asks_for` is empty in requests of before it was asked: they ask for either of the first two.
    """

    kind = RequestKind.DATASET
    asks_for: Literal["", "publish", "export", "add_fields"] = ""
    name_or_topic: RequiredLine
    purpose: RequiredProse
    fields: Prose = ""
    format: Line = ""
    intended_use: Prose = ""

    @model_validator(mode="after")
    def _names_what_is_to_be_added(self) -> Self:
        if self.asks_for == "add_fields" and not self.fields:
            raise ValueError("Name the fields to be added, one a line.")
        return self


class Correction(Particulars):
    """Something wrong in a published dataset. The evidence is links, and the attachments."""

    kind = RequestKind.CORRECTION
    dataset_identifier: Line = ""
    dataset_title: RequiredLine
    rows_affected: Prose = ""
    what_is_wrong: RequiredProse
    evidence_links: Prose = ""
    suggested_correction: Prose = ""

    @model_validator(mode="after")
    def _evidence_can_be_opened(self) -> Self:
        for line in filter(None, map(str.strip, self.evidence_links.split("\n"))):
            if not re.match(r"https?://\S+$", line):
                raise ValueError(
                    f"“{line}” is no link: write each link on a line of its own, from https:// on."
                )
        return self


class Access(Particulars):
    """A key to an API, a dataset that is not open to all, or a higher limit.

    `asks_for` is empty in requests of before it was asked: they ask for any access there is.
    """

    kind = RequestKind.ACCESS
    asks_for: Literal["", "api_key", "restricted", "higher_limit"] = ""
    dataset: RequiredLine
    purpose: RequiredProse
    intended_use: Prose = ""
    volume: Line = ""


BY_KIND: dict[RequestKind, type[Particulars]] = {
    kind.kind: kind for kind in (Records, Dataset, Correction, Access)
}


def read(kind: str, raw: Mapping[str, Any]) -> Particulars:
    """The particulars of that kind from a form's or the database's values. ParticularsError."""
    try:
        return BY_KIND[RequestKind(kind)].model_validate(dict(raw))
    except ValidationError as error:
        raise ParticularsError(_sentences(error)) from error


def _sentences(error: ValidationError) -> dict[str, str]:
    """A field's first fault is enough: the rest follow from it."""
    return {".".join(map(str, one["loc"])): _sentence(one) for one in reversed(error.errors())}


def _sentence(detail: Any) -> str:
    field = str(detail["loc"][0]).replace("_", " ") if detail["loc"] else ""
    match detail["type"]:
        case "missing" | "string_too_short" | "too_short":
            return f"Say {field}: the letter cannot be written without it."
        case "string_too_long" | "too_long":
            return f"Shorten {field}: it may have {detail['ctx']['max_length']:,} characters."
        case "extra_forbidden":
            return f"Leave {field} out: this kind of request does not ask for it."
        case "literal_error":
            return f"Choose {field} from the list."
        case "value_error":
            return str(detail["ctx"]["error"])
        case _:
            return f"Correct {field}: {detail['msg'][0].lower()}{detail['msg'][1:]}."
