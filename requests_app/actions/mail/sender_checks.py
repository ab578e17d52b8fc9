"""Whether a message is from whom it says: asked once, before it is filed."""

from typing import Any

from django.conf import settings

from requests_app import mail as reader
from requests_app.mail.meaning.sender_proof import Lookup, stated_by, verified_here

NOT_ASKED_OF = {reader.Kind.BOUNCE, reader.Kind.DELIVERY_REPORT, reader.Kind.UNREADABLE}


def check(raw: bytes, read: reader.Mail, *, lookup: Lookup) -> list[dict[str, Any]]:
    """As `InboundMail.sender_proofs` keeps it: what the trusted receiver says, or by ourselves."""
    if read.kind in NOT_ASKED_OF:
        return []
    receiver = settings.MAIL_TRUSTED_RECEIVER
    here = () if receiver else verified_here(raw, read.from_address, lookup)
    proofs = stated_by(receiver, raw) if receiver else here
    by = receiver or "the desk"
    return [
        {"method": one.method, "result": one.result.value, "domain": one.domain, "by": by}
        for one in proofs
    ]
