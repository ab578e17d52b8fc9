"""A worker that can be killed five hundred times: each sending is a process forked from this one.

Speaks JSON, a line for a line. It holds no database connection while it forks.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

OFFICE = "city_clerk"


def make(count: int, at: str) -> list[int]:
    """That many letters waiting to be sent, each of a request of its own; their deliveries."""
    from requests_app.delivery.channels.message import content_of
    from requests_app.models import (
        Channel,
        Delivery,
        DeliveryState,
        Event,
        EventKind,
        Letter,
        RecordsRequest,
    )
    from requests_app.models.guards.state_guard import state_may_change
    from requests_app.models.requests.records_request import new_public_id

    when = datetime.fromisoformat(at)
    newsroom, by = _newsroom(when)
    common = {"newsroom": newsroom, "created_by": by, "created_at": when}
    with state_may_change():
        requests = RecordsRequest.objects.bulk_create(
            RecordsRequest(
                **common,
                public_id=(name := new_public_id()),
                reference=name,
                city_slug="us-ca/stockton",
                kind="records",
                office_role=OFFICE,
                subject=f"Proof {number}",
                state="submitted",
                submitted_on=when.date(),
            )
            for number in range(count)
        )
    letters = Letter.objects.bulk_create(
        Letter(
            records_request=request,
            kind="records_request",
            subject=request.subject,
            text="Dear City Clerk:\n\nPlease see below.\n" * 20,
            template="proof",
            template_sha256="",
            pdf=b"%PDF-1.7\n" + os.urandom(4000),
            sha256="",
            page_count=1,
            dated_on=when.date(),
            issued_at=when,
            issued_by=by,
        )
        for request in requests
    )
    deliveries = Delivery.objects.bulk_create(
        Delivery(
            records_request=letter.records_request,
            letter=letter,
            channel=Channel.EMAIL,
            to_name="City Clerk",
            to="clerk@stockton.example",
            state=DeliveryState.QUEUED,
            message_id=f"<{letter.records_request.public_id}@desk.example>",
            not_before=when,
            created_at=when,
            created_by=by,
        )
        for letter in letters
    )
    Event.objects.bulk_create(
        Event(
            records_request=delivery.records_request,
            delivery=delivery,
            kind=EventKind.SUBMITTED,
            on=when.date(),
            recorded_at=when,
            by=by,
            data={"channel": "email", "to": delivery.to},
        )
        for delivery in deliveries
    )
    assert content_of(deliveries[0])  # what is compiled at first use, no child has to compile
    return [delivery.pk for delivery in deliveries]


def warm_up() -> None:
    """Read the city's pack and count once, so that not every child has to."""
    from cities.schema.city import RequestKind
    from cities.schema.load import load_city
    from requests_app.deadlines import Subject, derive
    from requests_app.ledger.inputs import Entry

    filed = Entry(1, 0, "submitted", date(2026, 11, 2), {"channel": "email"}, None)
    assert derive(Subject(load_city("us-ca/stockton"), kind=RequestKind.RECORDS), [filed])


def _newsroom(at: datetime) -> tuple[Any, Any]:
    from requests_app.actions.newsroom import people
    from requests_app.models import Newsroom, User

    if not Newsroom.objects.exists():
        people.found_newsroom(
            name="Ledger",
            address="12 Summer Street",
            email="",
            admin_name="Ana",
            admin_email="ana@ledger.example",
            password="look-around-freely",
            at=at,
        )
    return Newsroom.objects.get(), User.objects.get()


def tell(ids: list[int]) -> list[list[Any]]:
    """State, Message-ID, tries and `sent` events of each."""
    from django.db.models import Count, Q

    from requests_app.models import Delivery

    sent = Count("events", filter=Q(events__kind="sent"))
    rows = Delivery.objects.filter(pk__in=ids).annotate(sent=sent).order_by("pk")
    return [list(row) for row in rows.values_list("state", "message_id", "attempts", "sent")]


def return_paths(ids: list[int]) -> list[str]:
    from requests_app.models import Delivery
    from requests_app.return_paths import return_path

    return [return_path(one) for one in Delivery.objects.filter(pk__in=ids).order_by("pk")]


def bounce(delivery: int, path: str) -> list[str]:
    """A report comes to that return path, under a Message-ID of a gateway's. The delivery's state
    then, and whether the report was filed with its request or asks a person."""
    from requests_app.models import Delivery
    from tests.inbound import messages

    foreign = f"<{delivery}@gateway.example>"
    raw = messages.bounce(foreign, to=path, recipient="clerk@stockton.example")
    mail = messages.taken_in(raw.replace(b"<dsn-failed@", f"<dsn-{delivery}@".encode()))
    row = Delivery.objects.get(pk=delivery)
    filed = mail.standing_communication()
    is_filed = filed is not None and filed.records_request_id == row.records_request_id
    return [row.state, "filed" if is_filed else "asks" if mail.is_waiting else "lost"]


def release(at: str) -> int:
    from requests_app.delivery import outbox

    return outbox.release_stuck(at=datetime.fromisoformat(at))


def send_in_child(ids: list[int], at: str, die_at: str, timeout: float) -> int:
    """Fork; the child sends those letters, and dies by its own hand where it is told to."""
    from django.conf import settings

    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        settings.EMAIL_TIMEOUT = settings.EMAIL_ANSWER_TIMEOUT = timeout
        _child(ids, datetime.fromisoformat(at), die_at)
        status = 0
    finally:
        sys.stderr.flush()
        os._exit(status)


def _child(ids: list[int], at: datetime, die_at: str) -> None:
    from requests_app.delivery import outbox
    from requests_app.delivery.send import send

    moments = iter(range(10**9))

    def now() -> datetime:
        """Later each time it is asked, so that no two claims are of one moment."""
        return at + timedelta(microseconds=next(moments))

    def die(*args: Any, **kwargs: Any) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)

    def after(act: Callable[..., Any]) -> Callable[..., Any]:
        def done(*args: Any, **kwargs: Any) -> Any:
            act(*args, **kwargs)
            return die()

        return done

    if die_at == "CLAIMED":
        outbox.wait_for_turn = die
    elif die_at == "MARKED":
        outbox.mark_handed = after(outbox.mark_handed)
    elif die_at == "ANSWERED":
        outbox.mark_sent = die
    elif die_at == "WRITTEN":
        outbox.mark_sent = after(outbox.mark_sent)
    for delivery_id in ids:
        send(delivery_id, now=now)


def wait(pid: int) -> int:
    """How the child ended: minus the signal that killed it, or its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


VERBS: dict[str, Callable[..., Any]] = {
    "make": make,
    "tell": tell,
    "release": release,
    "return_paths": return_paths,
    "bounce": bounce,
    "send": send_in_child,
    "wait": wait,
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.db import connections

    django.setup()
    warm_up()
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        print(json.dumps(VERBS[verb](*arguments)), flush=True)
        connections.close_all()  # the next verb may fork, or find another server there


if __name__ == "__main__":
    main()
