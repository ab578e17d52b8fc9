"""What is exported and imported elsewhere is exported there as the same, in every format."""

import json

import pytest

from requests_app.models import ExportFormat, LogEntry, LoggedRequest, Role, User
from tests.factories import member
from tests.research.exporting.logs import content_of, exported, full_log
from tests.research.importing.files import imported

pytestmark = pytest.mark.django_db


def rows_of(by: User) -> list[dict[str, object]]:
    """The whole log, with names and notes."""
    lines = content_of(exported(by, "jsonl", has_personal_data=True)).splitlines()
    return [json.loads(line) for line in lines]


# The log in whole; what thirteen columns hold of it is in test_foia_log.
WHOLE = [one for one in ExportFormat.values if one != ExportFormat.FOIA_LOG]


@pytest.mark.parametrize("format_", WHOLE)
def test_a_round_trip_is_the_identity(format_: str):
    editor = member(Role.EDITOR, full_log().membership.newsroom)
    elsewhere = member(Role.EDITOR)
    before = rows_of(editor)

    done = imported(content_of(exported(editor, format_, has_personal_data=True)), by=elsewhere)

    assert (done.problems, done.counts) == ([], {"new": 11})
    assert rows_of(elsewhere) == before


def test_what_comes_home_again_is_the_same_as_before():
    editor = member(Role.EDITOR, full_log().membership.newsroom)
    content = content_of(exported(editor, "csv", has_personal_data=True))
    there = member(Role.EDITOR)
    imported(content, by=there)

    from tests.research.importing.files import brought, tried

    again = tried(brought(content_of(exported(there, "csv", has_personal_data=True)), by=editor))

    assert again.counts == {"same": 11}
    assert (LogEntry.objects.count(), LoggedRequest.objects.count()) == (8, 18)
