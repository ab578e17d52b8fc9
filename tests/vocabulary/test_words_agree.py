"""One event and one clock are called the same wherever somebody reads of them."""

from datetime import timedelta

import pytest

from requests_app import ledger
from requests_app.api.reading.request_facts import DeadlineSerializer
from requests_app.casefile.content.gather_dossier import gather
from requests_app.ledger.attribution import ByTheDesk
from requests_app.ledger.occasion import Occasion
from requests_app.models import CaseFile, CaseFileKind, RecordsRequest, User
from requests_app.policy.clock_pill import pill_of
from requests_app.reminders.mails.digest import came_in, of_reader
from requests_app.templatetags.desk import clock_words
from requests_app.vocabulary.clocks import describe_clock
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import kinds_marked
from tests.factories import NOW, TODAY, submitted

pytestmark = pytest.mark.django_db


def case_file_of(request: RecordsRequest) -> CaseFile:
    return CaseFile(
        records_request=request, kind=CaseFileKind.WHOLE, asked_by=request.created_by, asked_at=NOW,
        has_notes=True,
    )  # fmt: skip


def digest_lines(user: User) -> list[str]:
    section = came_in(of_reader(user), user, since=NOW - timedelta(days=1))
    return sorted(entry.what for entry in section.entries)


def test_what_came_in_has_one_name_in_the_digest_and_in_the_case_file() -> None:
    request = submitted()
    kinds = kinds_marked(Mark.CAME_IN)
    for kind in kinds:
        ledger.record(request, kind, Occasion(ByTheDesk(NOW), TODAY))

    in_the_file = {e.heading for e in gather(case_file_of(request), at=NOW).entries}

    assert digest_lines(request.created_by) == sorted(kind.described.heading for kind in kinds)
    assert in_the_file >= set(digest_lines(request.created_by))


def test_a_clock_has_one_name_in_the_api_and_in_the_case_file() -> None:
    request = submitted()

    in_the_api = {DeadlineSerializer(row).data["name"] for row in request.deadlines.all()}
    in_the_file = {clock.name for clock in gather(case_file_of(request), at=NOW).clocks}

    assert in_the_api == in_the_file
    assert "The city’s time to answer" in in_the_api


def test_a_clock_has_one_purpose_on_the_page_and_in_its_ledger() -> None:
    deadline = submitted().deadlines.get(clock="response")

    assert pill_of(deadline, today=TODAY).why.startswith(clock_words("response"))
    assert clock_words("response") == describe_clock("response").purpose
