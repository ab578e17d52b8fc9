"""A connection to one mailbox, signed in."""

import imaplib
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone
from imapclient import IMAPClient

from requests_app.inbound.imap.mailboxes import Mailbox
from requests_app.mail_accounts.providers import signs_in_by_oauth
from requests_app.mail_accounts.tokens import access_token, distrust

logger = logging.getLogger(__name__)


class MailboxError(Exception):
    """What the server would not do, in a sentence."""


# Everything that a mail server or the line to it can do wrong; and a full disk, which is ours.
TROUBLE = (MailboxError, imaplib.IMAP4.error, OSError)


@contextmanager
def opened(box: Mailbox) -> Iterator[IMAPClient]:
    """Raises what is in TROUBLE. A line that dies while good-bye is said does not matter."""
    client = IMAPClient(
        box.host,
        box.port,
        ssl=box.is_tls,
        ssl_context=ssl.create_default_context() if box.is_tls else None,
        timeout=settings.IMAP_TIMEOUT,
    )
    client.normalise_times = False  # else a message's time loses its zone
    try:
        if not box.is_tls and not box.is_plain:
            client.starttls(ssl.create_default_context())
        _sign_in(client, box)
        yield client
    finally:
        _leave(client)


def _sign_in(client: IMAPClient, box: Mailbox) -> None:
    if not signs_in_by_oauth(box.user, box.password):
        client.login(box.user, box.password)
        return
    token = access_token(box.user, at=timezone.now())
    try:
        client.oauth2_login(box.user, token)
    except imaplib.IMAP4.error:
        distrust(box.user, token)
        raise


def _leave(client: IMAPClient) -> None:
    try:
        client.logout()
    except (imaplib.IMAP4.error, OSError) as error:
        logger.info("the mailbox hung up before we did: %s", error)
        client.shutdown()
