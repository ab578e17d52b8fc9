"""How mail leaves and comes in on this desk: what works, and what to change where it does not."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from requests_app import dns_records
from requests_app.actions.mail import round_trips
from requests_app.inbound import imap
from requests_app.mail_domain.checks import Check, Domain, check_all
from requests_app.models import MailboxState, MailRoundTrip, MailSignIn, RawMailRemoval
from requests_app.permissions import require
from requests_app.views.lookup import newsroom_of, now, person
from requests_app.views.responses import button


@never_cache
@require_safe
def mail_setup(request: HttpRequest) -> HttpResponse:
    newsroom = newsroom_of(request)
    require(person(request), "change_settings")
    context = {
        "domain": settings.MAIL_DOMAIN,
        "reply_mailbox": settings.REPLY_MAILBOX,
        "checks": _checks() if "check" in request.GET else None,
        "trip": MailRoundTrip.objects.filter(newsroom=newsroom).first(),
        "accounts": _accounts(),
        "keep_raw_days": settings.KEEP_RAW_MAIL_DAYS,
        "keep_notices_days": settings.KEEP_NOTICES_DAYS,
        "let_go": RawMailRemoval.objects.filter(mail__newsroom=newsroom).count(),
        **_mailboxes(),
    }
    return render(request, "newsroom/mail_setup/page.html", context)


@require_POST
def mail_round_trip(request: HttpRequest) -> HttpResponse:
    newsroom = newsroom_of(request)
    return button(
        request,
        lambda: round_trips.begin(newsroom, by=person(request), at=now()),
        done="A test mail is on its way. Open this page again in a minute.",
        to=reverse("mail_setup"),
    )


def _checks() -> list[Check]:
    """Of the mail domain, by the servers that the settings name."""
    if settings.REPLY_MAILBOX:
        return []
    domain = Domain(
        settings.MAIL_DOMAIN,
        settings.EMAIL_HOST,
        comes_to=_comes_to(),
        selectors=tuple(settings.DKIM_SELECTOR),
    )
    return check_all(domain, dns_records.lookup)


def _comes_to() -> tuple[str, ...]:
    """The servers that MX is to name, where the way that mail comes in says which they are."""
    if settings.POSTMARK_WEBHOOK_SECRET:
        return ("10 inbound.postmarkapp.com",)
    if settings.MAILGUN_SIGNING_KEY:
        return ("10 mxa.mailgun.org", "10 mxb.mailgun.org")
    if settings.SES_TOPIC_ARN:  # arn:aws:sns:<region>:…
        return (f"10 inbound-smtp.{settings.SES_TOPIC_ARN.split(':')[3]}.amazonaws.com",)
    return ()


def _accounts() -> list[MailSignIn]:
    """Those that the desk signs in to by OAuth2."""
    return list(MailSignIn.objects.all()) if settings.MAIL_OAUTH_PROVIDER else []


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
