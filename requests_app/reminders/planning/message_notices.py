"""A message of the city's, to whose request it is: at once, and not with the next morning's digest.

The mail is promised in the transaction that files the message, so that neither stands without the
other. Whether its reader wants it, may see the request and still has to read it is asked when it is
sent.
"""

from celery import current_app
from django.db import transaction

from requests_app.ledger.attribution import Recorder
from requests_app.models import Communication, Notice, ReminderKind
from requests_app.reminders.planning.message_ids import message_id
from requests_app.reminders.planning.readers import owner_id_of

SEND_NOTICE = "requests_app.reminders.tasks.send_notice"


def promise(communication: Communication, *, by: Recorder) -> Notice | None:
    """The mail to whose request it is; None where they filed the message themselves.

    The worker is told once this is committed; the sweep of each minute finds what it was not told.
    """
    owner_id = owner_id_of(communication.records_request)
    if by.user is not None and by.user.pk == owner_id:
        return None
    notice = Notice.objects.create(
        user_id=owner_id,
        kind=ReminderKind.MESSAGE,
        records_request=communication.records_request,
        communication=communication,
        on=communication.on,
        message_id=message_id(owner_id, ReminderKind.MESSAGE, communication.pk),
        not_before=by.at,
        created_at=by.at,
    )
    transaction.on_commit(lambda: current_app.send_task(SEND_NOTICE, [notice.pk]), robust=True)
    return notice
