"""What the city offers or gives to settle a filed challenge. It moves no state by itself."""

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.requests.city_act_recording import CityAnswer, keep
from requests_app.actions.transitions import lock, record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import Appeal, AppealState, Event, EventKind


@transaction.atomic
def record_offer(appeal: Appeal, answer: CityAnswer, *, by: Attribution) -> Event:
    """On that day, in those words, with those files. What follows is a withdrawal, or a letter that
    says what is settled and what remains."""
    request = lock(appeal.records_request)
    lock(appeal)
    if appeal.state != AppealState.FILED:
        stands = appeal.get_state_display().lower()
        raise Refused(
            f"This appeal is {stands}: there is nothing to settle in it. Nothing was changed."
        )
    if not (answer.text.strip() or answer.files or answer.mail):
        raise Refused("Write what the city offered or gave, or add its letter as a file.")
    filed = "the appeal was filed"
    days.check(request, answer.on, at=by.at, after=appeal.filed_on, after_what=filed)
    _check_new(appeal, answer)
    data = {"route": appeal.route, "body": appeal.pack_route.body, **answer.facts()}
    kind = EventKind.SETTLEMENT_OFFERED
    event = record(request, kind, Occasion(by, answer.on, data, appeal=appeal))
    keep(request, answer, event=event, by=by, appeal=appeal)
    return event


def _check_new(appeal: Appeal, answer: CityAnswer) -> None:
    """A form that is sent twice records one offer."""
    same = appeal.events.effective().filter(
        kind=EventKind.SETTLEMENT_OFFERED, on=answer.on, data__text=answer.text
    )
    if answer.text and same.exists():
        raise Refused("That offer is recorded already. Nothing was changed.")
