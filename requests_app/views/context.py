"""What every page may say."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from requests_app.models import InboundMail, Membership
from requests_app.permissions import may


@dataclass(frozen=True, slots=True)
class MenuLine:
    """The name of an address, what the menu says of it, its picture, and how much waits there."""

    name: str
    label: str
    icon: str
    count: int = 0


def _inbox_count(user: Any, membership: Membership | None) -> int | None:
    """How much waits in the Inbox, by an index of nothing else; None for who does not read it."""
    if membership is None or not may(user, "read_inbox"):
        return None
    return InboundMail.objects.waiting().filter(newsroom_id=membership.newsroom_id).count()


def _menu(inbox_count: int | None) -> list[MenuLine]:
    inbox = [] if inbox_count is None else [MenuLine("inbox", "Inbox", "inbox", inbox_count)]
    return [
        MenuLine("board", "Board", "layout-list"),
        MenuLine("request_list", "Requests", "file-text"),
        *inbox,
        MenuLine("appeal_list", "Appeals", "scale"),
        MenuLine("delivery_list", "Outbox", "send"),
        MenuLine("city_list", "Cities", "landmark"),
    ]


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
        "menu": _menu(_inbox_count(user, membership)),
    }
