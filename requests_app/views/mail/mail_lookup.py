"""From an address to the mail it names, if this person may read it; otherwise a 404."""

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from requests_app.models import Communication, InboundMail, RecordsRequest, User
from requests_app.models.mail.inbound_mail import InboundMailQuerySet
from requests_app.permissions import may, require
from requests_app.views.lookup import membership_of, person


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


def readable_mail(request: HttpRequest, pk: int) -> InboundMail:
    user = person(request)
    found = readable_by(user, membership_of(request).newsroom_id)
    return get_object_or_404(found.select_related("newsroom", "set_aside_by"), pk=pk)


def inbox_mail(request: HttpRequest, pk: int) -> InboundMail:
    """Mail that is still to be filed, for who files."""
    require(person(request), "read_inbox")
    return readable_mail(request, pk)


def filed_message(request: HttpRequest, pk: int) -> Communication:
    """A message, call or letter as it is filed to a request that this person sees."""
    visible = RecordsRequest.objects.visible_to(person(request))
    found = Communication.objects.messages().filter(records_request__in=visible)
    return get_object_or_404(found.select_related("records_request", "mail", "event"), pk=pk)


def address_of(message: Communication) -> str:
    """Where it is read: mail beside all that is known of it as mail."""
    if message.mail_id is not None:
        return reverse("mail_page", args=[message.mail_id])
    return reverse("message_page", args=[message.pk])
