"""Showing a city's figures to everybody, and no longer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.security import security_log
from requests_app.models import Newsroom, Scorecard
from requests_app.research.figures.every_figure import PUBLISHABLE
from requests_app.vocabulary.security_kinds import SecurityKind


@dataclass(frozen=True, slots=True)
class Shown:
    """What everybody may see of a city."""

    figures: Sequence[str]
    filed_from: date | None = None


@transaction.atomic
def switch(newsroom: Newsroom, *, on: bool, by: Attribution) -> None:
    """Whether the newsroom publishes scorecards at all. What was chosen of each city is kept."""
    newsroom.publishes_scorecards = on
    newsroom.save(update_fields=["publishes_scorecards"])
    _note(newsroom, f"scorecards are {'' if on else 'not '}published", by=by)


@transaction.atomic
def publish(newsroom: Newsroom, city: str, shown: Shown, *, by: Attribution) -> Scorecard:
    """From now on, that and no more."""
    unknown = sorted(set(shown.figures) - set(PUBLISHABLE))
    if unknown:
        raise Refused(f"There is no figure “{unknown[0]}”. Nothing was published.")
    if not shown.figures:
        raise Refused("Choose at least one figure. Nothing was published.")
    scorecard, _ = Scorecard.objects.update_or_create(
        newsroom=newsroom,
        city_slug=city,
        defaults={
            "figures": [slug for slug in PUBLISHABLE if slug in shown.figures],
            "filed_from": shown.filed_from,
            "published_by": by.user,
            "published_at": by.at,
        },
    )
    _note(newsroom, f"figures of {city} are published: {', '.join(scorecard.figures)}", by=by)
    return scorecard


@transaction.atomic
def take_down(newsroom: Newsroom, city: str, *, by: Attribution) -> None:
    """Nobody outside sees it any more, once what others keep of it is an hour old."""
    deleted, _ = Scorecard.objects.filter(newsroom=newsroom, city_slug=city).delete()
    if not deleted:
        raise Refused("Nothing of that city is published.")
    _note(newsroom, f"figures of {city} are published no more", by=by)


def _note(newsroom: Newsroom, changed: str, *, by: Attribution) -> None:
    kind = SecurityKind.SETTINGS_CHANGED
    security_log.record(kind, by=by.user, newsroom=newsroom, at=by.at, changed=changed)
