"""`ingest_mail`: exit 0 once a message is stored, 75 while it is not, a line for each."""

import errno
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from requests_app.actions.mail import incoming
from requests_app.inbound import tasks
from requests_app.models import InboundMail, Stage
from requests_app.storage import content
from tests.factories import submitted
from tests.inbound.messages import answer_to, kept, message, taken_in

pytestmark = pytest.mark.django_db


def ingest(*arguments: str, stdin: bytes | None = None, monkeypatch: Any = None) -> list[str]:
    if stdin is not None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
    out = io.StringIO()
    call_command("ingest_mail", *arguments, stdout=out)
    return out.getvalue().splitlines()


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_message_on_standard_input_is_stored_read_and_filed(monkeypatch: Any) -> None:
    request = submitted()

    (line,) = ingest(stdin=answer_to(request), monkeypatch=monkeypatch)

    mail = InboundMail.objects.get()
    assert line == (
        f"{mail.pk}\tfiled {request.reference}\tIt was sent to this request's own address."
    )


def test_the_same_for_machines(monkeypatch: Any) -> None:
    request = submitted()

    (line,) = ingest("--json", stdin=answer_to(request), monkeypatch=monkeypatch)

    said = json.loads(line)
    assert (said["became"], said["request"], said["stored"]) == ("filed", request.reference, "now")
    assert said["kind"] == "person"


def test_files_folders_and_maildirs_are_read_each_once(tmp_path: Path) -> None:
    submitted()
    for name in ("box/new", "box/cur", "box/tmp", "folder"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "box/new/1").write_bytes(message(message_id="<1@x.example>"))
    (tmp_path / "box/cur/2:2,S").write_bytes(message(message_id="<2@x.example>"))
    (tmp_path / "box/tmp/3").write_bytes(b"half of a mess")
    (tmp_path / "folder/4.eml").write_bytes(message(message_id="<4@x.example>"))
    (tmp_path / "5.eml").write_bytes(message(message_id="<5@x.example>"))
    paths = [str(tmp_path / name) for name in ("box", "folder", "5.eml")]

    first, second = ingest(*paths), ingest(*paths)

    assert len(first) == len(second) == 4
    assert all("(stored before)" in line for line in second)
    assert InboundMail.objects.count() == 4


def test_a_name_that_is_none_is_said_before_any_message_is_taken_in(tmp_path: Path) -> None:
    submitted()
    (tmp_path / "1.eml").write_bytes(message())

    with pytest.raises(CommandError, match="neither a file nor a folder") as refused:
        ingest(str(tmp_path / "1.eml"), str(tmp_path / "2.eml"))

    assert refused.value.returncode == 66
    assert not InboundMail.objects.exists()


def test_of_many_those_before_one_that_is_not_stored_are_taken_in(
    tmp_path: Path, monkeypatch: Any
) -> None:
    """Bytes are written ahead of the rows: one that fails says so in its turn, not before."""
    submitted()
    names = [f"{number:02d}.eml" for number in range(20)]
    for name in names:
        (tmp_path / name).write_bytes(message(message_id=f"<{name}@x.example>"))
    store = incoming.store

    def full_at_the_eighth(kept: Any, **fields: Any) -> Any:
        if InboundMail.objects.count() == 7:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return store(kept, **fields)

    with monkeypatch.context() as disk:
        disk.setattr(incoming, "store", full_at_the_eighth)
        with pytest.raises(CommandError, match=r"07\.eml was not stored") as refused:
            ingest(str(tmp_path))
    assert refused.value.returncode == 75
    stored = list(InboundMail.objects.order_by("pk").values_list("message_id", flat=True))
    assert stored == [f"<{name}@x.example>" for name in names[:7]]

    again = ingest(str(tmp_path))

    assert ["(stored before)" in line for line in again] == [True] * 7 + [False] * 13


def test_anything_at_all_is_kept_byte_for_byte(monkeypatch: Any) -> None:
    submitted()
    raw = bytes(range(256)) * 50

    ingest(stdin=raw, monkeypatch=monkeypatch)

    mail = InboundMail.objects.get()
    with mail.raw.open("rb") as file:
        assert file.read() == raw
    assert mail.is_waiting


def test_a_full_disk_is_exit_75_and_leaves_nothing_half_kept(
    monkeypatch: Any, settings: Any
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(content.os, "fsync", full)
    with pytest.raises(CommandError) as refused:
        ingest(stdin=message(), monkeypatch=monkeypatch)

    assert refused.value.returncode == 75
    assert not InboundMail.objects.exists()
    assert files_under(Path(settings.MEDIA_ROOT)) == []


def test_a_database_that_is_away_is_exit_75(monkeypatch: Any) -> None:
    def away(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(incoming, "store", away)
    with pytest.raises(CommandError, match="try again") as refused:
        ingest(stdin=message(), monkeypatch=monkeypatch)

    assert refused.value.returncode == 75


def test_what_fails_after_storing_is_exit_0_and_left_to_the_sweep(monkeypatch: Any) -> None:
    request = submitted()
    with monkeypatch.context() as broken:
        broken.setattr(incoming.mail_clues, "by_address", _fail)
        (line,) = ingest(stdin=answer_to(request), monkeypatch=monkeypatch)
    assert "stored" in line

    tasks.sweep_mail()

    assert request.communications.count() == 1


def test_a_full_disk_while_an_attachment_is_written_undoes_the_reading(monkeypatch: Any) -> None:
    request = submitted()
    mail = kept(answer_to(request, files=[("a.csv", b"1,2")]))

    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(incoming.files_of_mail.content, "keep", full)
        for _ in range(incoming.MAX_ATTEMPTS + 2):
            tasks.sweep_mail()
    mail.refresh_from_db()
    assert (mail.stage, mail.attempts) == (Stage.STORED, 0)

    tasks.sweep_mail()
    assert request.communications.get().attachments.count() == 1


def test_what_cannot_be_read_three_times_is_shown_and_stops_nobody_else(monkeypatch: Any) -> None:
    request = submitted()
    bad, good = kept(message(subject="bad")), kept(answer_to(request))
    read = incoming.reader.read

    def breaks_on_bad(raw: bytes) -> Any:
        return _fail() if b"bad" in raw else read(raw)

    with monkeypatch.context() as broken:
        broken.setattr(incoming.reader, "read", breaks_on_bad)
        for _ in range(incoming.MAX_ATTEMPTS + 1):
            tasks.sweep_mail()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert good.stage == Stage.READ
    assert (bad.stage, bad.is_waiting, bad.newsroom) == (
        Stage.UNREADABLE,
        True,
        request.newsroom,
    )
    incoming.read_again(bad)
    tasks.sweep_mail()
    bad.refresh_from_db()
    assert (bad.stage, bad.subject) == (Stage.READ, "bad")


def test_reading_twice_files_once() -> None:
    request = submitted()
    mail = taken_in(answer_to(request))

    tasks.read_mail(mail.pk)
    incoming.take_in(mail, at=mail.arrived_at)

    assert request.communications.count() == 1


def test_mail_with_the_right_address_asks_the_database_eighteen_times() -> None:
    """Mail comes by the hundred: hold it, match it, lock the request, event, filing, who is
    told, row; for the headlines five to see what changed, two to write them; and for the chain the
    place and the link of the event and of the message."""
    mail = kept(answer_to(submitted(), text="Hello."))

    with CaptureQueriesContext(connection) as asked:
        incoming.take_in(mail, at=mail.arrived_at)

    told = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert len(told) == 18, told


def test_an_archive_is_listed_and_never_unpacked() -> None:
    import zipfile

    request = submitted()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../etc/passwd", "x" * 10)
    mail = taken_in(answer_to(request, files=[("all.zip", packed.getvalue())]))

    assert mail.files.get().listing == ["../../etc/passwd (10 bytes)"]


def _fail(*args: Any, **kwargs: Any) -> Any:
    raise RuntimeError("broken")
