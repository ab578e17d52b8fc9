"""The entries of a correction. What follows from them, the action that makes it writes."""

from datetime import date

from requests_app.ledger.attribution import Recorder
from requests_app.models import Event, EventKind


def correct(entry: Event, kind: EventKind, *, on: date, why: str, by: Recorder) -> Event:
    """A correction of that entry: struck, or restored where `entry` is what struck another."""
    about = entry.strikes if kind == EventKind.ENTRY_RESTORED else entry
    assert about is not None
    return Event.objects.create(
        records_request=entry.records_request,
        appeal=about.appeal,
        kind=kind,
        on=on,
        by=by.user,
        recorded_at=by.at,
        strikes=entry,
        data={"text": why, "struck": about.kind, "struck_on": about.on.isoformat()},
    )


def on_another_day(entry: Event, *, on: date, by: Recorder) -> Event:
    """The same entry on its right day. It stands where the first that about it stood."""
    return Event.objects.create(
        records_request=entry.records_request,
        appeal=entry.appeal,
        delivery=entry.delivery,
        kind=entry.kind,
        on=on,
        by=by.user,
        recorded_at=by.at,
        data=entry.data,
        in_place_of=entry.first_entry,
    )
