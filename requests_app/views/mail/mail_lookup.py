"""From an address to the mail it names, if this person may read it; otherwise a 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from requests_app.models import Communication, InboundMail, RecordsRequest
from requests_app.permissions import require
from requests_app.policy.readable_mail import readable_by
from requests_app.views.lookup import membership_of, person


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
