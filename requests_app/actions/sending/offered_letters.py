"""Letters that move no state, as `vocabulary.letter_kinds` describes them: one verb for all."""

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.sending.our_letters import OurLetter, WrittenAct, write
from requests_app.actions.transitions import lock
from requests_app.ledger.attribution import Attribution
from requests_app.models import Delivery, LetterKind, RecordsRequest


@transaction.atomic
def send(
    records_request: RecordsRequest, *, kind: LetterKind, letter: OurLetter, by: Attribution
) -> Delivery:
    """Write a letter of that kind, where its description lets it be written."""
    request, offer = lock(records_request), kind.described.offer
    if offer is None:
        raise LookupError(f"A {kind.label.lower()} has an action of its own: see our_letters.")
    happened = set(request.events.effective().values_list("kind", flat=True))
    if not offer.fits(request.kind, request.state, happened=happened):
        raise Refused(f"{offer.refusal} Nothing was changed.")
    act = WrittenAct(kind, event=offer.event)
    return write(request, act, letter, by=by, data={"letter": str(kind)})
