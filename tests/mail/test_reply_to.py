import pytest

from requests_app.mail import candidates, ids_in_text, read, reply_ids
from requests_app.public_ids import check_letters

ID = "k7m2qdw4"
LOCAL = f"r-{ID}-{check_letters(ID)}"


@pytest.mark.parametrize(
    "typed",
    [
        LOCAL,
        LOCAL.upper(),
        LOCAL.replace("-", ""),
        LOCAL.replace("-", "_"),
        LOCAL.replace("-", "–"),
        LOCAL[::1].replace("r-", "r", 1),
        f"{LOCAL}+smith",
        f"desk+{LOCAL}",
        f'"{LOCAL}"',
        f"'{LOCAL}'",
        LOCAL.replace("q", "0"),
        LOCAL.replace("7", "1"),
        LOCAL.replace("2", "z"),
        LOCAL.replace("m", "n"),
        LOCAL.replace("k7", "7k"),
    ],
)
def test_address_typed_with_one_slip_is_understood(typed: str) -> None:
    assert ID in candidates(typed)


@pytest.mark.parametrize(
    "typed", ["", "records", "r-", "r-aaaaaaaa-aa", "jane.doe", "r-" + "x" * 500, "\x00", "r-é-hs"]
)
def test_other_addresses_mean_no_request(typed: str) -> None:
    assert candidates(typed) == ()


def test_exact_address_means_one_request_only() -> None:
    assert candidates(LOCAL) == (ID,)


def test_reply_address_is_found_only_at_our_domain() -> None:
    mail = read(f"From: a@b.example\nTo: {LOCAL}@other.example\nCc: x@y.example\n\nHi".encode())

    assert reply_ids(mail, "desk.example.org") == ()
    assert reply_ids(mail, "OTHER.example") == (ID,)


def test_envelopes_recipient_counts_first() -> None:
    other = "zz99xx22"
    mail = read(f"From: a@b.example\nTo: {LOCAL}@desk.example.org\n\nHi".encode())

    found = reply_ids(
        mail, "desk.example.org", extra=[f"r-{other}-{check_letters(other)}@desk.example.org"]
    )

    assert found == (other, ID)


def test_ids_written_in_a_text_count_when_they_are_exact() -> None:
    text = f"Reply to {LOCAL}@desk.example.org or r-{ID}-zz@desk.example.org."

    assert ids_in_text(text, "desk.example.org") == (ID,)
