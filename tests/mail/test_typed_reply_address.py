import pytest

from requests_app.mail import addressed_ids, possible_ids, read
from requests_app.public_request_ids import check_letters

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
    assert ID in possible_ids(typed)


@pytest.mark.parametrize(
    "typed", ["", "records", "r-", "r-aaaaaaaa-aa", "jane.doe", "r-" + "x" * 500, "\x00", "r-é-hs"]
)
def test_other_addresses_mean_no_request(typed: str) -> None:
    assert possible_ids(typed) == ()


def test_exact_address_means_one_request_only() -> None:
    assert possible_ids(LOCAL) == (ID,)


def test_reply_address_is_found_only_at_our_domain() -> None:
    mail = read(f"From: a@b.example\nTo: {LOCAL}@other.example\nCc: x@y.example\n\nHi".encode())

    assert addressed_ids(mail, "desk.example.org") == ()
    assert addressed_ids(mail, "OTHER.example") == (ID,)


def test_envelopes_recipient_counts_first() -> None:
    other = "zz99xx22"
    mail = read(f"From: a@b.example\nTo: {LOCAL}@desk.example.org\n\nHi".encode())

    found = addressed_ids(
        mail, "desk.example.org", extra=[f"r-{other}-{check_letters(other)}@desk.example.org"]
    )

    assert found == (other, ID)
