"""A pack's mapping of a city's PDF form: what it holds, and how its faults are named."""

from pathlib import Path

import pytest

from cities.checks.check_pack import check_city
from cities.pack.forms import FORM_FACTS
from cities.pack.load import PackErrors, load_city
from tests.cities.test_sixth_city import ON, SIXTH

CITY = "us-zz/port-alder"


def altered(folder: Path, old: str, new: str) -> Path:
    """The sixth city with that changed."""
    for file in SIXTH.rglob("*.toml"):
        copy = folder / file.relative_to(SIXTH)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        if copy.name == "city.toml":
            assert old in text
            text = text.replace(old, new)
        copy.write_text(text, encoding="utf-8")
    return folder


def test_mapping_says_which_fact_fills_which_field() -> None:
    form = load_city(CITY, SIXTH).office("city_clerk").form
    assert form is not None
    assert [target.field for target in form.fields["requester_name"]] == ["Name"]
    (copies,) = form.fields["asks_for_records"]
    assert (copies.field, copies.choose) == ("Kind", "Copies")
    assert form.checked_on == ON  # the city's day, where the form says none
    assert form.may_be_used


def test_fact_may_fill_several_fields(tmp_path: Path) -> None:
    packs = altered(tmp_path, 'dated_on = "Date"', 'dated_on = ["Date", "Date signed"]')
    form = load_city(CITY, packs).office("city_clerk").form
    assert form is not None
    assert [target.field for target in form.fields["dated_on"]] == ["Date", "Date signed"]


def test_unverified_mapping_is_not_used(tmp_path: Path) -> None:
    packs = altered(tmp_path, "[offices.form]", '[offices.form]\nconfidence = "unverified"')
    form = load_city(CITY, packs).office("city_clerk").form
    assert form is not None
    assert not form.may_be_used


def test_most_offices_have_none() -> None:
    assert load_city("us-ct/stamford").office("city_clerk").form is None


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
    tmp_path: Path, old: str, new: str, key: str, problem: str
) -> None:
    packs = altered(tmp_path, old, new)
    with pytest.raises(PackErrors):
        load_city(CITY, packs)
    (error,) = check_city(CITY, on=ON, packs=packs)
    assert error.file == f"{CITY}/city.toml"
    assert error.key == key
    assert problem in error.problem
    lines = (packs / error.file).read_text(encoding="utf-8").splitlines()
    named = key.rpartition(".")[2] if new else "[offices.form]"
    assert named in lines[error.line - 1] or "asks_for_records" in lines[error.line - 1]


def test_every_fact_says_what_it_is() -> None:
    assert all(FORM_FACTS.values())
