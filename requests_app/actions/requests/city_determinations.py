"""The city's answer: it grants, denies, has no records, or refers us; and what it owes after that.

What it does before stands in `city_progress`.
"""

from collections.abc import Sequence

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.requests.city_act_recording import (
    CityAnswer,
    last_event,
    move,
    record_answer_to,
)
from requests_app.ledger.attribution import Attribution
from requests_app.models import Event, EventKind, RecordsRequest
from requests_app.vocabulary.dataset_answers import DataOutcome


def grant(
    records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution, outcome: str = ""
) -> Event:
    """All of the records came, or can be had; `outcome`: what was done, of a request for data."""
    data = {"outcome": str(DataOutcome(outcome))} if outcome else None
    return move(records_request, "grant", answer=answer, by=by, data=data)


def grant_in_part(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
    exemptions: Sequence[str] = (),
) -> Event:
    """Some of the records came, and the city withholds the rest."""
    data = {"exemptions": list(exemptions)}
    return move(records_request, "grant_in_part", answer=answer, by=by, data=data)


def deny(
    records_request: RecordsRequest,
    *,
    answer: CityAnswer,
    by: Attribution,
    exemptions: Sequence[str] = (),
) -> Event:
    """It withholds all of them. Silence that counts as a denial: `silence.treat_as_denial`."""
    data = {"exemptions": list(exemptions)}
    return move(records_request, "deny", answer=answer, by=by, data=data)


def find_no_records(
    records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution
) -> Event:
    """It says that it has none."""
    return move(records_request, "find_no_records", answer=answer, by=by)


def refer(
    records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution, to: str
) -> Event:
    """It says that somebody else has them."""
    if not to.strip():
        raise Refused("Say to whom the city referred the request.")
    return move(records_request, "refer", answer=answer, by=by, data={"to": to.strip()})


# -- once it had answered, or a body had decided --
@transaction.atomic
def give_grounds(records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution) -> Event:
    """The city's written statement of why it withheld."""
    unless = "We did not ask for the grounds: file this as a note, or ask first."
    asked = last_event(records_request, EventKind.GROUNDS_REQUESTED, unless=unless)
    return record_answer_to(asked, EventKind.GROUNDS_GIVEN, answer=answer, by=by)


@transaction.atomic
def comply(records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution) -> Event:
    """The city did what the body decided."""
    return record_answer_to(_decision(records_request), EventKind.COMPLIED, answer=answer, by=by)


@transaction.atomic
def sue(records_request: RecordsRequest, *, answer: CityAnswer, by: Attribution) -> Event:
    """The city goes to court against the decision instead (ORS 192.411(2)).

    A suit of ours is filed as an appeal by the court's route: `appeals.file`.
    """
    return record_answer_to(_decision(records_request), EventKind.LAWSUIT, answer=answer, by=by)


def _decision(records_request: RecordsRequest) -> Event:
    unless = "No appeal was decided here: record the decision first."
    return last_event(records_request, EventKind.APPEAL_DECIDED, unless=unless)
