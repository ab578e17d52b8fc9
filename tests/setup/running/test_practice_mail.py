import mailbox
import signal
import smtplib
import socket
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from bootstrap.paths import ROOT
from bootstrap.servers import ports


def connect(port: int, process: subprocess.Popen[bytes]) -> smtplib.SMTP:
    """Once it listens; a server that ended instead is the failure."""
    while process.poll() is None:
        try:
            return smtplib.SMTP("127.0.0.1", port, timeout=10)
        except ConnectionRefusedError:
            continue
    pytest.fail("the practice mail server ended")


@pytest.mark.stack
def test_practice_mail_keeps_each_letter_whole_and_stops_cleanly(tmp_path: Path) -> None:
    port, folder = ports.any_free(), tmp_path / "var" / "mailbox"
    letter = EmailMessage()
    letter["From"], letter["To"] = "desk@mail.records-desk.test", "clerk@city.example"
    letter["Subject"] = "Public records request"
    letter.set_content("The inspection logs of 2026.")
    letter.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    process = subprocess.Popen(
        [sys.executable, "-m", "config.running.practice_mail", str(port), str(folder)], cwd=ROOT
    )
    try:
        with connect(port, process) as line:
            line.send_message(letter)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()

    (kept,) = mailbox.Maildir(folder)
    assert kept["X-RcptTo"] == "clerk@city.example"
    assert kept["Subject"] == "Public records request"
    assert [part.get_content_type() for part in kept.walk()][1:] == [
        "text/plain",
        "application/pdf",
    ]


@pytest.mark.stack
def test_practice_mail_says_that_its_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])

        done = subprocess.run(
            [sys.executable, "-m", "config.running.practice_mail", port, str(tmp_path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert f"practice mail cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr
