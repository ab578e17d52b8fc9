"""What every page may say."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from requests_app.models import InboundMail, Membership
from requests_app.permissions import may


def _inbox_count(user: Any, membership: Membership | None) -> int | None:
    """How much waits in the Inbox, by an index of nothing else; None for who does not read it."""
    if membership is None or not may(user, "read_inbox"):
        return None
    return InboundMail.objects.waiting().filter(newsroom_id=membership.newsroom_id).count()


def desk(request: HttpRequest) -> dict[str, Any]:
    """Whether mail is only practiced, whose desk this is, and what its menu offers."""
    user = getattr(request, "user", None)
    membership = getattr(user, "membership", None)
    return {
        "practice_mail": settings.PRACTICE_MAIL,
        "membership": membership,
        "newsroom": membership.newsroom if membership else None,
        "today": timezone.localdate(),
        "section": request.resolver_match.url_name if request.resolver_match else "",
        "can_begin": may(user, "begin_request"),
        "can_manage": may(user, "manage_members"),
        "inbox_count": _inbox_count(user, membership),
    }
