"""The worker's part: it reads what is stored, and looks after what a dead process left."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from requests_app.actions.mail import attached_letters, incoming, large_uploads
from requests_app.inbound import imap
from requests_app.inbound.imap import watchers  # noqa: F401 - they begin with the worker
from requests_app.models import FileText, InboundMail, MailboxState
from requests_app.storage import content

logger = logging.getLogger(__name__)
SWEEP_BATCH = 200
LEFT_FOR_DEAD = timedelta(days=1)


@shared_task
def read_mail(mail_id: int) -> None:
    """Read and file one stored message, if nobody has yet."""
    mail = InboundMail.objects.to_read().filter(pk=mail_id).first()
    if mail is not None:
        incoming.begin_again(mail, at=timezone.now())


@shared_task
def sweep_mail() -> None:
    """Whatever is stored and not read is read; one broken message stops nobody else's."""
    for mail in InboundMail.objects.to_read()[:SWEEP_BATCH]:
        try:
            incoming.begin_again(mail, at=timezone.now())
        except Exception:
            logger.exception("mail %s could not be taken in; the next sweep tries again", mail.pk)
    for read in FileText.objects.to_suggest_from()[:SWEEP_BATCH]:
        try:
            attached_letters.suggest_from(read)
        except Exception:
            logger.exception("file %s could not be suggested from; the next sweep tries", read.pk)
    content.clear_unfinished(before=timezone.now() - LEFT_FOR_DEAD)
    large_uploads.drop_abandoned(at=timezone.now())


@shared_task
def fetch_mailbox() -> None:
    """Bring what lies in each mailbox of IMAP_URL that no worker watches and that is due."""
    for box in imap.mailboxes():
        if MailboxState.objects.filter(address=box.address, not_before__gt=timezone.now()).exists():
            continue
        try:
            imap.look(box, now=timezone.now)
        except imap.BusyError:
            continue
        except imap.TROUBLE as error:
            logger.warning("the mailbox %s: %s", box.address, imap.in_words(error))
