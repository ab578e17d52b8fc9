"""Who gives leave to use a mail account, and what the desk asks for there.

Google: https://developers.google.com/workspace/gmail/imap/xoauth2-protocol
Microsoft: https://learn.microsoft.com/exchange/client-developer/legacy-protocols/
how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Provider:
    """Its addresses, and the scopes with which IMAP and SMTP are used."""

    name: str
    authorize_url: str
    token_url: str
    scope: str
    asked_beside: dict[str, str] = field(default_factory=dict)


MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0"


def provider() -> Provider:
    """That of MAIL_OAUTH_PROVIDER. Raises ImproperlyConfigured."""
    name, token_url = settings.MAIL_OAUTH_PROVIDER, settings.MAIL_OAUTH_TOKEN_URL
    if not settings.MAIL_OAUTH_CLIENT_ID:
        raise ImproperlyConfigured(
            "MAIL_OAUTH_CLIENT_ID is not set: register an app with your mail provider and give its "
            "client id here."
        )
    if name == "google":
        return Provider(
            "Google",
            "https://accounts.google.com/o/oauth2/v2/auth",
            token_url or "https://oauth2.googleapis.com/token",
            "https://mail.google.com/",
            # Else there is no refresh token, or only the first time.
            {"access_type": "offline", "prompt": "consent"},
        )
    if name == "microsoft":
        base = MICROSOFT.format(tenant=settings.MAIL_OAUTH_TENANT)
        return Provider(
            "Microsoft",
            f"{base}/authorize",
            token_url or f"{base}/token",
            # Of Outlook and not of Graph, whose tokens its mail servers do not take.
            "offline_access https://outlook.office.com/IMAP.AccessAsUser.All "
            "https://outlook.office.com/SMTP.Send",
        )
    raise ImproperlyConfigured(
        f"MAIL_OAUTH_PROVIDER is {name!r}; it must be google or microsoft, or empty."
    )


def signs_in_by_oauth(user: str, password: str) -> bool:
    """An account whose address names no password, where a provider is set."""
    return bool(settings.MAIL_OAUTH_PROVIDER and user and not password)
