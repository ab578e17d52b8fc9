"""Records that datasets rarely hold, told by how a draft asks for them."""

import pytest

from requests_app.catalog.suggestions.draft_terms import DraftText
from requests_app.catalog.suggestions.rare_kinds import asked_for


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("All e-mails between the mayor and the tow company", ["e-mails and other messages"]),
        ("Body-worn camera footage of the arrest", ["recordings"]),
        ("The personnel file of the inspector", ["a person’s file"]),
        ("A complaint against Officer Brandt", ["complaints about one person"]),
        ("The contract with the hauler and its invoices", [
            "contracts and agreements", "invoices and bills",
        ]),
        ("Every tow, with the date and the company", []),
        ("Complaints about police closed since 2017", []),
        ("A spreadsheet in place of recordings or e-mails", []),
        ("We do not ask for video. The block of each stop", []),
    ],
)  # fmt: skip
def test_a_draft_asks_for_kinds_that_are_rarely_published(text: str, kinds: list[str]) -> None:
    assert [kind.name for kind in asked_for(DraftText.of("", text))] == kinds
