import mailbox
import signal
import smtplib
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from bootstrap.paths import ROOT
from bootstrap.servers import ports


@pytest.mark.stack
def test_practice_mail_keeps_each_letter_whole_and_stops_cleanly(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "mailbox"
    letter = EmailMessage()
    letter["From"], letter["To"] = "desk@mail.records-desk.test", "clerk@city.example"
    letter["Subject"] = "Public records request"
    letter.set_content("The inspection logs of 2026.")
    letter.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    server = ports.listen(0)
    words = [sys.executable, "-m", "config.running.practice_mail", str(server.fileno())]
    process = subprocess.Popen([*words, str(folder)], cwd=ROOT, pass_fds=[server.fileno()])
    try:
        # The socket listens already: who connects waits until the program is there.
        with smtplib.SMTP("127.0.0.1", ports.port_of(server), timeout=30) as line:
            line.send_message(letter)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
        server.close()

    (kept,) = mailbox.Maildir(folder)
    assert kept["X-RcptTo"] == "clerk@city.example"
    assert kept["Subject"] == "Public records request"
    assert [part.get_content_type() for part in kept.walk()][1:] == [
        "text/plain",
        "application/pdf",
    ]


def test_practice_mail_without_a_socket_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "config.running.practice_mail", "963", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == (
        "practice mail was handed no open socket 963: [Errno 9] Bad file descriptor\n"
    )
