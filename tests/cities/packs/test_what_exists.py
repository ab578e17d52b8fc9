"""What each state's law makes a city write down, with its citation, and how sure we are."""

import pytest
from pydantic import ValidationError

from cities.schema.facts import Confidence
from cities.schema.inventories import Inventory
from cities.schema.load import load_statute


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (
            "us-ca",
            {
                "enterprise_systems": (
                    "Cal. Gov. Code § 7922.700 et seq. (formerly § 6270.5)",
                    Confidence.SECOND_HAND,
                    True,
                ),
                "retention": ("Cal. Gov. Code § 34090", Confidence.FOUND, False),
            },
        ),
        ("us-or", {"retention": ("OAR 166-200-0200 et seq.", Confidence.FOUND, False)}),
        ("us-mo", {"retention": ("RSMo § 109.255", Confidence.SECOND_HAND, False)}),
        ("us-ct", {"retention": ("Conn. Gen. Stat. § 11-8a(b)", Confidence.FOUND, False)}),
    ],
)
def test_each_inventory_is_cited(state: str, expected: dict[str, object]) -> None:
    assert {
        one.slug: (one.citation, one.confidence, one.is_posted_by_law)
        for one in load_statute(state).inventories
    } == expected


SECTIONS = {
    ("us-ca", "enterprise_systems"): "§ 7922.700",
    ("us-ca", "retention"): "Section 34090",
    ("us-or", "retention"): "OAR chapter 166, division 200",
    ("us-mo", "retention"): "RSMo § 109.255",
    ("us-ct", "retention"): "Conn. Gen. Stat. § 11-8a",
}


@pytest.mark.parametrize(("state", "slug"), SECTIONS)
def test_a_sentence_cites_the_provision_it_rests_on(state: str, slug: str) -> None:
    [one] = [one for one in load_statute(state).inventories if one.slug == slug]

    assert SECTIONS[state, slug] in one.sentence


def test_what_is_unverified_has_no_sentence() -> None:
    told = {
        "slug": "x", "name": "n", "text": "t", "citation": "c", "source": "s",
        "confidence": "unverified", "where": {"ask": "the clerk"},
    }  # fmt: skip

    assert Inventory.model_validate(told).sentence == ""
    with pytest.raises(ValidationError, match="leave `sentence` out"):
        Inventory.model_validate({**told, "sentence": "Please search."})
