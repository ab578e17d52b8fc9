"""What a challenge argues and asks for, brought into a letter that its writer edited."""

from requests_app.letters.wording.merged_sections import merge_sections, without_sections

BEFORE = """Dear Commissioners:

## Argument

The burden is the city’s.

Exemptions are narrow.

## What we ask

We ask you to:

1. find a violation; and
2. order the records.

Thank you.
"""
AFTER = """Dear Commissioners:

## Argument

Exemptions are narrow.

The rest is to be released.

## What we ask

We ask you to:

1. find a violation;
2. order the records; and
3. order a search.

Thank you.
"""


def test_a_letter_that_nobody_edited_is_the_wording():
    assert merge_sections(BEFORE, BEFORE, AFTER) == AFTER


def test_what_the_writer_did_to_the_rest_stays():
    draft = BEFORE.replace("Dear Commissioners:", "Dear Chair:").replace("Thank you.", "Thanks.")

    merged = merge_sections(BEFORE, draft, AFTER)

    assert merged == AFTER.replace("Dear Commissioners:", "Dear Chair:").replace(
        "Thank you.", "Thanks."
    )


def test_a_paragraph_that_the_writer_edited_or_added_stays_in_the_section():
    draft = BEFORE.replace("Exemptions are narrow.", "Exemptions are narrow.\n\nOurs is plain.")
    draft = draft.replace("1. find a violation; and", "1. find a grave violation; and")

    merged = merge_sections(BEFORE, draft, BEFORE.replace("The burden is the city’s.\n\n", ""))

    assert merged == draft.replace("The burden is the city’s.\n\n", "")


def test_entries_are_numbered_without_holes():
    after = BEFORE.replace("1. find a violation; and\n2. order", "1. order")

    assert merge_sections(BEFORE, BEFORE, after) == after


def test_a_section_that_was_not_there_comes_before_the_next_one():
    before = BEFORE.replace(BEFORE[BEFORE.index("## Argument") : BEFORE.index("## What")], "")

    assert merge_sections(before, before, BEFORE) == BEFORE


def test_a_section_that_is_no_more_goes():
    after = BEFORE.replace(BEFORE[BEFORE.index("## Argument") : BEFORE.index("## What")], "")

    assert merge_sections(BEFORE, BEFORE, after) == after


def test_headings_of_a_claim_stay_within_the_section():
    after = BEFORE.replace("Exemptions", "### The claim under § 1\n\nExemptions")

    assert merge_sections(BEFORE, BEFORE, after) == after
    assert without_sections(after) == without_sections(BEFORE)
