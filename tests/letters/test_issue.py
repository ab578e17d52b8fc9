"""Issued once: text, facts, PDF and hash, or nothing."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from requests_app import letters
from requests_app.letters import LetterError, Sending
from requests_app.letters.paper.plain import without_markup
from requests_app.models import Channel, Letter, LetterKind, RecordsRequest
from requests_app.models.letters.letter import LetterIsFrozenError
from tests.letters.examples import MONDAY, read_back, request

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 9, 17, 0, tzinfo=UTC)


def issue(of: RecordsRequest, text: str | None = None, channel: Channel = Channel.EMAIL) -> Letter:
    letter = letters.PlannedLetter(
        of,
        LetterKind.RECORDS_REQUEST,
        Sending(channel, "clerk@city.example"),
        MONDAY,
        of.created_by,
    )
    return letters.issue(letter, letters.compose_request(of).text if text is None else text, at=AT)


def test_issued_letter_keeps_all_that_made_it() -> None:
    of = request()
    letter = issue(of)
    kept = Letter.objects.get()
    pdf = bytes(kept.pdf)
    assert kept.sha256 == sha256(pdf).hexdigest()
    assert (kept.page_count, kept.dated_on, kept.issued_at) == (1, MONDAY, AT)
    assert (kept.template, len(kept.template_sha256)) == ("records_request.md", 64)
    assert "ends on Monday, November 16, 2026." in kept.text
    assert of.reference in read_back(pdf)
    with pytest.raises(LetterIsFrozenError):
        letter.save()


def test_issued_letter_lists_the_facts_that_still_stand_in_it() -> None:
    of = request()
    facts = issue(of).facts
    assert facts["denial_line"]["source"] == "Conn. Gen. Stat. § 1-206(a)"
    assert "deadline_line" in facts
    edited = letters.compose_request(of).text.replace("identify the exemption", "say the exemption")
    facts = issue(of, edited).facts
    assert "denial_line" not in facts
    assert "request_line" in facts


def test_issued_letter_remembers_what_was_changed_of_the_law() -> None:
    of = request()
    assert issue(of).departures == []
    text = letters.compose_request(of).text
    sentence = letters.compose_request(of).legal[0]
    assert issue(of, text.replace(sentence, "")).departures == [sentence]


def test_by_post_the_uncountable_day_is_left_out() -> None:
    letter = issue(request(), channel=Channel.POST)
    assert "[[" not in letter.text
    assert "deadline_line" not in letter.facts


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("  \n", "has no text"),
        ("Dear Clerk:\n\n[[your answer]]", r"a place to fill in, \[\[your answer\]\]"),
        ("A private sign: \U0010fffd", "No font"),
    ],
)
def test_letter_that_cannot_be_made_saves_nothing(text: str, reason: str) -> None:
    with pytest.raises(LetterError, match=reason):
        issue(request(), text)
    assert not Letter.objects.exists()


def test_issued_letter_reads_as_plain_text() -> None:
    of = request(particulars={"what": "the *star* log"})
    text = letters.plain_text(issue(of))
    assert "\n    the *star* log\n" in text
    assert text.endswith(
        f"Sincerely,\n\nDana Whitfield\n{of.newsroom.name}\n\nOur reference: {of.reference}\n"
    )
    assert "\\" not in text


@pytest.mark.parametrize(
    ("marked_up", "plain"),
    [
        ("## Purpose\n\n**Now** and *then*", "Purpose\n\nNow and then"),
        ("* a\n+ b\n- c\n1. d", "- a\n- b\n- c\n1. d"),
        ("1\\. \\*all\\* C:\\\\new", "1. *all* C:\\new"),
        ("one\\\ntwo", "one\ntwo"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_markup_becomes_what_a_person_would_type(marked_up: str, plain: str) -> None:
    assert without_markup(marked_up) == plain
