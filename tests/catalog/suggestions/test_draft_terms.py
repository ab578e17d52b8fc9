"""What a draft asks for: without the sentences, names and numbers that no catalog holds."""

from requests_app.catalog.suggestions.draft_terms import (
    SUBJECT_WEIGHT,
    TEXT_WEIGHT,
    DraftText,
    terms_of,
)


def words(subject: str, text: str = "", *names: str) -> list[str]:
    terms = terms_of(DraftText.of(subject, text, names)).terms
    return [one.word for one in terms if not one.is_name]


def test_the_subject_weighs_more_than_the_text_and_each_term_counts_once() -> None:
    terms = terms_of(DraftText.of("Towed cars", "Vehicles towed by each company")).terms

    assert [(one.word, one.weight) for one in terms] == [
        ("towed", SUBJECT_WEIGHT), ("cars", SUBJECT_WEIGHT), ("company", TEXT_WEIGHT),
    ]  # fmt: skip


def test_the_city_its_state_and_its_law_say_nothing() -> None:
    law = ("Stamford", "Connecticut", "Freedom of Information Act")

    found = words("Towing in Stamford, Connecticut", "Under the Freedom of Information Act", *law)

    assert found == ["towing"]


def test_how_the_request_is_to_be_answered_is_no_part_of_what_it_asks() -> None:
    text = (
        "Every tow ordered by police. If redaction of license plates is needed, cite an exemption. "
        "We ask for a fee waiver, as disclosure is in the public interest of taxpayers."
    )

    assert words("Towing", text) == ["towing", "ordered", "police"]


def test_people_and_streets_are_names_and_their_numbers_nothing() -> None:
    text = "Use of force by Officer Lyle Brandt, badge 2217, at 1200 Elm Street, with Brightline."
    terms = terms_of(DraftText.of("Force", text)).terms

    assert {one.word for one in terms if one.is_name} == {
        "officer", "lyle", "brandt", "elm", "street", "brightline",
    }  # fmt: skip
    assert [one.word for one in terms if not one.is_name] == [
        "force", "use of force", "badge",
    ]  # fmt: skip


def test_a_subject_in_capitals_names_nobody() -> None:
    assert words("Towed Vehicles And Fees") == ["towed", "vehicles"]


def test_years_are_kept_apart() -> None:
    assert terms_of(DraftText.of("Permits", "From 2021 through 2023.")).years == {2021, 2022, 2023}
