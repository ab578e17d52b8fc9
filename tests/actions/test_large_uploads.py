"""A file in pieces: killed half way, sent again, out of place, somebody else's, never finished."""

import hashlib
import os
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.mail import large_uploads
from requests_app.actions.mail.large_uploads import MB, Announced, Piece, WrongOffsetError
from requests_app.actions.requests import city_determinations
from requests_app.ledger.attribution import Attribution
from requests_app.models import Attachment, Communication, LargeUpload, RecordsRequest
from requests_app.storage import content, partial_files
from tests.factories import NOW, acting, member, said, submitted

pytestmark = pytest.mark.django_db
DATA = b"0123456789" * 100


def answered() -> RecordsRequest:
    request = submitted()
    city_determinations.grant(request, answer=said(text="Here it is."), **acting(request))
    request.refresh_from_db()
    return request


def message_of(request: RecordsRequest) -> Communication:
    return request.communications.get()


def begun(request: RecordsRequest | None = None, data: bytes = DATA) -> LargeUpload:
    request = request or answered()
    file = Announced("film.mp4", len(data), "video/mp4")
    return large_uploads.begin(request, message_of(request), file, **acting(request))


def piece(data: bytes, offset: int = 0) -> Piece:
    return Piece(offset, hashlib.sha256(data).hexdigest(), iter([data[:7], data[7:]]))


def place_of(upload: LargeUpload, settings) -> Path:
    return Path(settings.MEDIA_ROOT) / "coming-in" / upload.key


def finished(upload: LargeUpload) -> Attachment:
    return large_uploads.finish(upload, **acting(upload.communication.records_request))


def test_file_sent_in_pieces_is_attached_as_it_was(settings):
    upload = begun()

    for offset in range(0, len(DATA), 300):
        large_uploads.take(upload, piece(DATA[offset : offset + 300], offset), at=NOW)
    attachment = finished(upload)

    assert content.read_whole(str(attachment.file), sha256=attachment.sha256) == DATA
    assert attachment.sha256 == hashlib.sha256(DATA).hexdigest()
    assert (attachment.name, attachment.size) == ("film.mp4", len(DATA))
    assert attachment.communication == upload.communication
    assert not place_of(upload, settings).exists()


def test_upload_begun_again_goes_on_where_it_stopped():
    request = answered()
    first = begun(request)
    large_uploads.take(first, piece(DATA[:400]), at=NOW)

    again = begun(request)

    assert (again, again.received) == (first, 400)


@pytest.mark.parametrize("offset", [0, 399, 401, 1000, 99_999])
def test_piece_of_another_place_is_not_taken(offset: int):
    upload = begun()
    large_uploads.take(upload, piece(DATA[:400]), at=NOW)

    with pytest.raises(WrongOffsetError) as wrong:
        large_uploads.take(upload, piece(DATA[400:500], offset), at=NOW)

    upload.refresh_from_db()
    assert (wrong.value.received, upload.received) == (400, 400)


def test_piece_whose_line_broke_is_not_counted_and_can_be_sent_again(settings):
    upload = begun()

    def broken() -> Iterator[bytes]:
        yield DATA[:300]
        raise OSError("the browser went away")

    with pytest.raises(OSError, match="went away"):
        large_uploads.take(upload, Piece(0, "", broken()), at=NOW)
    assert place_of(upload, settings).stat().st_size == 0

    large_uploads.take(upload, piece(DATA), at=NOW)
    assert content.read_whole(str(finished(upload).file), sha256=_hash(DATA)) == DATA


def test_process_killed_within_a_piece_leaves_nothing_of_it(settings):
    upload = begun()
    large_uploads.take(upload, piece(DATA[:400]), at=NOW)

    def killed() -> Iterator[bytes]:
        yield b"x" * 300
        os._exit(9)

    if (child := os.fork()) == 0:
        with partial_files.held(upload.key) as file:
            partial_files.append(file, killed(), at=400, most=600, digest="")
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 9
    assert place_of(upload, settings).stat().st_size == 700  # what the dead one had written
    large_uploads.take(upload, piece(DATA[400:], 400), at=NOW)
    assert content.read_whole(str(finished(upload).file), sha256=_hash(DATA)) == DATA


def test_file_that_the_disk_lost_is_asked_for_again_and_never_filled_up(settings):
    upload = begun()
    large_uploads.take(upload, piece(DATA[:400]), at=NOW)
    place_of(upload, settings).unlink()

    with pytest.raises(WrongOffsetError) as wrong:
        large_uploads.take(upload, piece(DATA[400:], 400), at=NOW)

    assert wrong.value.received == 0
    large_uploads.take(upload, piece(DATA), at=NOW)
    assert finished(upload).sha256 == _hash(DATA)


def test_damaged_piece_is_refused_and_leaves_nothing(settings):
    upload = begun()

    with pytest.raises(Refused, match="came damaged"):
        large_uploads.take(upload, Piece(0, _hash(b"other"), iter([DATA])), at=NOW)

    upload.refresh_from_db()
    assert (upload.received, place_of(upload, settings).stat().st_size) == (0, 0)


def test_more_than_was_announced_is_refused(settings):
    upload = begun()

    with pytest.raises(Refused, match="longer than what is missing"):
        large_uploads.take(upload, piece(DATA + b"!"), at=NOW)

    assert place_of(upload, settings).stat().st_size == 0


def test_piece_is_not_taken_while_another_is_written():
    upload = begun()

    with (
        partial_files.held(upload.key),
        pytest.raises(Refused, match="Another piece of this file is being written"),
    ):
        large_uploads.take(upload, piece(DATA), at=NOW)


def test_file_is_not_finished_before_all_of_it_has_come():
    upload = begun()
    large_uploads.take(upload, piece(DATA[:999]), at=NOW)

    with pytest.raises(Refused, match="999 of 1,000 bytes have come"):
        finished(upload)

    assert not Attachment.objects.exists()


def test_finishing_twice_attaches_it_once(settings):
    upload = begun()
    large_uploads.take(upload, piece(DATA), at=NOW)

    assert finished(upload) == finished(LargeUpload.objects.get())

    assert Attachment.objects.count() == 1
    assert not place_of(upload, settings).exists()
    with pytest.raises(WrongOffsetError):
        large_uploads.take(upload, piece(DATA), at=NOW)


def test_limit_is_the_newsrooms_own():
    request = answered()
    request.newsroom.largest_file_mb = 60
    request.newsroom.save()
    message = message_of(request)

    large_uploads.begin(request, message, Announced("a.mp4", 60 * MB), **acting(request))
    with pytest.raises(Refused, match="larger than 60 MB, which is as much as this newsroom takes"):
        large_uploads.begin(request, message, Announced("b.mp4", 60 * MB + 1), **acting(request))


@pytest.mark.parametrize(
    ("file", "said_so"),
    [
        (Announced("empty.mp4", 0), "is empty"),
        (Announced(" ", 5), "name is empty or too long"),
        (Announced("x" * 256, 5), "name is empty or too long"),
    ],
)
def test_what_cannot_be_a_file_is_refused(file: Announced, said_so: str):
    request = answered()

    with pytest.raises(Refused, match=said_so):
        large_uploads.begin(request, message_of(request), file, **acting(request))


def test_message_of_another_newsroom_is_refused():
    request, other = answered(), answered()

    with pytest.raises(Refused, match="not filed with this request"):
        large_uploads.begin(request, message_of(other), Announced("a", 5), **acting(request))


def test_colleague_begins_an_upload_of_their_own():
    request = answered()
    mine = begun(request)
    colleague = Attribution(member(newsroom=request.newsroom), NOW)

    theirs = large_uploads.begin(
        request, message_of(request), Announced("film.mp4", len(DATA)), by=colleague
    )

    assert theirs != mine


def test_what_nobody_finished_is_dropped_after_a_day(settings):
    old, fresh, done = begun(), begun(), begun()
    large_uploads.take(old, piece(DATA[:400]), at=NOW)
    large_uploads.take(fresh, piece(DATA[:400]), at=NOW + timedelta(hours=2))
    large_uploads.take(done, piece(DATA), at=NOW)
    finished(done)

    dropped = large_uploads.drop_abandoned(at=NOW + timedelta(hours=25))

    assert dropped == 1
    assert list(LargeUpload.objects.order_by("pk")) == [fresh, done]
    assert (place_of(old, settings).exists(), place_of(fresh, settings).exists()) == (False, True)


def test_file_is_never_whole_in_memory():
    pieces, digest = 96, hashlib.sha256()
    for _ in range(pieces):
        digest.update(bytes(256 * 1024))
    upload = begun(data=bytes(pieces * 256 * 1024))
    chunks = (bytes(256 * 1024) for _ in range(pieces))

    tracemalloc.start()
    large_uploads.take(upload, Piece(0, digest.hexdigest(), chunks), at=NOW)
    attachment = finished(upload)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert attachment.size == 24 * MB
    assert peak < 6 * MB


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
