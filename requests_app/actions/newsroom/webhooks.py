"""Addresses of other programs that are told of events: made, given a new secret, ended."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from cities.portals.safe_address import BadAddressError
from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.security import security_log
from requests_app.models import Event, User, Webhook, WebhookMessage
from requests_app.models.newsroom.webhook import new_secret
from requests_app.vocabulary.security_kinds import SecurityKind
from requests_app.webhooks import outbox
from requests_app.webhooks.addresses import check_address

MOST_ADDRESSES = 10
BOTH_SECRETS_FOR = timedelta(hours=24)


@transaction.atomic
def subscribe(*, url: str, kinds: Collection[str], by: Attribution) -> Webhook:
    """From now on it is told of such events; of none that happened before."""
    User.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=by.user.pk
    )  # two at once are counted one by one
    if Webhook.objects.working().filter(user=by.user).count() >= MOST_ADDRESSES:
        raise Refused(f"You have {MOST_ADDRESSES} addresses already: end one of them first.")
    try:
        address = check_address(url)
    except BadAddressError as error:
        raise Refused(str(error)) from error
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    made = Webhook.objects.create(
        user=by.user,
        newsroom=by.user.membership.newsroom,
        url=address,
        kinds=sorted(kinds),
        through=last,
        made_at=by.at,
    )
    _note(SecurityKind.WEBHOOK_MADE, made, by, kinds=", ".join(made.kinds) or "all")
    return made


@transaction.atomic
def change_secret(webhook: Webhook, *, by: Attribution) -> str:
    """A new one. For a day messages are signed by the one before too, so that none is refused."""
    row = _working(webhook)
    row.previous_secret, row.previous_until = row.secret, by.at + BOTH_SECRETS_FOR
    row.secret = new_secret()
    row.save(update_fields=["secret", "previous_secret", "previous_until"])
    _note(SecurityKind.WEBHOOK_SECRET_CHANGED, row, by)
    return row.secret


@transaction.atomic
def end(webhook: Webhook, *, by: Attribution) -> None:
    row = _working(webhook)
    row.ended_at, row.why_ended = by.at, f"Ended by {by.user}."
    row.save(update_fields=["ended_at", "why_ended"])
    _note(SecurityKind.WEBHOOK_ENDED, row, by)


def send_again(message: WebhookMessage, *, by: Attribution) -> None:
    """The same message under the same id, whatever became of it."""
    if not outbox.send_again(message, at=by.at):
        raise Refused("This message is waiting to be sent already.")


def _note(kind: SecurityKind, webhook: Webhook, by: Attribution, **facts: Any) -> None:
    security_log.record(kind, by=by.user, at=by.at, host=webhook.host, webhook=webhook.pk, **facts)


def _working(webhook: Webhook) -> Webhook:
    row = Webhook.objects.select_for_update(no_key=True).get(pk=webhook.pk)
    if row.ended_at is not None:
        raise Refused("This address is told nothing any more. Nothing was changed.")
    return row
