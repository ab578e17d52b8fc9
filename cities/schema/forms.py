"""A city's own PDF form: which of a letter's facts goes into which of its fields.

The blank form itself is not in the pack: a newsroom uploads it for the office. In TOML:

    [offices.form]
    title = "Request for Public Records"
    source = "example.gov/clerk/request.pdf"

    [offices.form.fields]
    requester_name = "Name"                                    the fact as text
    dated_on = ["Date", "Date signed"]                         in more than one field
    wants_fee_waiver = { field = "Waiver", choose = "Yes" }    this choice, where the fact is there
"""

from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import field_validator

from cities.schema.facts import Confidence, FaultAtError, Text, Value

FORM_FACTS = {
    "requester_name": "who signs the letter",
    "requester_title": "what they are at the newsroom",
    "newsroom_name": "the newsroom's name",
    "newsroom_address": "its postal address, in one line",
    "newsroom_street": "the address's lines before the last",
    "newsroom_place": "the address's last line: city, state and ZIP code",
    "newsroom_email": "the newsroom's own e-mail address",
    "newsroom_phone": "its telephone number",
    "reply_address": "the request's own address, where the desk files the answer",
    "reference": "our reference",
    "dated_on": "the day of the letter",
    "subject": "the subject",
    "description": "what is asked for, in full",
    "office_name": "the office asked",
    "city_name": "the city",
    "from_on": "the period's first day",
    "to_on": "the period's last day",
    "format": "the form in which the records are wanted",
    "fee_limit": "the charge up to which nobody need ask",
    "wants_fee_waiver": "there where a waiver of fees is asked for",
    "fee_waiver_ground": "why",
    "asks_for_records": "there where copies of records are asked for",
    "asks_for_data": "there where a dataset, a correction or access is asked for",
}
"""Every fact a form can be filled with, and what it says."""


class Target(Value):
    """One field of the form, by its full name; `choose` is a box, a button or an entry of it."""

    field: Text
    choose: str = ""


class FormMapping(Value):
    """What fills a city's form, and from which copy of the form the names were read."""

    title: Text
    source: Text
    checked_on: date
    confidence: Confidence = Confidence.FOUND
    fields: dict[str, tuple[Target, ...]]
    note: str = ""

    @field_validator("fields", mode="before")
    @classmethod
    def _targets_are_listed(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        return {fact: _targets(fact, written) for fact, written in raw.items()}

    @field_validator("fields")
    @classmethod
    def _fields_are_filled_once(
        cls, fields: dict[str, tuple[Target, ...]]
    ) -> dict[str, tuple[Target, ...]]:
        filled_by: dict[tuple[str, str], str] = {}
        for fact, targets in fields.items():
            for target in targets:
                other = filled_by.setdefault((target.field, target.choose), fact)
                if other != fact:
                    raise FaultAtError(
                        (fact,), f"the field {target.field!r} is filled by {other!r} already"
                    )
        return fields

    @property
    def may_be_used(self) -> bool:
        return self.confidence.may_enter_letter


def _targets(fact: str, written: Any) -> Any:
    if fact not in FORM_FACTS:
        near = get_close_matches(fact, FORM_FACTS, n=1)
        hint = f"do you mean {near[0]!r}?" if near else f"there are {', '.join(FORM_FACTS)}"
        raise FaultAtError((fact,), f"no fact {fact!r} for forms: {hint}")
    each = written if isinstance(written, list | tuple) else [written]
    return tuple({"field": one} if isinstance(one, str) else one for one in each)
