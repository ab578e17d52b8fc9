"""The rows: claimed once, kept alive by each step, taken up again when a worker dies."""

from datetime import datetime, timedelta

import pytest

from requests_app.casefile import case_file_queue
from requests_app.casefile.case_file_queue import ClaimLostError
from requests_app.models import CaseFile, CaseFileState
from requests_app.storage.content import Kept
from tests.factories import NOW, submitted

pytestmark = pytest.mark.django_db

KEPT = Kept("f", "0" * 64, 1)
LATER = NOW + timedelta(seconds=181)


@pytest.fixture
def waiting() -> CaseFile:
    request = submitted()
    return CaseFile.objects.create(
        records_request=request, kind="whole", asked_by=request.created_by
    )


def taken(waiting: CaseFile, at: datetime = NOW) -> CaseFile:
    claimed = case_file_queue.claim(waiting.pk, at=at)
    assert claimed is not None
    return claimed


def test_one_of_two_workers_gets_it(waiting: CaseFile):
    assert case_file_queue.claim(waiting.pk, at=NOW) is not None
    assert case_file_queue.claim(waiting.pk, at=NOW) is None


def test_each_step_is_written_down_and_keeps_the_claim(waiting: CaseFile):
    claimed = taken(waiting)
    case_file_queue.report_step(claimed, step="Opening exhibit 3 of 9", done=3, total=20, at=LATER)

    waiting.refresh_from_db()
    assert (waiting.step, waiting.done, waiting.total) == ("Opening exhibit 3 of 9", 3, 20)
    assert case_file_queue.release_stuck(at=LATER + timedelta(seconds=1)) == 0


def test_silent_worker_loses_it_and_is_told_so(waiting: CaseFile):
    silent = taken(waiting)

    assert case_file_queue.release_stuck(at=LATER) == 1
    second = taken(waiting, LATER)

    with pytest.raises(ClaimLostError):
        case_file_queue.report_step(silent, step="x", done=1, total=2, at=LATER)
    assert not case_file_queue.mark_ready(silent, KEPT, page_count=1, at=LATER)
    assert not case_file_queue.mark_failed(silent, problem="x", at=LATER)
    assert case_file_queue.mark_ready(second, KEPT, page_count=1, at=LATER)


def test_what_killed_three_workers_is_given_up_with_the_reason(waiting: CaseFile):
    at = NOW
    for _ in range(3):
        assert case_file_queue.claim(waiting.pk, at=at)
        at += timedelta(seconds=181)
        case_file_queue.release_stuck(at=at)

    waiting.refresh_from_db()
    assert waiting.state == CaseFileState.FAILED
    assert "stopped three times" in waiting.problem
    assert case_file_queue.claim(waiting.pk, at=at) is None


def test_what_is_ready_is_left_alone(waiting: CaseFile):
    claimed = taken(waiting)
    case_file_queue.mark_ready(claimed, KEPT, page_count=1, at=NOW)

    assert case_file_queue.release_stuck(at=LATER) == 0
