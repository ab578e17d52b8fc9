"""A worker's hold on a row: taken once, lost to whoever takes over, and how long to back off."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Field, Model

from requests_app.casefile import case_file_queue
from requests_app.delivery.outbox import moves
from requests_app.leases import MOST_STRETCH, WAITS, Lease, wait_after
from requests_app.models import CaseFile, Delivery, FileScan, FileText, Notice, TextStage
from requests_app.reminders.mails import outbox as notices
from requests_app.storage.reading_files import reading_queue
from requests_app.storage.scanning import scan_queue
from tests.factories import NOW

LATER = NOW + timedelta(hours=1)
LEASE = reading_queue.LEASE
LEASES = {
    CaseFile: case_file_queue.LEASE,
    Delivery: moves.LEASE,
    FileScan: scan_queue.LEASE,
    FileText: LEASE,
    Notice: notices.LEASE,
}


@pytest.fixture
def waiting(db: None) -> FileText:
    return FileText.objects.create(sha256="0" * 64, stored="nowhere")


@pytest.fixture
def claimed(waiting: FileText) -> FileText:
    assert claim(waiting)
    waiting.refresh_from_db()
    return waiting


def claim(row: FileText, at=NOW) -> bool:
    return LEASE.claim(FileText.objects.filter(pk=row.pk), at=at)


def another(row: FileText) -> FileText:
    """The same row, as another worker has read it."""
    return FileText.objects.get(pk=row.pk)


def test_of_two_workers_one_has_it(waiting: FileText):
    assert [claim(waiting), claim(waiting, LATER)] == [True, False]

    waiting.refresh_from_db()
    assert (waiting.stage, waiting.claimed_at, waiting.attempts) == (TextStage.READING, NOW, 1)


def test_whoever_has_it_writes_in_it(claimed: FileText):
    assert LEASE.write(claimed, stage=TextStage.READ, text="words")

    assert another(claimed).text == "words"


def test_renewed_it_is_held_on_and_an_older_claim_is_lost(claimed: FileText):
    before = another(claimed)

    assert LEASE.renew(claimed, at=LATER, problem="half way")

    assert claimed.claimed_at == LATER
    assert LEASE.write(claimed, text="mine")
    assert not LEASE.write(before, text="theirs")
    assert (another(claimed).text, another(claimed).problem) == ("mine", "half way")


def test_taken_over_it_is_lost_to_whoever_had_it(claimed: FileText):
    sweep = another(claimed)

    assert LEASE.take_over(sweep, at=LATER, seen=["attempts"])

    assert not LEASE.write(claimed, text="too late")
    assert not LEASE.renew(claimed, at=LATER)
    assert LEASE.write(sweep, text="sweep")


def test_it_is_not_taken_over_where_it_no_longer_stands_as_it_was_seen(claimed: FileText):
    sweep = another(claimed)
    FileText.objects.update(attempts=2)

    assert not LEASE.take_over(sweep, at=LATER, seen=["attempts"])

    assert LEASE.write(claimed, text="still mine")


def test_what_is_put_back_waits_and_can_be_claimed_again(claimed: FileText):
    assert LEASE.retry_later(claimed, problem="not now")

    assert (another(claimed).stage, another(claimed).problem) == (TextStage.WAITING, "not now")
    assert claim(claimed, LATER)
    assert not LEASE.retry_later(claimed)
    assert another(claimed).attempts == 2


@pytest.mark.parametrize(("most", "stage"), [(2, TextStage.WAITING), (1, TextStage.FAILED)])
def test_what_a_dead_worker_held_waits_again_or_is_given_up(
    claimed: FileText, most: int, stage: TextStage
):
    silent = FileText.objects.stuck(claimed_before=LATER)

    assert LEASE.release(silent, most_attempts=most, stage=TextStage.FAILED) == 1

    assert another(claimed).stage == stage
    assert not LEASE.write(claimed, text="too late")


@pytest.mark.parametrize("model", LEASES, ids=lambda model: model.__name__)
def test_each_queue_names_states_of_its_own_table(model: type[Model]):
    lease: Lease = LEASES[model]
    column = model._meta.get_field(lease.column)
    assert isinstance(column, Field)
    states = {value for value, _ in column.flatchoices}

    assert {lease.waiting, lease.working} < states
    assert {"claimed_at", "attempts"} < {field.name for field in model._meta.fields}


def test_no_queue_claims_by_itself():
    """`incoming` counts the tries of a mail, which nobody holds."""
    app = Path(settings.ROOT) / "requests_app"
    claims = {
        file.relative_to(app).as_posix()
        for file in app.rglob("*.py")
        if re.search(r'F\("attempts"\) \+ 1', file.read_text(encoding="utf-8"))
    }

    assert claims == {"leases.py", "actions/mail/incoming.py"}


def test_each_wait_is_longer_than_the_last_whatever_is_drawn():
    longest_before = timedelta(0)
    for attempts, wait in enumerate(WAITS, start=1):
        assert wait_after(attempts, stretch=0.0) == wait > longest_before
        longest_before = wait_after(attempts, stretch=1.0)
        assert longest_before == wait * (1 + MOST_STRETCH)


def test_what_failed_together_is_not_tried_again_together():
    assert len({wait_after(1) for _ in range(20)}) > 1


def test_after_the_last_wait_it_stays_as_long():
    assert wait_after(99, stretch=0.0) == WAITS[-1]


def test_the_server_may_ask_for_more():
    five = timedelta(minutes=5)

    assert wait_after(1, at_least=five, stretch=0.0) == five
    assert wait_after(5, at_least=five, stretch=0.0) == WAITS[4]
