"""Templates: the nearest wins, only declared facts, nothing absent printed, nothing run."""

from pathlib import Path
from typing import Any

import pytest

from requests_app.letters import LetterError, check_templates
from requests_app.letters.checks import letters_name_known_facts
from requests_app.letters.declared import FACTS
from requests_app.letters.wording import Wording


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which every kind of letter has a wording."""
    for stem in FACTS:
        (tmp_path / f"{stem}.md").write_text("{{ salutation }}:\n")
    return tmp_path


def write(folder: Path, path: str, text: str) -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return folder


def text_of(folder: Path, template: str, **facts: Any) -> str:
    letters = Wording(folder)
    (folder / "records_request.md").write_text(template)
    declared = dict.fromkeys(FACTS["records_request"])
    return letters.write(letters.template("records_request.md"), {**declared, **facts})


def test_templates_of_the_project_name_only_known_facts() -> None:
    assert check_templates() == []
    assert letters_name_known_facts(None) == []


def test_nearest_wording_wins(folder: Path) -> None:
    letters = Wording(folder)
    assert letters.nearest("follow_up", "us-ct/stamford").path == "follow_up.md"
    write(folder, "us-ct/follow_up.md", "Dear state")
    assert letters.nearest("follow_up", "us-ct/stamford").path == "us-ct/follow_up.md"
    write(folder, "us-ct/stamford/follow_up.md", "Dear city")
    nearest = letters.nearest("follow_up", "us-ct/stamford")
    assert nearest.path == "us-ct/stamford/follow_up.md"
    assert letters.nearest("follow_up", "us-or/portland").path == "follow_up.md"


def test_letter_without_wording_says_what_to_do(folder: Path) -> None:
    with pytest.raises(LetterError, match=r"add templates/letters/thanks\.md"):
        Wording(folder).nearest("thanks", "us-ct/stamford")


def test_misspelt_fact_is_an_error_of_the_check(folder: Path) -> None:
    write(folder, "us-ct/follow_up.md", "{{ salutaton }}:")
    assert check_templates(Wording(folder)) == [
        "templates/letters/us-ct/follow_up.md: “salutaton” is no fact of this letter"
    ]


def test_fact_of_another_letter_is_an_error_of_the_check(folder: Path) -> None:
    write(folder, "follow_up.md", "{% if suggested_correction %}x{% endif %}")
    assert "“suggested_correction” is no fact of this letter" in check_templates(Wording(folder))[0]


def test_misspelt_fact_in_an_included_part_is_found(folder: Path) -> None:
    write(folder, "_close.md", "{{ refrence }}")
    write(folder, "follow_up.md", '{% include "_close.md" %}')
    assert "“refrence” is no fact" in check_templates(Wording(folder))[0]


def test_printing_a_fact_that_may_be_absent_is_an_error_of_the_check(folder: Path) -> None:
    write(folder, "follow_up.md", "You said so on {{ acknowledged_on }}.")
    assert "put its sentence in an {% if %}" in check_templates(Wording(folder))[0]


def test_misspelt_names_of_files_and_folders_are_errors_of_the_check(folder: Path) -> None:
    write(folder, "folow_up.md", "x")
    write(folder, "us-xx/follow_up.md", "x")
    (folder / "fee_refusal.md").unlink()
    faults = check_templates(Wording(folder))
    assert [fault.split(":")[0] for fault in faults] == [
        "templates/letters/fee_refusal.md is missing",
        "templates/letters/folow_up.md",
        "templates/letters/us-xx/follow_up.md",
    ]


def test_broken_template_is_an_error_of_the_check(folder: Path) -> None:
    write(folder, "follow_up.md", "{% if salutation %}")
    assert "templates/letters/follow_up.md:" in check_templates(Wording(folder))[0]


def test_undeclared_name_is_an_error_while_writing(folder: Path) -> None:
    with pytest.raises(LetterError, match="is undefined"):
        text_of(folder, "{{ nothing }}")


@pytest.mark.parametrize(
    "template",
    ["{{ salutation.__class__.__mro__ }}", "{{ ''.__class__ }}", '{% include "/etc/passwd" %}'],
)
def test_template_reaches_nothing_but_its_facts(folder: Path, template: str) -> None:
    with pytest.raises(LetterError):
        text_of(folder, template, salutation="Dear")


def test_template_syntax_in_a_fact_is_text(folder: Path) -> None:
    text = text_of(folder, "{{ subject }}", subject="{{ salutation }} {% endif %}")
    assert text == "{{ salutation }} {% endif %}\n"


def test_sentences_set_on_lines_become_one_paragraph(folder: Path) -> None:
    template = "One.\n{% if format %}\nTwo.\n{% endif %}\nThree.\n\n\n\nNext.\n- a\n- b\n"
    assert text_of(folder, template) == "One. Three.\n\nNext.\n- a\n- b\n"


def test_hash_changes_with_an_included_part(folder: Path) -> None:
    write(folder, "_close.md", "Thank you.")
    write(folder, "follow_up.md", '{% include "_close.md" %}')
    before = Wording(folder).template("follow_up.md").sha256
    write(folder, "_close.md", "Thanks.")
    assert Wording(folder).template("follow_up.md").sha256 != before
