"""How mail leaves and comes in on this desk: what works, and what to change where it does not."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from requests_app.inbound import imap
from requests_app.models import MailboxState
from requests_app.permissions import require
from requests_app.views.lookup import newsroom_of, now, person


@never_cache
@require_safe
def mail_setup(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    require(person(request), "change_settings")
    context = {"domain": settings.MAIL_DOMAIN, **_mailboxes()}
    return render(request, "newsroom/mail_setup/page.html", context)


def _mailboxes() -> dict[str, object]:
    """Each of IMAP_URL, with what is known of it."""
    try:
        named = [box.address for box in imap.mailboxes()]
    except ImproperlyConfigured as error:
        return {"mailboxes": [], "mailbox_problem": str(error)}
    known = {state.address: state for state in MailboxState.objects.filter(address__in=named)}
    at = now()
    shown = [known.get(address) or MailboxState(address=address) for address in named]
    return {
        "mailboxes": [
            {"state": one, "is_watched": one.held_until is not None and one.held_until > at}
            for one in shown
        ]
    }
