"""The return path of each sending: an address of its own (VERP), so that a bounce says by where it
comes to which letter came back, whatever the servers on its way did to the Message-ID.

It is the envelope's sender (SMTP MAIL FROM) and stands in no header that people see. Nobody who was
not sent the letter can know it.
"""

import re
from collections.abc import Iterable

from django.conf import settings

from requests_app.models.letters.delivery import RETURN_LENGTH, Delivery
from requests_app.reply_addresses import own_address

_TOKEN = rf"b-([a-z2-7]{{{RETURN_LENGTH}}})@"


def return_path(delivery: Delivery) -> str:
    """Such as b-4kq3…@desk.example.org. With one mailbox for all it is the mailbox itself, whose
    provider sends as nobody else: what comes back is then tied by what it says."""
    return settings.REPLY_MAILBOX or own_address(f"b-{delivery.return_token}")


def tokens_in(addresses: Iterable[str]) -> frozenset[str]:
    """The tokens of all return paths of this desk that these addresses or texts name."""
    ours = re.compile(_TOKEN + re.escape(settings.MAIL_DOMAIN.lower()) + r"(?![\w.-])")
    return frozenset(token for address in addresses for token in ours.findall(address.lower()))
