"""docs/vocabulary.md lists what the vocabulary says."""

import pytest
from django.conf import settings

from requests_app.vocabulary.drawing import BEGINS, with_lists


def test_the_lists_are_what_the_command_draws():
    page = (settings.ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")

    assert page == with_lists(page), "run: python manage.py draw_vocabulary"


def test_what_is_written_by_hand_above_the_lists_stays():
    page = with_lists(f"# The words\n\nBy hand.\n\n{BEGINS}\nold")

    assert page.startswith(f"# The words\n\nBy hand.\n\n{BEGINS}\n\nThe kinds of event stand in")
    assert not page.endswith("old")


def test_of_a_state_the_groups_of_its_own_kind_alone_are_named():
    page = with_lists(BEGINS)

    assert "| A request | `draft` | Draft | unfiled, open |" in page.splitlines()
    assert "| An appeal | `draft` | Draft | undecided |" in page.splitlines()


def test_a_page_without_the_line_is_refused():
    with pytest.raises(ValueError, match="has lost the line"):
        with_lists("# The words")
