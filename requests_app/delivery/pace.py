"""No more messages a minute to one host than it should get, all workers together.

Each message takes the next turn at its host, and with it a moment of its own: who comes later
cannot come first, and nobody waits for ever. A short burst goes at once; the spacing that follows
makes up for it (the generic cell rate algorithm, with turns handed out instead of refused).
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from requests_app.models import HostPace

MINUTE = timedelta(minutes=1)


def take_turn(host: str, *, at: datetime) -> datetime:
    """The moment from which the next message may go there; it is taken by that."""
    per_minute = settings.MAIL_PER_HOST_PER_MINUTE
    if not per_minute:
        return at
    burst = max(1, per_minute // 6)
    # Rounded up: a minute holds the burst and what is spaced after it, and not one more.
    spacing = MINUTE / (per_minute - burst + 1) + timedelta.resolution
    with transaction.atomic():
        HostPace.objects.get_or_create(host=host, defaults={"free_at": at})
        pace = HostPace.objects.select_for_update(no_key=True).get(host=host)
        free_at = max(pace.free_at, at)
        pace.free_at = free_at + spacing
        pace.save(update_fields=["free_at"])
    turn: datetime = max(at, free_at - (burst - 1) * spacing)
    return turn


def is_still_good(turn_at: datetime | None, *, at: datetime) -> bool:
    """Whether a turn taken before is the present one. After a night without a worker none is:
    else all that waited would go at once."""
    longest = timedelta(seconds=max(2 * settings.SWEEP_SECONDS, 5))
    return turn_at is not None and turn_at <= at <= turn_at + longest
