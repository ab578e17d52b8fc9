"""Mail to a person about a change to how they get in, at the address that they had before it."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from requests_app.models import User

SUBJECT = "A change to how you sign in"


def tell(user: User, what: str, request: HttpRequest, *, at_address: str = "") -> None:
    """`what` is a sentence. A mail server that is away is said on the page, and stops nothing."""
    get_adapter(request).send_notification_mail(
        "account/email/access_changed",
        user,
        {"what": what, "subject": SUBJECT},
        email=at_address or user.email,
    )
