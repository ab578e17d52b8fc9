"""What the desk lets go of by itself, each after its time (settings KEEP_…_DAYS; 0: never)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from requests_app.actions.privacy import notices, raw_mail
from requests_app.actions.privacy.erasing import erase_account
from requests_app.ledger.security.cutting import cut, over_age
from requests_app.ledger.security.security_log import record_of_the_desk
from requests_app.models import Invitation, UnsavedWriting, User
from requests_app.storage.erased_files import left_lying, remove_erased
from requests_app.vocabulary.security_kinds import SecurityKind


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that goes. `setting` is empty where the row itself says how long."""

    words: str
    setting: str
    due: Callable[[datetime], QuerySet]  # type: ignore[type-arg]
    erase: Callable[[QuerySet, datetime], object]  # type: ignore[type-arg]


@dataclass(frozen=True, slots=True)
class Gone:
    """How many of a kind went, or would go."""

    words: str
    count: int


def _before(at: datetime, setting: str) -> datetime:
    return at - timedelta(days=getattr(settings, setting))


def _accounts(at: datetime) -> QuerySet[User]:
    return User.objects.filter(
        is_active=False, erased_at=None, left_at__lte=_before(at, "KEEP_LEFT_ACCOUNTS_DAYS")
    )


def _writing(at: datetime) -> QuerySet[UnsavedWriting]:
    """Words that were saved, or of a tab that nobody opened again."""
    return UnsavedWriting.objects.filter(seen_at__lte=_before(at, "KEEP_UNSAVED_WRITING_DAYS"))


def _invitations(at: datetime) -> QuerySet[Invitation]:
    """Neither taken up nor open."""
    before = _before(at, "KEEP_INVITATIONS_DAYS")
    return Invitation.objects.filter(accepted_at=None, expires_at__lte=before)


def _sessions(at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lte=at)


def _erase_accounts(found: QuerySet[User], at: datetime) -> None:
    for user in found:
        erase_account(user, at=at)


KINDS = (
    Kind(
        "tabs with writing that was saved or left behind", "KEEP_UNSAVED_WRITING_DAYS", _writing,
        lambda found, at: found.delete(),
    ),
    Kind(
        "invitations that nobody took up", "KEEP_INVITATIONS_DAYS", _invitations,
        lambda found, at: found.delete(),
    ),
    Kind("sessions that ended", "", _sessions, lambda found, at: found.delete()),
    # With an account all that is its own goes, so the others are counted before.
    Kind("accounts of people who left", "KEEP_LEFT_ACCOUNTS_DAYS", _accounts, _erase_accounts),
)  # fmt: skip


def purge(*, at: datetime, only_look: bool = False) -> list[Gone]:
    """Each kind in a transaction of its own; what went, or would go where one only looks."""
    gone = [_purge(kind, at=at, only_look=only_look) for kind in KINDS if _is_on(kind)]
    if settings.KEEP_SECURITY_LOG_DAYS:
        gone.append(_cut_logs(at=at, only_look=only_look))
    gone += [_raw_mail(rule, at=at, only_look=only_look) for rule in _rules()]
    if settings.KEEP_NOTICES_DAYS:
        gone += [_notices(kind, at=at, only_look=only_look) for kind in notices.KINDS]
    if not only_look:
        raw_mail.remove_stated(at=at)
    if left := len(left_lying()) if only_look else remove_erased():
        gone.append(Gone("files that an erasing by law left lying, having died", left))
    said = "; ".join(f"{one.count:,} {one.words}" for one in gone if one.count)
    if said and not only_look:
        record_of_the_desk(SecurityKind.PURGED, at=at, gone=said)
    return gone


def _is_on(kind: Kind) -> bool:
    return not kind.setting or getattr(settings, kind.setting) > 0


@transaction.atomic
def _purge(kind: Kind, *, at: datetime, only_look: bool) -> Gone:
    found = kind.due(at)
    count = found.count()
    if count and not only_look:
        kind.erase(found, at)
    return Gone(kind.words, count)


def _cut_logs(*, at: datetime, only_look: bool) -> Gone:
    """Each log in portions, behind a cut that its chain states."""
    days = settings.KEEP_SECURITY_LOG_DAYS
    found = over_age(at=at, keep_days=days)
    if only_look:
        count = sum(one.events for one in found)
    else:
        count = sum(cut(one.chain, at=at, keep_days=days) for one in found)
    return Gone("entries of the security log", count)


def why_the_rest_stays(*, at: datetime) -> list[raw_mail.Staying]:
    """Of messages, whose bytes are kept for more than a time."""
    return [one for rule in _rules() for one in raw_mail.why_others_stay(rule, at=at)]


def _rules() -> list[raw_mail.Rule]:
    return [rule for rule in raw_mail.RULES if rule.days]


def _raw_mail(rule: raw_mail.Rule, *, at: datetime, only_look: bool) -> Gone:
    count = raw_mail.count_due(rule, at=at) if only_look else raw_mail.let_go(rule, at=at)
    return Gone(rule.words, count)


def _notices(kind: notices.Kind, *, at: datetime, only_look: bool) -> Gone:
    return Gone(kind.words, kind.due(at).count() if only_look else notices.let_go(kind, at=at))
