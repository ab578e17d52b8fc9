"""A fault in a statute's clocks or examples: `check_cities` names file, line and key."""

import pytest

from cities.checks.check_pack import check_statute
from tests.cities.conftest import Copy
from tests.cities.test_check_cities import ON, run

CLOCKS, EXAMPLES = "us-ct/clocks.toml", "us-ct/examples.toml"


def faults(packs: Copy, slug: str = "us-ct") -> list[str]:
    return [str(error) for error in check_statute(slug, on=ON, packs=packs.folder)]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "problem"),
    [
        (CLOCKS, 'unit = "business_days"', 'units = "business_days"', "clocks[0].units",
         "is not a key we know: misspelt?"),
        (CLOCKS, 'starts = ["received"]', 'starts = ["recieved"]', "clocks[0].starts[0]",
         "no event 'recieved'; there are acknowledged"),
        (CLOCKS, 'starts = ["received"]', "starts = []", "clocks[0].starts", "at least 1 item"),
        (CLOCKS, 'citation = "Conn. Gen. Stat. § 1-4"', 'citation = ""', "calendar.citation",
         "is empty: write it"),
        (CLOCKS, "last_year = 2045", "last_year = 1999", "calendar.last_year",
         "is before first_year"),
        (CLOCKS, 'citation = "Conn. Gen. Stat. § 1-206(a)"',
         'citation = "§ 1-206(a)"\nvalid_from = 2026-01-01\nvalid_to = 2025-01-01',
         "clocks[0].valid_to", "2025-01-01 is before valid_from 2026-01-01: swap them"),
        (CLOCKS, '{ silence_of = "response" }', '{ silence_of = "answer" }', "clocks[2].starts",
         "appeal: nothing starts it: answer is no clock"),
        (EXAMPLES, "why =", "reason =", "examples[0].reason", "is not a key we know: misspelt?"),
        (EXAMPLES, 'city = "us-ct/stamford"', 'city = "us-or/portland"', "examples[0].city",
         "no city 'us-or/portland' under this law; there are us-ct/stamford"),
    ],
)  # fmt: skip
def test_fault_is_named_with_file_line_and_key(
    packs: Copy, file: str, old: str, new: str, key: str, problem: str
) -> None:
    first = packs.replace(file, old, new)

    named = [error for error in faults(packs) if f": {key}: " in error and problem in error]

    assert len(named) == 1, faults(packs)
    place = named[0].split(": ")[0]
    assert place.startswith(f"{file}:")
    # The line of the key, which stands in what was replaced.
    assert first <= int(place.rpartition(":")[2]) <= first + new.count("\n")


def test_citation_that_is_missing_is_named_at_its_clock(packs: Copy) -> None:
    packs.replace(CLOCKS, 'citation = "Conn. Gen. Stat. § 1-206(a)"', "")
    text = (packs.folder / CLOCKS).read_text(encoding="utf-8")
    header = text[: text.index("[[clocks]]")].count("\n") + 1

    assert faults(packs) == [f"{CLOCKS}:{header}: clocks[0].citation: is missing"]


def test_example_that_does_not_come_out_is_named(packs: Copy) -> None:
    line = packs.replace(EXAMPLES, "due_on = 2026-11-16", "due_on = 2026-11-13")

    _, err, gave_up = run("us-ct", packs=packs.folder)

    assert err.strip() == (
        f"{EXAMPLES}:{line}: examples[0].expect: "
        "CT-a: response due_on: 2026-11-13 expected, 2026-11-16 counted"
    )
    assert "1 to correct" in gave_up


def test_clock_that_changes_fails_its_examples(packs: Copy) -> None:
    packs.replace(CLOCKS, "count = 4", "count = 5")

    assert any("CT-a: response due_on" in error for error in faults(packs))


def test_example_says_that_a_clock_does_not_run(packs: Copy) -> None:
    packs.append(
        EXAMPLES,
        """
[[examples]]
id = "CT-z"
city = "us-ct/stamford"
why = "There is no acknowledgement in this law."
events = [{ kind = "received", at = 2026-11-09 }]
expect.acknowledgement = false
expect.response = false
basis = "Conn. Gen. Stat. § 1-206(a)"
""",
    )

    errors = faults(packs)

    assert len(errors) == 1
    assert errors[0].endswith("CT-z: response: none expected, but it is due 2026-11-16")
