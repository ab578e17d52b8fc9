"""A pack's mapping of a city's PDF form: what it holds, and how its faults are named."""

import pytest

from cities.checks.check_pack import check_city
from cities.schema.forms import FORM_FACTS
from cities.schema.load import PackErrors, load_city
from tests.cities.conftest import FIXTURE_PACKS, ON, Copy

CITY = "us-zz/port-alder"
FILE = f"{CITY}/city.toml"


def test_mapping_says_which_fact_fills_which_field() -> None:
    form = load_city(CITY, FIXTURE_PACKS).office("city_clerk").form
    assert form is not None
    assert [target.field for target in form.fields["requester_name"]] == ["Name"]
    (copies,) = form.fields["asks_for_records"]
    assert (copies.field, copies.choose) == ("Kind", "Copies")
    assert form.checked_on == ON  # the city's day, where the form says none
    assert form.may_be_used


def test_fact_may_fill_several_fields(packs: Copy) -> None:
    packs.replace(FILE, 'dated_on = "Date"', 'dated_on = ["Date", "Date signed"]')
    form = load_city(CITY, packs.folder).office("city_clerk").form
    assert form is not None
    assert [target.field for target in form.fields["dated_on"]] == ["Date", "Date signed"]


def test_unverified_mapping_is_not_used(packs: Copy) -> None:
    packs.replace(FILE, "[offices.form]", '[offices.form]\nconfidence = "unverified"')
    form = load_city(CITY, packs.folder).office("city_clerk").form
    assert form is not None
    assert not form.may_be_used


def test_most_offices_have_none() -> None:
    assert load_city("us-zz/quarry-bend", FIXTURE_PACKS).office("city_clerk").form is None


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ("requester_name =", "requestor_name =", "offices[0].form.fields.requestor_name",
         "no fact 'requestor_name' for forms: do you mean 'requester_name'?"),
        ("requester_name =", "fax =", "offices[0].form.fields.fax",
         "no fact 'fax' for forms: there are requester_name,"),
        ('newsroom_phone = "Phone"', 'newsroom_phone = "Name"',
         "offices[0].form.fields.newsroom_phone",
         "the field 'Name' is filled by 'requester_name' already"),
        ('choose = "Copies"', 'chose = "Copies"',
         "offices[0].form.fields.asks_for_records[0].chose", "is not a key we know: misspelt?"),
        ('title = "Request for Public Files"', 'title = ""', "offices[0].form.title", "is empty"),
        ('title = "Request for Public Files"', "", "offices[0].form.title", "is missing"),
    ],
)  # fmt: skip
def test_fault_is_named_with_file_line_and_key(
    packs: Copy, old: str, new: str, key: str, problem: str
) -> None:
    packs.replace(FILE, old, new)
    with pytest.raises(PackErrors):
        load_city(CITY, packs.folder)
    (error,) = check_city(CITY, on=ON, packs=packs.folder)
    assert error.file == f"{CITY}/city.toml"
    assert error.key == key
    assert problem in error.problem
    lines = (packs.folder / error.file).read_text(encoding="utf-8").splitlines()
    named = key.rpartition(".")[2] if new else "[offices.form]"
    assert named in lines[error.line - 1] or "asks_for_records" in lines[error.line - 1]


def test_every_fact_says_what_it_is() -> None:
    assert all(FORM_FACTS.values())
