"""Messages made to be expensive: each is read, bounded, and says what was left out."""

import tracemalloc
from base64 import b64encode
from hashlib import sha256

from requests_app.mail import Kind, Mail, read

HEAD = b"From: a@b.example\r\nSubject: s\r\nDate: Tue, 3 Nov 2026 09:15:00 -0800\r\n"
MEGABYTE = 1024 * 1024


def says(mail: Mail, words: str) -> bool:
    return any(words in fault for fault in mail.faults)


def test_ten_thousand_headers_are_read_up_to_the_bound() -> None:
    many = b"".join(b"X-Header-%d: value\r\n" % number for number in range(10_000))
    mail = read(HEAD + many + b"\r\nThe text.")

    assert (mail.subject, mail.text) == ("s", "The text.")
    assert says(mail, "more than 2000 headers")


def test_header_line_of_twenty_megabytes_costs_no_copy_of_itself() -> None:
    raw = HEAD + b"X-Long: " + b"a" * 20 * MEGABYTE + b"\r\n\r\nThe text."
    tracemalloc.start()
    mail = read(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert mail.text == "The text."
    assert says(mail, "too long")
    assert peak < 5 * MEGABYTE


def test_headers_without_end_are_left() -> None:
    mail = read(HEAD + b"X-Folded:" + b" a\r\n" * 60_000 + b"\r\nThe text.")

    assert mail.text == "The text."
    assert says(mail, "too many lines")


def test_parts_nested_a_thousand_deep_become_a_file() -> None:
    body = b"Content-Type: text/plain\r\n\r\nThe text.\r\n"
    for level in range(1000):
        edge = b"--b%d" % level
        kind = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n' % level
        body = kind + edge + b"\r\n" + body + edge + b"--\r\n"
    mail = read(HEAD + body)

    assert says(mail, "nested more than")
    assert len(mail.files) == 1


def test_messages_nested_a_thousand_deep_are_read_a_few_down() -> None:
    body = b"Subject: innermost\r\n\r\nThe text.\r\n"
    for _ in range(1000):
        body = b"Subject: one\r\nContent-Type: message/rfc822\r\n\r\n" + body
    mail = read(HEAD + body)
    depth, inner = 0, mail
    while inner.nested:
        depth, inner = depth + 1, inner.nested[0]

    assert 1 <= depth <= 5
    assert inner.files[0].name


def test_parts_without_number_are_left_in_the_original() -> None:
    parts = b"--b\r\n\r\nx\r\n" * 20_000
    mail = read(HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts)

    assert says(mail, "more than 500 parts")


def test_large_message_is_never_in_memory_twice() -> None:
    content = bytes(range(256)) * (18 * MEGABYTE // 256)
    lines = b64encode(content)
    coded = b"\r\n".join(lines[at : at + 76] for at in range(0, len(lines), 76))
    raw = (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee file.\r\n"
        b"--b\r\nContent-Type: application/pdf; name=large.pdf\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + coded + b"\r\n--b--\r\n"
    )
    del lines, coded
    tracemalloc.start()
    mail = read(raw)
    size = sum(len(piece) for piece in mail.files[0].chunks())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(raw) > 24 * MEGABYTE
    assert (mail.files[0].size, size) == (len(content), len(content))
    assert mail.files[0].sha256 == sha256(content).hexdigest()
    assert peak < 16 * MEGABYTE


def test_long_text_is_shown_in_part_and_kept_whole() -> None:
    mail = read(HEAD + b"\r\n" + b"A line of it.\r\n" * 100_000)

    assert says(mail, "very long")
    assert len(mail.text) <= MEGABYTE
    assert [(file.name, file.size) for file in mail.files] == [("text.txt", 1_500_000)]


def test_bottomless_html_is_read_as_words() -> None:
    mail = read(HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 50_000 + b"Words")

    assert mail.text == "Words"
    assert mail.html == "<pre>Words</pre>"


def test_reader_that_fails_keeps_the_mail_and_answers_nothing(monkeypatch) -> None:
    def fail(*args: object) -> None:
        raise KeyError("a mistake of ours")

    monkeypatch.setattr("requests_app.mail.read_message.collect", fail)
    mail = read(HEAD + b"\r\nThe text.")

    assert mail.kind == Kind.UNREADABLE
    assert not mail.kind.may_answer
    assert says(mail, "KeyError")
