"""Mail of our own that comes back to us: a letter by a list or a copy, the desk's own notices.

It answers nothing. What is tied to a letter by a report is none of it: that came from a server.
"""

from email.utils import parseaddr

from django.conf import settings

from requests_app import mail as reader
from requests_app.mail import Kind
from requests_app.models import Delivery, EarlierSending, InboundMail
from requests_app.return_paths import tokens_in

REPORTS = {Kind.BOUNCE, Kind.DELIVERY_REPORT, Kind.UNREADABLE}
OUR_LETTER = "It is a letter of ours that came back by a list or a copy (by its Message-ID)."
OUR_NOTICE = "It is from the address of the desk's own notices."
OUR_ADDRESS = "Its sender is a reply address of this desk."


def why_ours(read: reader.Mail) -> str:
    """Why it is our own, in a sentence; "" of any other mail. One or two queries, of mail alone
    that bears our domain."""
    if read.kind in REPORTS:
        return ""
    if _is_a_letter(read.message_id):
        return OUR_LETTER
    if read.from_address and read.from_address == _notices_come_from():
        return OUR_NOTICE
    local, _, domain = read.from_address.rpartition("@")
    if domain != settings.MAIL_DOMAIN.lower():
        return ""
    is_ours = reader.possible_ids(local) or tokens_in([read.from_address])
    return OUR_ADDRESS if is_ours else ""


def is_notice(mail: InboundMail) -> bool:
    return mail.kind_reason == OUR_NOTICE


def _is_a_letter(message_id: str) -> bool:
    if not message_id.lower().endswith(f"@{settings.MAIL_DOMAIN.lower()}>"):
        return False
    return any(
        model.objects.filter(message_id=message_id).exists() for model in (Delivery, EarlierSending)
    )


def _notices_come_from() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()
