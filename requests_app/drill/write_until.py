"""One person at work in a process of their own: drafts with files, letters, calls and notes."""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from requests_app.actions.requests import drafting, notes, submission
from requests_app.actions.requests.drafting import RequestDetails
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.models import Channel, RecordsRequest, User

FILE_BYTES = 20_000


@dataclass
class Written:
    """By one writer. `slowest`: seconds for one request, its letter and its note."""

    made: int = 0
    slowest: float = 0.0


def write_until(stop: Path, *, email: str, log: Path, now: Callable[[], datetime]) -> Written:
    """Until a file is there. Of each request one line is in `log` once it is committed: what stands
    before a backup begins has to be in it."""
    user = User.objects.get(email=email)
    written = Written()
    with log.open("a") as lines:
        while not stop.exists():
            begun = time.monotonic()
            request = _one(user, number=written.made, now=now)
            written.made += 1
            written.slowest = max(written.slowest, time.monotonic() - begun)
            said = {"request": request.pk, "events": request.events.count()}
            lines.write(json.dumps(said) + "\n")
            lines.flush()
            os.fsync(lines.fileno())
    connection.close()
    return written


def _one(user: User, *, number: int, now: Callable[[], datetime]) -> RecordsRequest:
    request = drafting.begin(
        by=Attribution(user, now()),
        city_slug="us-ct/stamford",
        kind="records",
        details=RequestDetails(
            "city_clerk",
            f"Use-of-force reports, {user.name}, {number}",
            {"what": f"every use-of-force report of 2025, part {number}"},
        ),
        files=[
            SimpleUploadedFile(f"rows-{number}.csv", os.urandom(FILE_BYTES), "text/csv"),
        ],
    )
    sending = Sending(Channel.EMAIL, "clerk@stamford.example")
    submission.submit(request, by=Attribution(user, now()), sending=sending)
    by = Attribution(user, now())
    notes.note(request, on=request.city.local_date(by.at), text="Called the clerk.", by=by)
    return request
