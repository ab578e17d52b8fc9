"""What a mail server's answer means."""

from datetime import timedelta

import pytest

from requests_app.delivery.channels.server_answers import GREYLISTED, read


@pytest.mark.parametrize(
    ("code", "said", "is_not_now", "at_least", "advice"),
    [
        (450, b"4.7.1 Greylisted, try again", True, GREYLISTED, ""),
        (451, b"4.7.0 too fast", True, GREYLISTED, ""),
        (451, b"greylisting in action", True, GREYLISTED, ""),
        (452, b"4.2.2 over quota", True, timedelta(0), "The mailbox is full."),
        (
            450,
            b"4.2.1 later",
            True,
            timedelta(0),
            "The mailbox takes no mail just now; it may again later.",
        ),
        (421, b"closing", True, timedelta(0), ""),
        (550, b"5.1.1 unknown", False, timedelta(0), "No such mailbox: check the address."),
        (554, b"greylist, they say, and mean for ever", False, timedelta(0), ""),
        # The first digit decides (RFC 2034, 4).
        (450, b"5.1.1 unknown", True, timedelta(0), "No such mailbox: check the address."),
    ],
)
def test_answer(code: int, said: bytes, is_not_now: bool, at_least: timedelta, advice: str):
    answer = read(code, said)

    assert (answer.is_not_now, answer.at_least, answer.advice) == (is_not_now, at_least, advice)


def test_answer_of_many_lines_is_one_line():
    assert (
        str(read(550, b"5.1.1 no\r\nsuch\x00 mailbox\x1b[31m")) == "550 5.1.1 no such mailbox [31m"
    )


def test_answer_that_comes_as_text_is_taken_as_it_is():
    assert str(read(421, "closing")) == "421 closing"


def test_endless_answer_is_cut():
    assert len(read(550, b"x" * 100_000).text) == 500


def test_answer_that_is_not_utf_8_is_shown_as_well_as_it_can_be():
    assert read(550, b"inconnu \xe9").text == "inconnu \N{REPLACEMENT CHARACTER}"
