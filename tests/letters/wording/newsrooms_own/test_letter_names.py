"""Letters as a list of them names and groups them."""

import pytest

from requests_app.letters.wording.newsrooms_own.letter_names import group_of, name_of, scopes_of


@pytest.mark.parametrize(
    ("letter", "group", "name"),
    [
        ("records_request", "What begins a request", "Records request"),
        ("thanks", "What answers the city", "Thanks"),
        ("follow_up_after", "What asks where it stands", "Follow-up after the day"),
        ("notice_of_suit", "What challenges an answer", "Notice of intent to sue"),
        ("compliance_demand", "What challenges an answer", "Demand to comply with a decision"),
        (
            "appeal_commission",
            "What challenges an answer",
            "Appeal to the Freedom of Information Commission",
        ),
    ],
)
def test_each_letter_has_its_heading_and_its_name(letter: str, group: str, name: str) -> None:
    assert (group_of(letter), name_of(letter)) == (group, name)


def test_a_letter_can_be_worded_for_the_places_that_it_goes_to() -> None:
    assert [scope.slug for scope in scopes_of("appeal_commission")] == [
        "",
        "us-ct",
        "us-ct/stamford",
    ]
