"""Which files are read, how often, and that a bad one harms no other."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.actions.requests import city_progress
from requests_app.models import Attachment, FileText, RecordsRequest, TextStage
from requests_app.search.finding import files_saying
from requests_app.search.words import SearchWords
from requests_app.storage import content
from requests_app.storage.reading_files import reading_queue
from requests_app.storage.reading_files.read_words import Found
from tests.factories import NOW, acting, said, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_with_files() -> RecordsRequest:
    request = submitted()
    files = (
        SimpleUploadedFile("broken.pdf", b"%PDF-1.7 nothing of the kind", "application/pdf"),
        SimpleUploadedFile("list.csv", b"vendor,amount\nHarbor Towing,41250\n", "text/csv"),
        SimpleUploadedFile("again.csv", b"vendor,amount\nHarbor Towing,41250\n", "text/csv"),
    )
    city_progress.acknowledge(request, answer=said(files=files), **acting(request))
    return request


def read_all() -> dict[str, str]:
    reading_queue.promise_new()
    for row in FileText.objects.due():
        reading_queue.read_one(row.pk, at=NOW)
    return {
        Attachment.objects.filter(sha256=row.sha256).order_by("pk")[0].name: row.stage
        for row in FileText.objects.all()
    }


def test_each_content_is_read_once_and_a_bad_one_harms_no_other(
    request_with_files: RecordsRequest,
) -> None:
    assert read_all() == {"broken.pdf": TextStage.FAILED, "list.csv": TextStage.READ}
    assert "Harbor Towing" in FileText.objects.get(stage=TextStage.READ).text
    assert FileText.objects.get(stage=TextStage.FAILED).problem
    assert reading_queue.promise_new() == 0


def test_a_claim_is_taken_once(request_with_files: RecordsRequest, monkeypatch: Any) -> None:
    reading_queue.promise_new()
    row = FileText.objects.due()[0]
    reads: list[Any] = []

    def once(path: Any, *, name: str) -> Found:
        reads.append(name)
        reading_queue.read_one(row.pk, at=NOW)  # somebody else tries meanwhile
        return Found(text="words")

    monkeypatch.setattr(reading_queue, "read", once)
    reading_queue.read_one(row.pk, at=NOW)

    assert len(reads) == 1


def test_what_a_dead_worker_held_is_tried_once_more_then_given_up(
    request_with_files: RecordsRequest,
) -> None:
    reading_queue.promise_new()
    row = FileText.objects.due()[0]
    for attempt in (1, 2):
        FileText.objects.filter(pk=row.pk).update(
            stage=TextStage.READING, claimed_at=NOW, attempts=attempt
        )
        reading_queue.release_stuck(at=NOW + timedelta(minutes=4))
        assert FileText.objects.get(pk=row.pk).stage == TextStage.READING
        reading_queue.release_stuck(at=NOW + timedelta(minutes=6))
        expected = TextStage.WAITING if attempt == 1 else TextStage.FAILED
        assert FileText.objects.get(pk=row.pk).stage == expected


def test_a_file_that_is_gone_is_a_problem(request_with_files: RecordsRequest) -> None:
    for attachment in Attachment.objects.filter(name__in=["broken.pdf", "list.csv"]):
        content.path_of(str(attachment.file)).unlink()

    assert set(read_all().values()) == {TextStage.FAILED}
    assert FileText.objects.all()[0].problem == "The file is not where it was stored."


def test_a_file_that_was_cut_short_is_a_problem_and_no_words(
    request_with_files: RecordsRequest,
) -> None:
    content.path_of(str(Attachment.objects.get(name="list.csv").file)).write_bytes(b"vendor,am")

    read_all()

    row = FileText.objects.get(sha256=Attachment.objects.get(name="list.csv").sha256)
    assert (row.stage, row.text) == (TextStage.FAILED, "")
    assert row.problem == "The file is no longer what was stored: its hash differs."


def test_the_list_finds_a_request_by_words_in_its_files(
    request_with_files: RecordsRequest,
) -> None:
    read_all()
    submitted(subject="Another")

    assert [file.name for file in files_saying(SearchWords.read("harbor towing"))] == [
        "list.csv",
        "again.csv",
    ]
    assert not files_saying(SearchWords.read("no such words"))
