"""Runs beside a desk, on its data: puts a newsroom there, and says what became of its requests.

Speaks JSON, a line for a line, so that a test can ask often without starting Django each time.
"""

import json
import os
import sys
from typing import Any


def found(drafts: int) -> list[str]:
    """A newsroom with that many drafts to Stockton's City Clerk; their public ids."""
    from django.utils import timezone

    from requests_app.actions.newsroom import people
    from requests_app.actions.requests import drafting
    from requests_app.ledger.attribution import Attribution

    now = timezone.now()
    admin = people.found_newsroom(
        name="Ledger",
        address="12 Summer Street",
        email="",
        admin_name="Ana",
        admin_email="ana@ledger.example",
        password="look-around-freely",
        at=now,
    )
    return [
        drafting.begin(
            by=Attribution(admin, now),
            city_slug="us-ca/stockton",
            kind="records",
            details=drafting.RequestDetails(
                office_role="city_clerk",
                subject=f"Ledger {number}",
                particulars={"what": f"the ledger of year {number}"},
            ),
        ).public_id
        for number in range(drafts)
    ]


def tell() -> list[dict[str, Any]]:
    """Each request with what a submission leaves behind, all of it at one moment."""
    from django.db import connection, transaction

    from requests_app.models import RecordsRequest

    # Counted apart, what a worker commits in between would stand in one count and not in another.
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return [
            {
                "public_id": request.public_id,
                "state": request.state,
                "letters": request.letters.count(),
                "submissions": request.events.filter(kind="submitted").count(),
                "sent_events": request.events.filter(kind="sent").count(),
                "deliveries": list(request.deliveries.values_list("state", "message_id")),
            }
            for request in RecordsRequest.objects.order_by("pk")
        ]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        print(json.dumps(found(*arguments) if verb == "found" else tell()), flush=True)


if __name__ == "__main__":
    main()
