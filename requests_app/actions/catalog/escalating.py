"""Take a request for data to the next office of its city's chain."""

from django.db import transaction

from requests_app import escalations
from requests_app.actions.errors import Refused
from requests_app.actions.sending.our_letters import OurLetter, WrittenAct, write
from requests_app.actions.transitions import lock
from requests_app.ledger.attribution import Attribution
from requests_app.models import Delivery, EventKind, LetterKind, RecordsRequest
from requests_app.office_contacts import written_to
from requests_app.vocabulary.states import PENDING, REFUSED

ESCALATION = WrittenAct(LetterKind.ESCALATION, event=EventKind.ESCALATED)


@transaction.atomic
def escalate(records_request: RecordsRequest, *, letter: OurLetter, by: Attribution) -> Delivery:
    """A letter to whoever comes next. It moves no state, and starts no clock of a law."""
    request = lock(records_request)
    if request.state not in {*PENDING, *REFUSED}:
        stands = request.get_state_display().lower()
        raise Refused(f"This is {stands}, so there is nothing to escalate. Nothing was changed.")
    if waiting := escalations.unsent(request):
        raise Refused(
            f"The letter to the {waiting.data['office']} has not reached it yet: send it first. "
            "Nothing was changed."
        )
    step = escalations.next_step(request)
    if step is None or step.is_records_request:
        raise Refused(
            f"{request.city.name} has no further office to write to: turn this into a records "
            "request. Nothing was changed."
        )
    to = written_to(request, LetterKind.ESCALATION)
    return write(request, ESCALATION, letter, by=by, data={"step": step.slug, "office": to.name})
