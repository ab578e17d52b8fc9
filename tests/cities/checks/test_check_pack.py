"""What is wrong with a state's or a city's folder, by file, line and key."""

import pytest

from cities.checks.check_pack import check_city, check_statute
from tests.cities.conftest import FIXTURE_PACKS, ON, Copy

STATUTE, CLOCKS = "us-zz/statute.toml", "us-zz/clocks.toml"
ROUTES, EXAMPLES = "us-zz/routes.toml", "us-zz/examples.toml"
BEND = "us-zz/quarry-bend/city.toml"


def of_state(packs: Copy, slug: str = "us-zz") -> list[str]:
    return [str(error) for error in check_statute(slug, on=ON, packs=packs.folder)]


def of_city(packs: Copy, slug: str = "us-zz/quarry-bend") -> list[str]:
    return [str(error) for error in check_city(slug, on=ON, packs=packs.folder)]


@pytest.mark.parametrize("state", ["us-yy", "us-zz"])
def test_sound_statute_has_no_fault(state: str) -> None:
    assert check_statute(state, on=ON, packs=FIXTURE_PACKS) == []


@pytest.mark.parametrize("city", ["us-yy/elm-ford", "us-zz/port-alder", "us-zz/quarry-bend"])
def test_sound_city_has_no_fault(city: str) -> None:
    assert check_city(city, on=ON, packs=FIXTURE_PACKS) == []


# Clocks and examples -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "problem"),
    [
        (CLOCKS, 'unit = "business_days"', 'units = "business_days"', "clocks[0].units",
         "is not a key we know: misspelt?"),
        (CLOCKS, 'starts = ["received"]', "starts = []", "clocks[0].starts", "at least 1 item"),
        (CLOCKS, 'citation = "Franklin Code § 10"', 'citation = ""', "calendar.citation",
         "is empty: write it"),
        (CLOCKS, "last_year = 2030", "last_year = 1999", "calendar.last_year",
         "is before first_year"),
        (CLOCKS, "valid_to = 2026-06-30", "valid_from = 2026-07-01\nvalid_to = 2026-06-30",
         "clocks[0].valid_to", "2026-06-30 is before valid_from 2026-07-01: swap them"),
        (CLOCKS, '{ silence_of = "appeal_decision" }', '{ silence_of = "answer" }',
         "clocks[6].starts", "court: nothing starts it: answer is no clock"),
        (EXAMPLES, "why =", "reason =", "examples[0].reason", "is not a key we know: misspelt?"),
        (EXAMPLES, 'city = "us-zz/port-alder"', 'city = "us-yy/elm-ford"', "examples[0].city",
         ("no city 'us-yy/elm-ford' under this law; "
         "there are us-zz/port-alder, us-zz/quarry-bend")),
    ],
)  # fmt: skip
def test_fault_is_named_with_file_line_and_key(
    packs: Copy, file: str, old: str, new: str, key: str, problem: str
) -> None:
    first = packs.replace(file, old, new)

    named = [error for error in of_state(packs) if f": {key}: " in error and problem in error]

    assert len(named) == 1, of_state(packs)
    place = named[0].split(": ")[0]
    assert place.startswith(f"{file}:")
    # The line of the key, which stands in what was replaced.
    assert first <= int(place.rpartition(":")[2]) <= first + new.count("\n")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('starts = ["received"]', 'starts = ["recieved"]', "clocks[0].starts[0]"),
        ('ends = ["fees_paid", ', 'ends = ["recieved", ', "clocks[0].tolls[0].ends"),
        ('event = "fees_estimated"', 'event = "recieved"', "clocks[0].tolls[0].starts"),
        ('met_by = ["denied", ', 'met_by = ["recieved", ', "clocks[0].met_by[0]"),
    ],
)
def test_event_that_there_is_not_is_named_with_those_there_are(
    packs: Copy, old: str, new: str, key: str
) -> None:
    line = packs.replace(CLOCKS, old, new)

    (error,) = of_state(packs)

    assert error == (
        f"{CLOCKS}:{line}: {key}: no event 'recieved'; there are acknowledged, appeal_decided, "
        "appeal_filed, clarification_declined, clarification_requested, clarified, closed, "
        "complied, deemed_denied, denied, extended, fee_waiver_denied, fees_estimated, fees_paid, "
        "fees_waived, granted, granted_in_part, grounds_given, grounds_requested, lapsed, "
        "lawsuit, no_records, produced_in_part, received, referred, submitted, withdrawn"
    )


def test_citation_that_is_missing_is_named_at_its_clock(packs: Copy) -> None:
    packs.replace(CLOCKS, 'citation = "Franklin Code § 2"\n', "")
    text = (packs.folder / CLOCKS).read_text(encoding="utf-8")
    header = text[: text.index("[[clocks]]")].count("\n") + 1

    assert of_state(packs) == [f"{CLOCKS}:{header}: clocks[0].citation: is missing"]


def test_example_that_does_not_come_out_is_named(packs: Copy) -> None:
    line = packs.replace(EXAMPLES, "due_on = 2026-04-10", "due_on = 2026-04-09")

    assert of_state(packs) == [
        (
            f"{EXAMPLES}:{line}: examples[0].expect: "
            "ZZ-a: response due_on: 2026-04-09 expected, 2026-04-10 counted"
        )
    ]


def test_clock_that_changes_fails_its_examples(packs: Copy) -> None:
    packs.replace(CLOCKS, "count = 3\n", "count = 4\n")

    assert [error.split(": ", 2)[2] for error in of_state(packs)] == [
        "ZZ-e: appeal_decision earliest_on: 2026-11-27 expected, 2026-11-30 counted",
        "ZZ-e: appeal_decision due_on: 2026-11-30 expected, 2026-12-01 counted",
        "ZZ-e: court starts_on: 2026-11-27 expected, 2026-11-30 counted",
        "ZZ-e: court due_on: 2026-12-25 expected, 2026-12-30 counted",
    ]


def test_example_says_that_a_clock_does_not_run(packs: Copy) -> None:
    packs.append(
        EXAMPLES,
        """
[[examples]]
id = "ZZ-z"
city = "us-zz/quarry-bend"
why = "There is no acknowledgement in this law."
events = [{ kind = "received", at = 2026-11-09 }]
expect.acknowledgement = false
expect.response = false
basis = "Franklin Code § 2"
""",
    )

    (error,) = of_state(packs)

    assert error.endswith("ZZ-z: response: none expected, but it is due 2026-11-16")


# What a clock or a route names --------------------------------------------------------------------


def test_route_counted_by_no_clock_is_named(packs: Copy) -> None:
    line = packs.replace(ROUTES, 'clock = "appeal"', 'clock = "apeal"')

    assert of_state(packs) == [
        (
            f"{ROUTES}:{line}: routes[0].clock: no clock 'apeal'; there are "
            "appeal, appeal_decision, court, fee_lapse, response"
        )
    ]


def test_citys_route_counted_by_no_clock_is_named(packs: Copy) -> None:
    line = packs.replace(BEND, 'slug = "data_board"', 'clock = "review"\nslug = "data_board"')

    (error,) = of_city(packs)

    assert error.startswith(f"{BEND}:{line}: routes[1].clock: no clock 'review'; there are")


def test_route_after_one_that_there_is_not_is_named(packs: Copy) -> None:
    line = packs.replace(ROUTES, 'after = ["mayor"]', 'after = ["council"]')

    assert of_state(packs) == [
        f"{ROUTES}:{line}: routes[1].after: no route 'council'; there are court, mayor"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "problem"),
    [
        (CLOCKS, 'route = "mayor"', 'route = "mayors"', "clocks[4].route",
         ("no route 'mayors'; there are administrative_review, attorney_general, commission, "
         "court, data_board, district_attorney, mayor, mediation, reconsideration")),
        (CLOCKS, 'routes = ["court"]', 'routes = ["supreme_court"]', "clocks[6].met_by",
         ("no route 'supreme_court'; there are administrative_review, attorney_general, "
         "commission, court, data_board, district_attorney, mayor, mediation, reconsideration")),
        (CLOCKS, 'track = "personnel_file"', 'track = "personnel"', "clocks[2].track",
         "no track 'personnel'; there are personnel_file"),
        ("us-yy/clocks.toml", '"elected_official"', '"mayor"', "clocks[2].custodian",
         "no custodian 'mayor'; there are city, elected_official"),
    ],
)  # fmt: skip
def test_clock_that_names_what_there_is_not_is_named(
    packs: Copy, file: str, old: str, new: str, key: str, problem: str
) -> None:
    line = packs.replace(file, old, new)

    assert of_state(packs, file[:5]) == [f"{file}:{line}: {key}: {problem}"]


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ('unsettled_roll = "Whether thirty', '# "', "clocks[3]",
         "unsettled_roll is missing: say what the law leaves open, with its citation"),
        ('unit = "business_days"\nstarts = ["received"]\nmet_by = ["denied", ',
         ('unit = "business_days"\nstarts = ["received"]\nperhaps_met_by = ["acknowledged"]\n'
         'met_by = ["denied", '), "clocks[0]",
         "unsettled_meeting is missing: say what the law leaves open, with its citation"),
        ("extension = { unsettled = ", "extension = { }  # ", "clocks[0].extension",
         "`unsettled` is missing: say what the law leaves open, with its citation"),
    ],
)  # fmt: skip
def test_clock_with_two_readings_and_no_sentence_is_named(
    packs: Copy, old: str, new: str, place: str, problem: str
) -> None:
    packs.replace(CLOCKS, old, new)

    (error,) = of_state(packs)

    assert error.partition(": ")[2] == f"{place}: {problem}"


def test_last_day_that_moves_for_sure_needs_no_sentence(packs: Copy) -> None:
    clock = packs.replace("us-yy/clocks.toml", 'roll = "weekend_or_holiday"', 'roll = "sunday"')

    (error,) = of_state(packs, "us-yy")

    assert error == (
        f"us-yy/clocks.toml:{clock - 7}: clocks[1]: unsettled_roll is missing: "
        "say what the law leaves open, with its citation"
    )


def test_clock_may_be_met_on_a_route_that_only_a_city_has(packs: Copy) -> None:
    packs.replace(CLOCKS, 'routes = ["court"]', 'routes = ["court", "data_board"]')

    assert of_state(packs) == []


# The rest of the law ------------------------------------------------------------------------------


def test_silence_of_no_clock_is_named(packs: Copy) -> None:
    line = packs.replace(STATUTE, 'clocks = ["response", ', 'clocks = ["answer", ')

    assert of_state(packs) == [
        (
            f"{STATUTE}:{line}: silence.clocks: no clock 'answer'; there are "
            "appeal, appeal_decision, court, fee_lapse, response"
        )
    ]


def test_silence_that_is_a_denial_needs_a_clock(packs: Copy) -> None:
    line = packs.replace(STATUTE, "[silence]", "[silence]")
    packs.replace(STATUTE, 'clocks = ["response", "appeal_decision"]\n', "")

    assert of_state(packs) == [
        f"{STATUTE}:{line}: silence: is a denial: name in `clocks` those whose lapse makes it"
    ]


def test_silence_that_is_no_denial_has_no_clock(packs: Copy) -> None:
    file = "us-yy/statute.toml"
    line = packs.replace(file, "is_denial = false", "is_denial = false")
    packs.replace(file, "is_denial = false", 'clocks = ["response"]\nis_denial = false')

    assert of_state(packs, "us-yy") == [
        f"{file}:{line}: silence.clocks: silence is no denial here: leave the clocks out"
    ]


def test_letters_without_an_opening_are_named(packs: Copy) -> None:
    packs.replace(STATUTE, "[letter_sentences.request_line]", "[letter_sentences.redirect_line]")
    line = packs.replace(STATUTE, "[letter_sentences.", "[letter_sentences.")

    assert of_state(packs) == [
        f"{STATUTE}:{line}: letter_sentences.request_line: is missing: every letter opens with it"
    ]


def test_folder_checked_in_the_future_is_named_once(packs: Copy) -> None:
    packs.replace(STATUTE, "checked_on = 2026-11-21", "checked_on = 2026-11-22")

    assert of_state(packs) == [
        f"{STATUTE}:3: checked_on: 2026-11-22 is in the future: write the day it was checked"
    ]


# A city -------------------------------------------------------------------------------------------


def test_day_in_the_future_is_named(packs: Copy) -> None:
    line = packs.replace(
        BEND, 'source = "from memory"', 'checked_on = 2026-11-22\nsource = "from memory"'
    )

    assert of_city(packs) == [
        (
            f"{BEND}:{line}: offices[0].address.checked_on: "
            "2026-11-22 is in the future: write the day it was checked"
        )
    ]


def test_fact_checked_today_is_fine(packs: Copy) -> None:
    packs.replace(BEND, 'source = "from memory"', f'checked_on = {ON}\nsource = "from memory"')

    assert of_city(packs) == []


def test_code_of_another_city_is_named(packs: Copy) -> None:
    line = packs.replace(BEND, '"QRRY"', '"ELMF"')

    assert of_city(packs) == [
        f"{BEND}:{line}: code: 'ELMF' is also us-yy/elm-ford's: references need a code of their own"
    ]


def test_records_that_reach_no_custodian_are_named(packs: Copy) -> None:
    file = "us-yy/elm-ford/city.toml"
    line = packs.replace(file, "[[offices]]", "[[offices]]")
    packs.replace(file, "is_custodian = true", "")

    assert of_city(packs, "us-yy/elm-ford") == [
        (
            f"{file}:{line}: offices: no office that receives records is a custodian: "
            "no clock could start"
        )
    ]


def test_city_whose_states_folder_is_at_fault_says_that_alone(packs: Copy) -> None:
    packs.replace(STATUTE, "short_name =", "shortname =")
    packs.replace(BEND, '"QRRY"', '"ELMF"')

    assert [error.partition(": ")[2] for error in of_city(packs)] == [
        "short_name: is missing",
        "shortname: is not a key we know: misspelt?",
    ]
