"""One making: the file under its hash, or the reason why not; nothing left lying about."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

from requests_app.casefile import case_file_queue, make_case_file, make_pdf, tasks
from requests_app.models import CaseFile, CaseFileState, Letter
from tests.casefile.papers import challenged, denied, pdf
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR = tmp_path


def asked(request, kind: str = "whole", **fields) -> CaseFile:
    return CaseFile.objects.create(
        records_request=request, kind=kind, asked_by=request.created_by, **fields
    )


def made(case_file: CaseFile) -> CaseFile:
    make_case_file.make(case_file.pk, now=lambda: NOW)
    case_file.refresh_from_db()
    return case_file


def left_over() -> list[Path]:
    return list((Path(settings.VAR) / "making").iterdir())


def test_case_file_is_stored_under_its_hash():
    ready = made(asked(denied(a_pdf=pdf("one"))))

    content = Path(ready.file.path).read_bytes()
    assert ready.state == CaseFileState.READY
    assert (ready.size, ready.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert ready.sha256 in str(ready.file.name)
    assert ready.page_count >= 6
    assert left_over() == []


def test_papers_of_an_appeal_are_made():
    appeal = challenged()

    ready = made(asked(appeal.records_request, "bundle", appeal=appeal))

    assert (ready.state, ready.problem) == (CaseFileState.READY, "")


def test_same_papers_at_the_same_moment_are_the_same_bytes():
    request = denied(a_pdf=pdf("one"), b_xlsx=b"PK\x03\x04")

    first, second = made(asked(request)), made(asked(request))

    assert first.sha256 == second.sha256


def test_letter_that_is_not_what_was_issued_stops_it_with_the_reason(monkeypatch):
    monkeypatch.setattr(make_case_file, "letter_pdf", lambda pk: b"another")

    failed = made(asked(denied()))

    assert failed.state == CaseFileState.FAILED
    assert "is not what was issued" in failed.problem
    assert left_over() == []


def test_fault_of_our_own_is_said_and_logged(monkeypatch):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(make_pdf, "make_pdf", fail)

    failed = made(asked(denied()))

    assert failed.state == CaseFileState.FAILED
    assert failed.problem.endswith("(ZeroDivisionError).")
    assert left_over() == []


def test_what_nobody_waits_for_is_not_made():
    ready = made(asked(denied()))
    before = ready.attempts

    assert made(ready).attempts == before


def test_what_a_dead_worker_left_is_cleared_away():
    waiting = asked(denied())
    old = Path(settings.VAR) / "making" / f"case-file-{waiting.pk}-1"
    old.mkdir(parents=True)
    (old / "entries-0.pdf").write_bytes(b"half")

    assert made(waiting).state == CaseFileState.READY
    assert left_over() == []


def test_worker_knows_the_task_that_is_asked_for():
    assert tasks.make_case_file.name == case_file_queue.MAKE


def test_sweep_makes_what_waits(monkeypatch):
    waiting = asked(denied())
    monkeypatch.setattr(tasks.make_case_file, "delay", tasks.make_case_file)

    tasks.sweep_case_files()

    waiting.refresh_from_db()
    assert waiting.state == CaseFileState.READY
    assert Letter.objects.exists()
