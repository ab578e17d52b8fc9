"""What `check_cities` refuses in who has a copy, by file and key."""

import pytest

from cities.checks.check_pack import check_city
from tests.cities.conftest import ON, Copy

BEND = "us-zz/quarry-bend/city.toml"
OFFICE, LETTERS = 'office = "dataset_steward"', 'letters = ["requests"]'


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        (OFFICE, 'office = "police_records"', "copies[0].office", "no 'police_records' here"),
        (OFFICE, 'office = "stewart"', "copies[0].office", "Input should be"),
        (LETTERS, "letters = []", "copies[0].letters", "name at least one"),
        (LETTERS, 'letters = ["notes"]', "copies[0].letters[0]", "Input should be 'requests'"),
        (LETTERS, f'{LETTERS}\nroutes = ["king"]', "copies[0].routes", "no 'king' here"),
        (LETTERS, f"{LETTERS}\nstarts_clock = true", "copies[0]", "write is_required = true"),
        (f"{OFFICE}\n", f'{OFFICE}\nwritten_to = ["law"]\n', "copies[0].written_to", "no 'law'"),
        ('the Data Steward."\nsource = "Quarry Bend guide"\nconfidence = "second_hand"',
         'the Data Steward."\nsource = "Quarry Bend guide"\nconfidence = "unverified"',
         "copies[0]", "may be offered and not proposed"),
    ],
)  # fmt: skip
def test_fault_of_a_copy_is_named_with_file_and_key(
    packs: Copy, old: str, new: str, key: str, problem: str
) -> None:
    packs.replace(BEND, old, new)

    (error,) = check_city("us-zz/quarry-bend", on=ON, packs=packs.folder)

    assert (error.file, error.key) == (BEND, key)
    assert problem in error.problem
