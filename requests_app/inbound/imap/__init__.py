"""Mailboxes over IMAP, emptied into the desk: watched by the worker, or looked into each minute."""

from requests_app.inbound.imap.connection import TROUBLE, MailboxError
from requests_app.inbound.imap.holding import BusyError, in_words
from requests_app.inbound.imap.looking import look
from requests_app.inbound.imap.mailboxes import Mailbox, mailboxes

__all__ = ["TROUBLE", "BusyError", "Mailbox", "MailboxError", "in_words", "look", "mailboxes"]
