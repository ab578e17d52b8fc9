"""`manage.py bench quotes FOLDER`: what is lost and what is left of messages somebody else has."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from requests_app.bench.halves import half_of

MAIL = "From: Kim Tran <kt@city.example>\nMessage-ID: <1@city.example>\n\n{}"
ANSWER = "We have none.\n\nOn Nov 2, 2026, Dana Okafor wrote:\n> Is there a log?\n"


def sample(folder: Path, name: str, text: str, own: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    (folder / f"{name}.own").write_text(own, encoding="utf-8")


def bench(folder: Path | None, **options: object) -> tuple[str, bool]:
    out = StringIO()
    try:
        call_command("bench", "quotes", *filter(None, [folder]), stdout=out, **options)
    except SystemExit:
        return out.getvalue(), False
    return out.getvalue(), True


def test_messages_are_read_as_mail_as_html_and_as_text(tmp_path: Path) -> None:
    sample(tmp_path / "english", "a.eml", MAIL.format(ANSWER), "We have none.")
    sample(tmp_path / "english", "b.txt", ANSWER, "We have none.")
    html = "<p>We have none.</p><blockquote>Is there a log?</blockquote>"
    sample(tmp_path / "english", "c.html", html, "We have none.")
    sample(tmp_path / "other", "d.txt", "Nichts.\n\nAm 2. schrieb Dana:\n> Gibt es es?", "Nichts.")

    said, is_met = bench(tmp_path)

    assert is_met
    assert "english: 3 messages, 0 with a line of the sender's lost; 3 quote, 100.0%" in said
    assert "other: 1 messages, 0 with a line of the sender's lost; 1 quote, 0.0%" in said
    assert "left: d.txt" in said


def test_a_lost_line_misses_the_promise_and_is_named(tmp_path: Path) -> None:
    own = "We have none.\nIs there a log?"
    sample(tmp_path / "english", "a.txt", ANSWER, own)

    said, is_met = bench(tmp_path)

    assert not is_met
    assert "lost: a.txt" in said


def test_lines_in_another_order_count_as_lost(tmp_path: Path) -> None:
    sample(tmp_path / "english", "a.txt", "One.\nTwo.", "Two.\nOne.")

    assert "lost: a.txt" in bench(tmp_path)[0]


def test_what_is_left_of_quotes_misses_the_promise_and_is_named(tmp_path: Path) -> None:
    sample(tmp_path / "english", "a.txt", "None.\n\nDana asked this:\nIs there?", "None.")

    said, is_met = bench(tmp_path)

    assert not is_met
    assert "left: a.txt" in said


def test_a_half_is_the_one_of_the_names_hash(tmp_path: Path) -> None:
    names = [f"{number}.txt" for number in range(8)]
    for name in names:
        sample(tmp_path / "english", name, "None.", "None.")

    for half in ("seen", "held"):
        said, _ = bench(tmp_path, half=half)
        count = sum(half_of(name) == half for name in names)
        assert 0 < count < len(names)
        assert f"english: {count} messages" in said


def test_what_cannot_be_measured_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Name the folder"):
        bench(None)
    with pytest.raises(CommandError, match=r"no message in .*english to measure"):
        bench(tmp_path)
    (tmp_path / "english").mkdir()
    (tmp_path / "english" / "a.eml.own").write_text("None.")
    with pytest.raises(CommandError, match=r"has no message beside it: name that a\.eml"):
        bench(tmp_path)
