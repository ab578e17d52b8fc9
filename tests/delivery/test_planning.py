"""Which files go in which message: no message too large, no file forgotten."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.delivery.message_plan import (
    HEADERS,
    Enclosure,
    Plan,
    TooLarge,
    checked,
    encoded,
    in_words,
    plan,
)

MB = 2**20
MOST = 20 * MB


def file(key: int, size: int) -> Enclosure:
    return Enclosure(key, f"file {key}", size)


def test_a_letter_without_enclosures_is_one_message():
    assert plan(100_000, [], most=MOST) == Plan(((),))


def test_what_fits_goes_with_the_letter():
    files = (file(1, MB), file(2, 2 * MB))

    assert plan(100_000, files, most=MOST) == Plan((files,))


def test_what_does_not_fit_goes_in_further_messages():
    one, two, three = file(1, 10 * MB), file(2, 10 * MB), file(3, MB)

    assert plan(100_000, [one, two, three], most=MOST) == Plan(((one, three), (two,)))


def test_a_file_too_large_for_any_message_goes_by_link():
    small, huge = file(1, MB), file(2, 16 * MB)

    assert plan(100_000, [huge, small], most=MOST) == Plan(((small,),), (huge,))


def test_size_as_it_is_sent_counts_and_not_on_disk():
    """Fifteen megabytes are twenty in base64."""
    assert plan(100_000, [file(1, 15 * MB)], most=MOST).links


@pytest.mark.parametrize("size", [0, 1, 56, 57, 58, 1000, 123_457])
def test_encoded_is_never_less_than_base64_makes_of_it(size: int):
    lines = base64.encodebytes(b"x" * size).replace(b"\n", b"\r\n")

    assert len(lines) <= encoded(size) <= len(lines) + 600


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 kB"),
        (2048, "2 kB"),
        (MB - 1, "1023 kB"),
        (MB, "1 MB"),
        (25 * MB, "25 MB"),
    ],
)
def test_a_size_in_words(size: int, words: str):
    assert in_words(size) == words


@given(
    letter=st.integers(0, 3000),
    sizes=st.lists(st.integers(0, 12_000), max_size=12),
)
def test_nothing_is_forgotten_doubled_or_too_large(letter: int, sizes: list[int]):
    most = 10_000
    files = [file(key, size) for key, size in enumerate(sizes)]

    way = plan(letter, files, most=most)

    sent = [f.key for part in way.parts for f in part] + [f.key for f in way.links]
    assert sorted(sent) == list(range(len(files)))
    for number, part in enumerate(way.parts):
        own = letter if number == 0 else HEADERS
        assert own + sum(encoded(f.size) for f in part) <= most
        assert part or number == 0


def test_without_a_public_address_a_large_file_needs_another_channel(settings):
    settings.BASE_URL, settings.MAIL_MAX_BYTES = "https://localhost", MOST

    with pytest.raises(TooLarge, match="Choose another channel"):
        checked(100_000, [file(1, 30 * MB)])


def test_with_a_public_address_it_goes_by_link(settings):
    settings.BASE_URL, settings.MAIL_MAX_BYTES = "https://desk.ledger.org", MOST

    assert checked(100_000, [file(1, 30 * MB)]).links == (file(1, 30 * MB),)


def test_a_letter_larger_than_a_message_may_be_needs_another_channel(settings):
    settings.MAIL_MAX_BYTES = 50_000

    with pytest.raises(TooLarge, match="The letter alone"):
        checked(60_000, [])
