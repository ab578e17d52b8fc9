"""Damaged messages: read without an error, and no machine's mail taken for a person's answer.

A few hundred variants run by default; RECORDS_DESK_FUZZ=20000 runs so many.
"""

import os
import re
from hashlib import sha256

import pytest

from requests_app.mail import Kind, read
from requests_app.mail.incoming_message import Mail
from requests_app.mail.read_message import MACHINES

from .damage import variants
from .test_corpus import TABLE, message

COUNT = int(os.environ.get("RECORDS_DESK_FUZZ", "600"))
MESSAGES = {name: message(name) for name in TABLE}
HARMLESS_ENDS = (b"\n", b"\r\n", b"\r\r\n")
# Header lines any one of which, whole and among the headers, proves a machine.
MARKS = re.compile(
    rb"auto-submitted: auto-replied.*|precedence: auto_reply|x-failed-recipients: .+@.+"
    rb"|return-path: <>|subject: automatic reply: .+|from: .*<?mailer-daemon@[\w.]+>?"
    rb"|content-type: multipart/report;.*report-type=delivery-status.*",
    re.IGNORECASE,
)


def strings_of(mail: Mail) -> str:
    parts = [mail.subject, mail.text, mail.html, mail.from_name, mail.from_address, *mail.faults]
    parts += [mail.message_id, *mail.references, *mail.in_reply_to, mail.text_without_quotes]
    parts += [word for file in mail.files for word in (file.name, file.declared_type)]
    parts += [str(address) for address in mail.recipients]
    return "\n".join(parts)


def proves_a_machine(raw: bytes) -> bool:
    """By other means than the reader's: a whole line above the first empty one."""
    head = re.split(rb"\r*\n[ \t]*\r*\n|\r[ \t]*\r", raw.lstrip(b"\r\n"), maxsplit=1)[0]
    lines = re.split(rb"[\r\n]+", head)
    if not all(re.match(rb"[!-9;-~]+:|[ \t]", line) for line in lines if line):
        return False  # something else stands among them: where they end is a matter of opinion
    own = [line for line in lines if line[:1] not in (b" ", b"\t")]
    return any(MARKS.fullmatch(line) for line in own)


def with_line_ends(raw: bytes, end: bytes) -> bytes:
    return end.join(line.rstrip(b"\r") for line in raw.split(b"\n"))


def test_damaged_messages_are_read_and_no_machine_answers() -> None:
    for name, raw, done in variants(MESSAGES, COUNT, seed=20261121):
        before = sha256(raw).digest()
        mail = read(raw)

        about = f"{name}, {done}"
        assert mail.kind != Kind.UNREADABLE, (about, mail.faults)
        assert sha256(raw).digest() == before
        words = strings_of(mail)
        assert "\x00" not in words, about
        words.encode()
        assert [len(file.content) for file in mail.files] == [f.size for f in mail.files], about
        if proves_a_machine(raw):
            assert not mail.kind.may_answer, (about, mail.kind_reason)


@pytest.mark.parametrize("name", [n for n in TABLE if TABLE[n]["kind"] in MACHINES])
def test_machines_mail_stays_a_machines_whatever_its_line_ends(name: str) -> None:
    for end in (*HARMLESS_ENDS, b"\r"):
        mail = read(with_line_ends(MESSAGES[name], end))

        assert mail.kind == TABLE[name]["kind"], end


@pytest.mark.parametrize("name", [n for n in TABLE if not n.startswith(("line-ends", "binary"))])
def test_line_ends_do_not_make_another_message(name: str) -> None:
    keys = {read(with_line_ends(MESSAGES[name], end)).content_key for end in HARMLESS_ENDS}

    assert len(keys) == 1


def test_damage_is_the_same_every_time() -> None:
    first = [raw for _, raw, _ in variants(MESSAGES, 50, seed=1)]

    assert first == [raw for _, raw, _ in variants(MESSAGES, 50, seed=1)]
