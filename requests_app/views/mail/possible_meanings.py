"""What a filed message may mean: each of the desk's readings, with the words that made it and the
form that a person would record it by."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from requests_app.models import Communication, RecordsRequest
from requests_app.vocabulary import dates_and_amounts

# The kind of suggestion, the act that records it, and how it is said.
ACT_OF = {
    "acknowledgement": ("acknowledged", "an acknowledgement"),
    "clarification": ("clarification-requested", "a request for clarification"),
    "fee_estimate": ("fees-estimated", "a fee estimate"),
    "extension": ("extended", "more time taken"),
    "denial": ("denied", "a denial"),
    "granted_in_part": ("granted-in-part", "a part given, the rest withheld"),
    "records_enclosed": ("granted", "the records"),
    "no_records": ("no-records", "“no such records”"),
    "referral": ("referred", "a referral elsewhere"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One suggestion that nobody has settled. `number` is its place in the communication's list."""

    number: int
    act: str
    looks_like: str
    words: tuple[str, ...]
    where: str  # which attached file says so, and on which page; "" for the message itself


def readings_of(communication: Communication, records_request: RecordsRequest) -> list[Reading]:
    """Those that wait for a person."""
    return [
        Reading(
            number,
            ACT_OF[suggestion["kind"]][0],
            _looks_like(suggestion),
            tuple(suggestion["words"]),
            _where(suggestion),
        )
        for number, suggestion in enumerate(communication.suggestions)
        if suggestion["kind"] in ACT_OF and not suggestion.get("settled")
    ]


def initial_of(communication: Communication, number: int | None, act: str) -> dict[str, Any]:
    """What a form begins with when it is opened from a message, or from one reading of it."""
    filled: dict[str, Any] = {"on": communication.on, "channel": communication.channel}
    if number is None or not 0 <= number < len(communication.suggestions):
        return filled
    suggestion = communication.suggestions[number]
    if ACT_OF.get(suggestion["kind"], ("",))[0] != act:
        return filled
    data = suggestion["data"]
    if data.get("tracking_number"):
        filled["city_reference"] = data["tracking_number"]
    if data.get("amount"):
        filled["amount"] = Decimal(data["amount"])
    if data.get("until"):
        filled["until"] = date.fromisoformat(data["until"])
    if data.get("referred_to"):
        filled["to"] = data["referred_to"]
    filled["exemptions"] = data.get("exemptions", [])
    named = [cited for cited in data.get("cited", []) if not data.get("exemptions")]
    filled["other_exemption"] = "; ".join(named)[:200]
    return filled


def _where(suggestion: dict[str, Any]) -> str:
    file, page = suggestion.get("file", ""), suggestion.get("page")
    return f"{file}, page {page}" if page else file


def _looks_like(suggestion: dict[str, Any]) -> str:
    data, words = suggestion["data"], ACT_OF[suggestion["kind"]][1]
    if data.get("amount"):
        return f"{words}, {dates_and_amounts.dollars(data['amount'])}"
    if data.get("until"):
        return f"{words}, until {dates_and_amounts.day(date.fromisoformat(data['until']))}"
    if data.get("referred_to"):
        return f"{words}, to {data['referred_to']}"
    claimed = data.get("exemptions") or data.get("cited")
    return f"{words}, claiming {'; '.join(claimed)}" if claimed else words
