"""Every kind of event has its heading and its place."""

import pytest

from requests_app.casefile.content import bundle_parts, words
from requests_app.models import EventKind


def test_every_kind_of_event_has_a_heading():
    assert set(words.HEADINGS) == set(EventKind)


def test_no_act_is_both_sides():
    assert set() == words.OURS & words.THEIRS
    assert set() == words.PRIVATE & (words.OURS | words.THEIRS)
    assert words.BODYS <= words.THEIRS


def test_parts_name_no_private_event():
    assert set().union(*bundle_parts.KINDS.values()) & words.PRIVATE == set()


@pytest.mark.parametrize("part", sorted(bundle_parts.KINDS))
def test_every_part_has_a_title(part: str):
    assert bundle_parts.TITLES[part]
