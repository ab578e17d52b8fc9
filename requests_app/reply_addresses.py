"""The reply address of a request: unique, readable over the phone, and checked against slips.

And other people's addresses, as a mail server takes them.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode

from requests_app.models.requests.records_request import RecordsRequest
from requests_app.public_request_ids import check_letters


def reply_address(records_request: RecordsRequest) -> str:
    """Such as r-k7m2qdw4-hs@desk.example.org, or desk+r-k7m2qdw4-hs@gmail.com."""
    public_id = records_request.public_id
    return own_address(f"r-{public_id}-{check_letters(public_id)}")


def sender_address(records_request: RecordsRequest) -> str:
    """Whom a letter is from. With one mailbox for all that is the mailbox itself: its provider
    sends as nobody else, and would refuse a plus-address or put its own in place of it."""
    return settings.REPLY_MAILBOX or reply_address(records_request)


def own_address(name: str) -> str:
    """An address of the desk's own: of its domain, or a plus-address of REPLY_MAILBOX."""
    if settings.REPLY_MAILBOX:
        user, _, host = settings.REPLY_MAILBOX.rpartition("@")
        return f"{user}+{name}@{host}"
    return f"{name}@{settings.MAIL_DOMAIN}"


class BadAddress(ValueError):
    """An address that mail cannot be sent to; the sentence says why."""


def deliverable(address: str) -> str:
    """The address as SMTP has it: a domain with other letters in its ASCII form. Raises BadAddress.

    Before the @ only ASCII: few servers take more (RFC 6531), and one that does not would send the
    letter back from somewhere on its way.
    """
    local, _, domain = address.strip().rpartition("@")
    if not local.isascii():
        raise BadAddress(
            f"“{address}” has letters beyond ASCII before the @, which most mail servers do not "
            "take: ask the office for another address."
        )
    try:
        plain = f"{local}@{punycode(domain)}"
        validate_email(plain)
    except (UnicodeError, ValidationError) as error:
        raise BadAddress(f"“{address}” is not an e-mail address: check it.") from error
    return plain
