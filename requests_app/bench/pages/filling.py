"""A newsroom of so many requests: a few honest ones, copied, and what the ledger derives."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection, transaction

from cities.schema.load import all_cities
from requests_app import ledger
from requests_app.actions.requests import notes
from requests_app.bench.pages import newsroom, stories
from requests_app.bench.pages.copying import Copy, copy_all, rows_of
from requests_app.bench.pages.newsroom import Staff
from requests_app.bench.pages.stories import STORIES, Story
from requests_app.demo.storyteller import Teller
from requests_app.ledger.attribution import Attribution
from requests_app.models import Event, RecordsRequest

SEED = 20261121
ASSIGNED, SHARED = 0.1, 0.05  # of all requests
FEWEST = 20  # copies of a story in a city, for which it is worth telling there
LONG = 400  # notes in the ledger of the one request that never ends
Report = Callable[[str], None]


def fill(requests: int, *, at: datetime, report: Report) -> Staff:
    """So many requests in all, in a newsroom made for them."""
    with transaction.atomic():
        staff = newsroom.hire(at=at)
        chance = random.Random(SEED)  # noqa: S311  which day and whose, not a secret
        numbers = iter(range(1, requests + 1))
        for story, count in _shares(requests):
            _tell_and_copy(story, list(islice(numbers, count)), staff, chance, at)
        _share_some(staff, chance)
        _lengthen(staff, at=at)
        report(f"{requests:,} requests are written")
        derive(at=at)
        report("what follows from their ledgers is derived")
    settle(at=at)
    return staff


def derive(*, at: datetime) -> None:
    """Whatever the ledger derives of a request, by its own bulk writers: deadlines, headlines."""
    ledger.rederive_many(RecordsRequest.objects.all(), at=at, because="copied")
    with transaction.atomic():  # a draft has a headline and no deadline
        ledger.write_headlines_of(RecordsRequest.objects.open())


def settle(*, at: datetime) -> None:
    """As a database in use for some time: its daily tidying done, and it knows its tables."""
    ledger.drop_past_headlines(at=at)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")


def _shares(requests: int) -> Iterator[tuple[Story, int]]:
    """How many of each story; what rounding leaves over goes to the most frequent."""
    counts = {story.tell: max(1, requests * story.among // 1000) for story in STORIES}
    most = max(STORIES, key=lambda story: story.among)
    counts[most.tell] += requests - sum(counts.values())
    for story in STORIES:
        yield story, counts[story.tell]


def _tell_and_copy(
    story: Story, numbers: list[int], staff: Staff, chance: random.Random, at: datetime
) -> None:
    """Told once in each city, unless there are too few of them to go round."""
    slugs = [city.slug for city in all_cities()]
    first = STORIES.index(story) % len(slugs)
    places = (slugs[first:] + slugs[:first])[: max(1, len(numbers) // FEWEST)]
    for place, slug in enumerate(places):
        mine = numbers[place :: len(places)]
        by = staff.reporters[0]
        teller = stories.begin(Teller(staff.newsroom, by, at), slug, story.ago)
        story.tell(teller)
        copies = [_copy(number, story, staff, chance) for number in mine[1:]]
        teller.request.refresh_from_db()
        copy_all(rows_of(teller.request), copies)


def _copy(number: int, story: Story, staff: Staff, chance: random.Random) -> Copy:
    return Copy(
        number,
        earlier=chance.randrange(story.spread),
        by=chance.choice(staff.reporters),
        instead_of=staff.reporters[0],
        assigned_to=chance.choice(staff.reporters) if chance.random() < ASSIGNED else None,
    )


def _share_some(staff: Staff, chance: random.Random) -> None:
    through = RecordsRequest.shared_with.through
    keys = RecordsRequest.objects.values_list("pk", flat=True)
    through.objects.bulk_create(
        through(recordsrequest_id=pk, user_id=chance.choice(staff.reporters).pk)
        for pk in keys
        if chance.random() < SHARED
    )


def long_one() -> RecordsRequest:
    """The request in whose ledger the most stands."""
    return RecordsRequest.objects.filter(state="denied").earliest("pk")


def _lengthen(staff: Staff, *, at: datetime) -> None:
    """Years of notes in the ledger of one request that was denied."""
    request = long_one()
    by = Attribution(staff.editor, at)
    note = notes.note(request, on=at.date() - timedelta(days=1), text="She called.", by=by)
    Event.objects.bulk_create(
        Event(
            records_request=request,
            kind=note.kind,
            on=note.on - timedelta(days=number // 10),
            recorded_at=at,
            by=by.user,
            data=note.data,
        )
        for number in range(1, LONG)
    )
