"""What every page may say."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from requests_app.models import Communication, InboundMail, MailSignIn, Membership, RecordsRequest
from requests_app.permissions import may
from requests_app.vocabulary.dates_and_amounts import count


@dataclass(frozen=True, slots=True)
class MenuLine:
    """The name of an address, what the menu says of it, its picture, and how much waits there,
    as a number to see and in words to hear."""

    name: str
    label: str
    icon: str
    count: int = 0
    counted: str = ""


def _unread_count(user: Any, membership: Membership | None) -> int:
    """How many messages of the city's this person sees of which nobody said what they are.

    By an index of the unread alone, each asked whether it is seen: few, however many requests.
    """
    if membership is None:
        return 0
    unread = Communication.objects.unread()
    if membership.sees_all:
        return unread.filter(records_request__newsroom=membership.newsroom_id).count()
    seen = RecordsRequest.objects.visible_to(user).filter(pk=OuterRef("records_request"))
    return unread.filter(Exists(seen)).count()


def _inbox_count(user: Any, membership: Membership | None) -> int | None:
    """How much waits in the Inbox, by an index of nothing else; None for who does not read it."""
    if membership is None or not may(user, "read_inbox"):
        return None
    return InboundMail.objects.waiting().filter(newsroom_id=membership.newsroom_id).count()


def _menu(unread: int, inbox_count: int | None) -> list[MenuLine]:
    unread_words = f"{count(unread, 'message')} of the city’s unread"
    lines = [
        MenuLine("board", "Board", "layout-list", unread, unread_words),
        MenuLine("request_list", "Requests", "file-text"),
    ]
    if inbox_count is not None:
        waiting = f"{count(inbox_count, 'message')} to file"
        lines.append(MenuLine("inbox", "Inbox", "inbox", inbox_count, waiting))
    return [
        *lines,
        MenuLine("appeal_list", "Appeals", "scale"),
        MenuLine("delivery_list", "Outbox", "send"),
        MenuLine("catalog", "Datasets", "database"),
        MenuLine("city_list", "Cities", "landmark"),
    ]


def _refused_mail_accounts(user: Any) -> list[MailSignIn]:
    """What only an admin can have mended, on a desk that signs in to its mail by OAuth2."""
    if not settings.MAIL_OAUTH_PROVIDER or not may(user, "change_settings"):
        return []
    return list(MailSignIn.objects.filter(is_refused=True))


def desk(request: HttpRequest) -> dict[str, Any]:
    """Whether mail is only practiced, whose desk this is, and what its menu offers."""
    user = getattr(request, "user", None)
    membership = getattr(user, "membership", None)
    return {
        "practice_mail": settings.PRACTICE_MAIL,
        "refused_mail_accounts": _refused_mail_accounts(user),
        "oidc_name": settings.OIDC_NAME,
        "membership": membership,
        "newsroom": membership.newsroom if membership else None,
        "today": timezone.localdate(),
        "section": request.resolver_match.url_name if request.resolver_match else "",
        "can_begin": may(user, "begin_request"),
        "can_manage": may(user, "manage_members"),
        "menu": _menu(_unread_count(user, membership), _inbox_count(user, membership)),
    }
