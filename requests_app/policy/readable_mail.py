"""Which mail a person may read, filed or not."""

from django.db.models import Exists, OuterRef, Q

from requests_app.models import Communication, InboundMail, RecordsRequest, User
from requests_app.models.mail.inbound_mail import InboundMailQuerySet
from requests_app.permissions import may


def readable_by(user: User, newsroom_id: int) -> InboundMailQuerySet:
    """What is filed, by who may see the request; what is not, by who reads the Inbox.

    A second copy is read by whoever reads the first.
    """
    of_newsroom = InboundMail.objects.filter(
        Q(newsroom_id=newsroom_id) | Q(duplicate_of__newsroom_id=newsroom_id)
    )
    standing = Communication.objects.filter(taken_out_at=None)
    seen = standing.filter(records_request__in=RecordsRequest.objects.visible_to(user))
    it = Q(mail=OuterRef("pk")) | Q(mail=OuterRef("duplicate_of"))
    is_seen, is_filed = Q(Exists(seen.filter(it))), Exists(standing.filter(it))
    return of_newsroom.filter(is_seen | ~Q(is_filed) if may(user, "read_inbox") else is_seen)
