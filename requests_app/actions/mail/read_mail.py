"""A person says what a message is: an act recorded from it, or plain correspondence.

Until then it is to do for whoever has the request: what a city answers must not wait unseen.
"""

from django.db import transaction

from requests_app import ledger
from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock
from requests_app.ledger.attribution import Attribution
from requests_app.models import Communication


@transaction.atomic
def keep_as_correspondence(communication: Communication, *, by: Attribution) -> None:
    """It is none of the acts that the law knows; its words and files stay where they are."""
    request = lock(communication.records_request)  # the request first, as everybody locks
    communication.refresh_from_db(
        from_queryset=Communication.objects.select_for_update(no_key=True)
    )
    if communication.taken_out_at is not None:
        raise Refused("This mail was taken out of the request. Nothing was changed.")
    if communication.read_at is not None:
        raise Refused("Somebody has said already what this message is. Nothing was changed.")
    mark_read(communication, by=by)
    ledger.write_headlines([request])


def mark_read(communication: Communication, *, by: Attribution) -> None:
    """Who read it first, and when; inside the transaction of what they recorded from it.

    The caller writes the headlines of the request, which it has locked and perhaps moved.
    """
    if communication.read_at is None:
        communication.read_at, communication.read_by = by.at, by.user
        communication.save(update_fields=["read_at", "read_by"])
