"""A row's bytes, the same on every database and for good."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from requests_app.models.chain.canonical_bytes import canonical_bytes, hash_of

EAST = timezone(timedelta(hours=-5))


def test_bytes_are_a_version_and_sorted_json_in_ascii():
    fields = {"on": date(2026, 11, 2), "b": {"z": [True, None], "a": "Ünïcode"}, "a": 1}

    assert canonical_bytes(fields) == (
        b'\x01{"a":1,"b":{"a":"\\u00dcn\\u00efcode","z":[true,null]},"on":"2026-11-02"}'
    )


def test_an_instant_is_utc_with_six_digits():
    here = datetime(2026, 11, 2, 12, 0, tzinfo=EAST)

    assert canonical_bytes({"at": here}) == b'\x01{"at":"2026-11-02T17:00:00.000000Z"}'
    assert canonical_bytes({"at": here}) == canonical_bytes({"at": here.astimezone(UTC)})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1, b"1"), (1.0, b"1"), (Decimal("1.00"), b"1"), (0.1, b"0.1"), (-0.0, b"0"),
        (1e22, b"10000000000000000000000"), (10**22, b"10000000000000000000000"),
        (Decimal("180.50"), b"180.5"), (2**70 + 1, str(2**70 + 1).encode()), (1e-7, b"0.0000001"),
    ],
)  # fmt: skip
def test_a_number_is_its_exact_decimals(value: float, written: bytes):
    assert canonical_bytes({"n": value}) == b'\x01{"n":' + written + b"}"


def test_text_is_left_as_it_is():
    """Composed and decomposed letters are two texts: what was written stays what was written."""
    assert canonical_bytes({"t": "\u00e9"}) != canonical_bytes({"t": "e\u0301"})
    assert hash_of("\u00e9") != hash_of("e\u0301")


def test_what_has_no_value_is_left_out_and_an_empty_one_is_not():
    assert canonical_bytes({"a": 1, "later": None}) == canonical_bytes({"a": 1})
    assert canonical_bytes({"a": ""}) != canonical_bytes({})
    assert canonical_bytes({"a": {"b": None}}) != canonical_bytes({"a": {}})


def test_text_and_number_and_truth_are_three_things():
    assert len({canonical_bytes({"a": value}) for value in ("1", 1, True)}) == 3


def test_a_thing_without_a_form_is_refused():
    with pytest.raises(TypeError, match="nothing says how a set is hashed"):
        canonical_bytes({"a": {1}})
