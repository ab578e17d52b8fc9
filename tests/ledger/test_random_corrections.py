"""For random histories: the ledger gives what is stored, and a struck entry was never made."""

from collections import Counter
from random import Random

import pytest

from requests_app import ledger
from requests_app.actions.errors import Refused
from requests_app.actions.requests import corrections
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.effective import effective
from requests_app.models import Event, EventKind
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import describe
from tests.factories import NOW
from tests.ledger.histories import Step, begun, follows, live, random_steps

pytestmark = pytest.mark.django_db

SEEDS = range(16)
STEPS = 12


def strikable(lived: list[tuple[Step, list[Event]]]) -> list[tuple[int, Event]]:
    """The steps that are one entry which may be struck, each with its place."""
    found = []
    for place, (_, entries) in enumerate(lived):
        kinds = [e for e in entries if e.kind != EventKind.DEADLINE_MOVED]
        if len(kinds) == 1 and not describe(kinds[0].kind).marks & Mark.NEVER_STRUCK:
            found.append((place, kinds[0]))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_a_struck_entry_was_never_made_and_a_restored_one_always_was(seed: int):
    random = Random(seed)
    request = begun()
    by = Attribution(request.created_by, NOW)
    lived = live(request, list(random_steps(random, STEPS)))
    before = follows(request)
    assert ledger.compare(request) == []

    for place, entry in strikable(lived):
        other = begun()
        others = [step for step, _ in lived[:place]] + [step for step, _ in lived[place + 1 :]]
        without = live(other, others)
        try:
            corrections.strike(entry, why="A mistake.", by=by)
        except Refused:
            assert len(without) < len(others), f"{entry} could have been left out"
            assert follows(request) == before
            continue
        assert ledger.compare(request) == []
        if len(without) == len(others):
            assert follows(request) == follows(other), f"without {entry}"
        corrections.restore(entry, why="None.", by=by)
        assert follows(request) == before, f"with {entry} again"


def test_the_database_and_the_memory_know_the_same_entries_as_standing():
    random = Random(7)
    request = begun()
    by = Attribution(request.created_by, NOW)
    lived = live(request, list(random_steps(random, STEPS)))
    done = Counter[str]()
    for _, entry in strikable(lived):
        for correct in (corrections.strike, corrections.restore, corrections.strike):
            try:
                correct(entry, why="A mistake.", by=by)
            except Refused:
                break
            done[correct.__name__] += 1

    entries = list(request.events.in_order())

    assert done["restore"] > 0
    assert list(request.events.effective().in_order()) == effective(entries) != entries
