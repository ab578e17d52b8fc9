"""Templates: the nearest wins, only declared facts, nothing absent printed, nothing run."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cities.schema.city import RouteKind
from requests_app.letters import LetterError
from requests_app.letters.facts.declared_facts import FACTS
from requests_app.letters.wording.templates import Wording
from requests_app.models import LetterKind
from tests.letters.wording.wording_folder import write

DESK = Path(settings.ROOT) / "templates" / "letters"


def text_of(folder: Path, template: str, **facts: Any) -> str:
    letters = Wording(folder)
    (folder / "records_request.md").write_text(template)
    declared = dict.fromkeys(FACTS["records_request"])
    return letters.write(letters.template("records_request.md"), {**declared, **facts})


def test_nearest_wording_wins(folder: Path) -> None:
    letters = Wording(folder)
    assert letters.nearest(("follow_up",), "us-ct/stamford").path == "follow_up.md"
    write(folder, "us-ct/follow_up.md", "Dear state")
    assert letters.nearest(("follow_up",), "us-ct/stamford").path == "us-ct/follow_up.md"
    write(folder, "us-ct/stamford/follow_up.md", "Dear city")
    nearest = letters.nearest(("follow_up",), "us-ct/stamford")
    assert nearest.path == "us-ct/stamford/follow_up.md"
    assert letters.nearest(("follow_up",), "us-or/portland").path == "follow_up.md"


def test_route_has_its_own_wording_over_its_kinds(folder: Path) -> None:
    """The nearest folder first, and in it the route's own slug."""
    letters, names = Wording(folder), ("appeal_city_manager", "appeal_administrative_review")
    assert letters.nearest(names, "us-mo/kansas-city").stem == "appeal_administrative_review"
    write(folder, "us-mo/appeal_city_manager.md", "Dear City Manager")
    assert letters.nearest(names, "us-mo/kansas-city").path == "us-mo/appeal_city_manager.md"
    write(folder, "us-mo/kansas-city/appeal_administrative_review.md", "Dear Clerk")
    nearest = letters.nearest(names, "us-mo/kansas-city")
    assert nearest.path == "us-mo/kansas-city/appeal_administrative_review.md"


def test_letter_without_wording_says_what_to_do(folder: Path) -> None:
    with pytest.raises(LetterError, match=r"add templates/letters/applause\.md"):
        Wording(folder).nearest(("applause",), "us-ct/stamford")


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


def test_name_is_found_in_whichever_room_it_lies(folder: Path) -> None:
    (folder / "thanks.md").unlink()
    write(folder, "replies/thanks.md", "{% include '_close.md' %}")
    write(folder, "parts/_close.md", "With our thanks.")
    wording = Wording(folder)

    template = wording.nearest(("thanks",), "us-ct/stamford")

    assert template.path == "thanks.md"  # as issued letters name it, wherever the file lies
    assert wording.write(template, {}) == "With our thanks.\n"


def test_every_general_wording_of_the_desk_lies_in_the_room_of_its_kind() -> None:
    rooms = {
        "requests": {f"{kind}.md" for kind in LetterKind.requests()},
        "challenges": {
            "notice_of_suit.md",
            *(f"appeal_{kind}.md" for kind in RouteKind),
            *(f"{kind}.md" for kind in LetterKind.in_a_challenge()),
        },
    }
    rooms["replies"] = {f"{stem}.md" for stem in FACTS} - rooms["requests"] - rooms["challenges"]

    there = {room: {file.name for file in (DESK / room).iterdir()} for room in rooms}

    assert there == rooms
    assert all(file.name.startswith("_") for file in (DESK / "parts").iterdir())
