"""A fault in the wording is found when the desk starts, with its file, its line, its cure."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from requests_app.letters import check_templates
from requests_app.letters.wording.check_templates import letters_name_known_facts
from requests_app.letters.wording.templates import Wording
from tests.letters.wording.wording_folder import write

WHERE = "templates/letters/"


def faults(folder: Path) -> list[str]:
    return [fault.removeprefix(WHERE) for fault in check_templates(Wording(folder))]


def test_wording_of_the_project_has_no_fault() -> None:
    assert check_templates() == []
    assert letters_name_known_facts(None) == []


def test_misspelt_fact_names_the_line_and_the_fact_that_is_meant(folder: Path) -> None:
    write(folder, "us-ct/follow_up.md", "Dear\n\n{{ salutaton }}:")
    assert faults(folder) == [
        "us-ct/follow_up.md:3: “salutaton” is no fact of this letter; is “salutation” meant?"
    ]


def test_fact_of_another_letter_is_a_fault(folder: Path) -> None:
    write(folder, "follow_up.md", "{% if suggested_correction %}x{% endif %}")
    assert faults(folder) == ["follow_up.md:1: “suggested_correction” is no fact of this letter"]


def test_misspelt_fact_in_an_included_part_names_the_part(folder: Path) -> None:
    write(folder, "_close.md", "Thank you.\n{{ refrence }}")
    write(folder, "follow_up.md", '{% include "_close.md" %}')
    assert faults(folder) == [
        "_close.md:2: “refrence” is no fact of this letter; is “reference” meant?"
    ]


def test_include_that_does_not_exist_names_the_nearest_file(folder: Path) -> None:
    write(folder, "_close.md", "Thank you.")
    write(folder, "follow_up.md", 'Dear\n{% include "_clsoe.md" %}')
    assert faults(folder) == ["follow_up.md:2: there is no file “_clsoe.md”; is “_close.md” meant?"]


def test_include_from_outside_the_folder_is_a_fault(folder: Path) -> None:
    write(folder.parent, "secret.md", "x")
    write(folder, "follow_up.md", '{% include "../secret.md" %}')
    assert faults(folder)[0].startswith("follow_up.md:1: there is no file “../secret.md”")


def test_link_that_leads_outside_the_folder_is_a_fault(folder: Path) -> None:
    write(folder.parent, "secret.md", "x")
    (folder / "_linked.md").symlink_to(folder.parent / "secret.md")
    write(folder, "follow_up.md", '{% include "_linked.md" %}')
    assert faults(folder)[0].startswith("follow_up.md:1: there is no file “_linked.md”")


def test_parts_that_include_each_other_are_a_fault(folder: Path) -> None:
    write(folder, "_a.md", '{% include "_b.md" %}')
    write(folder, "_b.md", '{% include "_a.md" %}')
    write(folder, "follow_up.md", '{% include "_a.md" %}')
    assert faults(folder) == ["_b.md:1: includes itself: take one of the two out"]


def test_include_of_a_computed_name_is_a_fault(folder: Path) -> None:
    write(folder, "follow_up.md", "{% include salutation %}")
    assert faults(folder) == ["follow_up.md:1: name the file that is included, in quotes"]


@pytest.mark.parametrize(
    "text",
    [
        "Dear\nYou said so on {{ acknowledged_on }}.",
        "Dear\n{% if asked_on %}On {{ acknowledged_on }}.{% endif %}",  # guarded by another
        "Dear\n{% if not asked_on %}On {{ asked_on }}.{% endif %}",
    ],
)
def test_fact_that_may_be_absent_stands_in_its_own_condition(folder: Path, text: str) -> None:
    write(folder, "follow_up.md", text)
    fault = faults(folder)[0]
    assert fault.startswith("follow_up.md:2: prints a fact that is absent")
    assert "put its sentence in an {% if %}" in fault


def test_every_value_that_wording_tells_apart_is_tried(folder: Path) -> None:
    kind = "appeal_court.md"
    write(folder, kind, '{% if city_answer == "fee" %}{{ fee_amount }}{% endif %}')
    assert "prints a fact that is absent" in faults(folder)[0]


def test_misspelt_names_of_files_and_folders_are_faults(folder: Path) -> None:
    write(folder, "folow_up.md", "x")
    write(folder, "us-cx/follow_up.md", "x")
    (folder / "fee_refusal.md").unlink()
    assert faults(folder) == [
        "fee_refusal.md is missing: every kind of letter needs a general wording",
        "folow_up.md: no letter has this name; is “follow_up” meant?",
        "us-cx/follow_up.md: there is no state or city “us-cx”; is “us-ct” meant?",
    ]


def test_fault_in_a_room_names_the_file_where_it_lies(folder: Path) -> None:
    (folder / "thanks.md").unlink()
    write(folder, "replies/thanks.md", "Dear\n{{ salutaton }}")
    assert faults(folder) == [
        "replies/thanks.md:2: “salutaton” is no fact of this letter; is “salutation” meant?"
    ]


def test_name_that_two_rooms_have_is_a_fault(folder: Path) -> None:
    write(folder, "replies/thanks.md", "Dear")
    assert faults(folder) == [
        "thanks.md: another folder has a thanks.md too: remove one of them",
    ]


def test_wording_of_a_route_lies_where_the_route_is(folder: Path) -> None:
    write(folder, "us-mo/kansas-city/appeal_city_manager.md", "Dear City Manager")
    assert faults(folder) == []
    write(folder, "us-or/appeal_city_manager.md", "Dear City Manager")
    assert faults(folder) == [
        "us-or/appeal_city_manager.md: “us-or” has no such route: move it to the place that has"
    ]


def test_broken_template_names_its_line(folder: Path) -> None:
    write(folder, "follow_up.md", "Dear\n{% if salutation %}\n\n{% endfor %}")
    assert faults(folder)[0].startswith("follow_up.md:4: ")


def test_arithmetic_on_words_is_a_fault_and_not_a_crash(folder: Path) -> None:
    write(folder, "follow_up.md", "Dear\n{{ salutation + 1 }}")
    assert faults(folder)[0].startswith("follow_up.md:2: ")


def test_file_that_is_no_text_is_a_fault(folder: Path) -> None:
    (folder / "follow_up.md").write_bytes(b"\xff\xfe")
    assert faults(folder)[0].startswith("follow_up.md: save it as UTF-8")


def test_check_cities_tells_the_faults_of_the_wording(monkeypatch: pytest.MonkeyPatch) -> None:
    command = "requests_app.management.commands.check_cities.check_templates"
    monkeypatch.setattr(command, lambda: [f"{WHERE}follow_up.md:3: wrong"])
    told = StringIO()
    with pytest.raises(CommandError, match="1 to correct in the packs and the letters"):
        call_command("check_cities", stderr=told, stdout=StringIO())
    assert f"{WHERE}follow_up.md:3: wrong" in told.getvalue()
