"""Processes that write events into one newsroom's SQLite ledger at once: how many, what holds."""

import json
import multiprocessing
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def write(request_pk: int, count: int) -> None:
    import django

    django.setup()
    from django.db import transaction

    from requests_app.models import Event, EventKind, RecordsRequest
    from tests.factories import NOW, TODAY

    request = RecordsRequest.objects.get(pk=request_pk)
    for _ in range(count):
        with transaction.atomic():
            Event.objects.create(
                records_request=request, kind=EventKind.NOTED, on=TODAY, recorded_at=NOW
            )


def main(writers: int, count: int) -> None:
    import django

    django.setup()
    from django.db import connections

    from requests_app.ledger.chains import verify
    from requests_app.models import Event
    from tests.factories import draft, member

    person = member()
    requests = [draft(person) for _ in range(writers)]
    before = Event.objects.count()
    connections.close_all()
    spawn = multiprocessing.get_context("spawn")
    running = [spawn.Process(target=write, args=(request.pk, count)) for request in requests]
    for process in running:
        process.start()
    for process in running:
        process.join()
    verdict = verify(f"ledger-{person.membership.newsroom_id}")
    said = {
        "codes": [process.exitcode for process in running],
        "written": Event.objects.count() - before,
        "before": before,
        "entries": verdict.entries,
        "whole": verdict.is_whole,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
