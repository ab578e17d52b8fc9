"""The Standard FOIA Log Format out of the desk, and back into one: the same file again."""

import csv
import io
from datetime import date

import pytest

from requests_app.actions.errors import Refused
from requests_app.models import LoggedRequest, Role, User
from requests_app.research.exporting.query import ExportQuery
from tests.factories import member
from tests.research.exporting.logs import content_of, exported, full_log
from tests.research.importing.files import CITY_LOG, brought, imported, researcher, tried

pytestmark = pytest.mark.django_db
LOGGED = ExportQuery(what="logged")
# As the format's own document names them, in its order.
THIRTEEN = [
    "request id", "requester", "requester organization", "subject", "date requested",
    "date perfected", "date completed", "status", "exemptions cited", "fee category",
    "fee waiver", "fees charged", "processed under privacy act",
]  # fmt: skip


def foia_log(by: User, *, has_personal_data: bool = False, **said: object) -> bytes:
    return content_of(exported(by, "foia-log", has_personal_data=has_personal_data, **said))


def rows_in(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_it_has_the_thirteen_columns_and_a_row_for_each_request():
    rows = rows_in(foia_log(full_log()))

    assert list(rows[0]) == THIRTEEN
    assert len(rows) == 10
    assert len({row["request id"] for row in rows}) == 10
    jail = next(row for row in rows if row["subject"].startswith("Päyroll"))
    assert (jail["date requested"], jail["status"]) == ("2019-03", "rejected")
    assert (jail["fees charged"], jail["processed under privacy act"]) == ("12.50", "false")
    assert (jail["requester"], jail["fee waiver"]) == ("", "'n/a")
    assert "§ 1-210(b)(3)" in [row["exemptions cited"] for row in rows]
    assert {row["status"] for row in rows} <= {"", "rejected", "appealing", "processed", "partial"}


def test_the_way_back_in_gives_the_same_file():
    editor = member(Role.EDITOR, full_log().membership.newsroom)
    elsewhere = member(Role.EDITOR)
    content = foia_log(editor, has_personal_data=True)

    done = imported(content, by=elsewhere)

    assert (done.problems, done.counts) == ([], {"new": 10})
    assert foia_log(elsewhere, has_personal_data=True) == content


def test_a_file_that_comes_home_changes_nothing_and_keeps_the_citys_own_words():
    by = researcher()
    imported(CITY_LOG, by=by)
    LoggedRequest.objects.update(requester="")  # which the file leaves out

    again = tried(brought(foia_log(by), by=by))

    assert again.counts == {"same": 2}
    words = LoggedRequest.objects.order_by("pk").values_list("status", "status_as_stated")
    assert list(words) == [("partial", "Granted in part"), ("", "Weird word")]


def test_another_status_takes_the_citys_old_word_along():
    by = researcher()
    imported(CITY_LOG, by=by)
    file = foia_log(by, has_personal_data=False).replace(b'"partial"', b'"done"')

    imported(file, by=by)

    first = LoggedRequest.objects.order_by("pk").first()
    assert first is not None
    assert (first.status, first.status_as_stated) == ("done", "")


def test_a_number_that_two_requests_have_names_neither():
    by = researcher()
    told = {"place": "Springfield", "created_by": by, "newsroom": by.membership.newsroom,
            "requested_on": date(2024, 1, 2), "reference": "7"}  # fmt: skip
    for key in ("a", "b"):
        LoggedRequest.objects.create(subject=key, source=key, source_key=f"row {key}", **told)

    assert [row["request id"] for row in rows_in(foia_log(by))] == ["row a", "row b"]


def test_what_has_no_requests_is_refused():
    with pytest.raises(Refused, match="requests alone"):
        foia_log(full_log(), query=ExportQuery(what="challenges"))


def test_logged_ones_can_be_had_alone():
    assert len(rows_in(foia_log(full_log(), query=LOGGED))) == 8
