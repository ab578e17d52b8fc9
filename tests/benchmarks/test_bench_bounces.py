"""The measuring of bounces: it finds what a folder holds, and a reader that is blind misses it."""

import base64
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from requests_app.bench import bounces
from requests_app.mail.meaning import named_in_report
from tests.inbound.messages import bounce, message

STANDARD = bounce("<1@gateway.example>", to="desk@old.example", recipient="box@old.example")
COMPLAINT = message(
    to="desk@old.example",
    sender="postmaster@x.example",
    subject="Report Domain: old.example Submitter: x.example Report-ID: 1",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "postfix-01.eml").write_bytes(STANDARD)
    (tmp_path / "arf-01.eml").write_bytes(COMPLAINT)
    return tmp_path


def test_what_a_sample_names_is_replaced_by_a_letter_of_ours(folder: Path) -> None:
    result = bounces.run(folder)

    assert (result.samples, result.recognized, result.missed) == (1, 1, [])
    assert result.named == result.tied == {"return path": 1, "recipient": 1, "Message-ID": 1}
    assert result.others == {"left alone": 1}
    assert result.is_met


def test_a_copy_in_base64_is_rewritten_and_found(folder: Path) -> None:
    copy = b"From: desk\nTo: box@old.example\nMessage-ID: <1@gateway.example>\n\n" + b"Dear. " * 30
    head, _, _ = STANDARD.partition(b"Content-Type: text/rfc822-headers")
    encoded = b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
    encoded += base64.encodebytes(copy) + b"\n--b1--\n"
    (folder / "postfix-01.eml").write_bytes(head + encoded)

    result = bounces.run(folder)

    assert (result.tied["Message-ID"], result.missed) == (1, [])


def test_a_reader_that_finds_no_ids_misses_them(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(named_in_report, "named_ids", lambda *_: ())
    raw = STANDARD.replace(b"text/rfc822-headers", b"text/plain")
    (folder / "postfix-01.eml").write_bytes(raw)

    result = bounces.run(folder)

    assert result.missed == ["not tied by Message-ID: postfix-01.eml"]
    assert not result.is_met


def test_a_person_among_the_bounces_is_missed(folder: Path) -> None:
    (folder / "postfix-02.eml").write_bytes(message(to="desk@old.example"))

    result = bounces.run(folder)

    assert result.missed == ["not recognized: postfix-02.eml (person)"]
    assert not result.is_met


def test_a_complaint_taken_for_a_bounce_breaks_the_promise(folder: Path) -> None:
    (folder / "arf-02.eml").write_bytes(STANDARD)

    assert not bounces.run(folder).is_met


def test_the_command_needs_a_folder_with_bounces(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Name a folder"):
        call_command("bench", "bounces", str(tmp_path))


def test_the_command_says_the_shares(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("bench", "bounces", str(folder))

    assert "tied: 3 of 3 (100.0%), at least 97%" in capsys.readouterr().out
