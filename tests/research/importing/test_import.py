"""From a file to the log: each row's fate, then the rows, and all of them out again as one."""

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.research import importing
from requests_app.actions.research.importing import Meaning
from requests_app.ledger.attribution import Attribution
from requests_app.models import ImportedRow, LogEntry, LoggedRequest, LogImport, LogMapping
from requests_app.research.importing import import_queue
from requests_app.research.importing.work import work
from tests.factories import NOW
from tests.research.importing.files import (
    CITY_LOG,
    brought,
    imported,
    researcher,
    tried,
    undone,
    worked,
)

pytestmark = pytest.mark.django_db

APPEALS = (
    b"Number,Subject,City,Appeal filed,Decided,Outcome,Decided by,Exemptions claimed\n"
    b'A-1,Emails,"Stamford, CT",March 2019,2020-01-02,Affirmed in full,Commission,(b)(5); (b)(6)\n'
    b"A-2,Radio,Peoria,2019,,,Commission,\n"
)
APPEAL_COLUMNS = {
    "Number": "reference", "Subject": "subject", "City": "city", "Appeal filed": "filed_on",
    "Decided": "decided_on", "Outcome": "outcome", "Decided by": "body",
    "Exemptions claimed": "exemptions",
}  # fmt: skip


def test_the_standard_log_is_known_and_the_citys_own_word_is_kept():
    done = imported(CITY_LOG, by=researcher())

    first, second = LoggedRequest.objects.order_by("pk")
    assert done.counts == {"new": 2}
    assert (first.reference, first.organization, first.place) == ("REQ-1", "Ledger",
                                                                  "Springfield, IL")  # fmt: skip
    assert (first.status, first.status_as_stated) == ("partial", "Granted in part")
    assert (second.status, second.status_as_stated) == ("", "Weird word")
    assert [str(one.requested) for one in (first, second)] == ["2024-03-04", "2024-03-05"]


def test_muckrocks_heading_of_the_organization_is_known_behind_a_byte_order_mark():
    file = b"\xef\xbb\xbf" + CITY_LOG.replace(b"requester organization", b"requester_organization")

    imported(file, by=researcher())

    assert LoggedRequest.objects.get(reference="REQ-1").organization == "Ledger"


def test_a_dry_run_writes_nothing_to_the_log():
    done = tried(brought(CITY_LOG, by=researcher()))

    assert (done.stage, done.counts, done.position) == ("checked", {"new": 2}, 0)
    assert (LoggedRequest.objects.count(), ImportedRow.objects.count()) == (0, 0)


def test_challenges_come_with_imprecise_days_and_exemptions():
    by = researcher()
    done = brought(APPEALS, by=by, place="")
    meaning = Meaning(APPEAL_COLUMNS, {"outcome": {"affirmed in full": "affirmed"}})
    tried(done, meaning)
    importing.start(done, by=Attribution(by, NOW))
    worked(done)

    first, second = LogEntry.objects.order_by("pk")
    assert (str(first.filed), str(first.decided), first.days) == ("2019-03", "2020-01-02", None)
    assert (first.outcome, first.outcome_as_stated) == ("affirmed", "Affirmed in full")
    assert [one.as_claimed for one in first.exemptions.all()] == ["(b)(5)", "(b)(6)"]
    assert (first.city_slug, second.place, second.state) == ("us-ct/stamford", "Peoria", "filed")


def test_brought_again_it_is_the_same_and_a_changed_row_says_what():
    by = researcher()
    imported(CITY_LOG, by=by)

    again = tried(brought(CITY_LOG.replace(b"Weird word", b"Denied"), by=by))

    assert again.counts == {"same": 1, "changed": 1}
    importing.start(again, by=Attribution(by, NOW))
    worked(again)
    assert LoggedRequest.objects.count() == 2
    assert LoggedRequest.objects.get(reference="REQ-2").status == "rejected"


def test_what_may_be_here_under_another_name_is_proposed_and_left_out():
    by = researcher()
    imported(CITY_LOG, by=by)

    other = tried(brought(CITY_LOG, by=by, source="Another log"))

    known = LoggedRequest.objects.order_by("pk").first()
    assert other.counts == {"duplicate": 2}
    assert other.problems[0] == {
        "row": 2, "fate": "duplicate", "column": "",
        "what": f"It seems to be the logged request {known.pk}, “Use of force”",
    }  # fmt: skip
    with pytest.raises(Refused, match="nothing in it to import"):
        importing.start(other, by=Attribution(by, NOW))


def test_errors_are_by_row_and_column_and_nothing_is_half_imported():
    by = researcher()
    file = CITY_LOG + b"REQ-3,,,Parks,soon,\r\nREQ-1,,,Twice,,\r\nREQ-4,,,,,\r\n"

    done = tried(brought(file, by=by))

    assert done.counts == {"new": 2, "refused": 3}
    assert [(one["row"], one["column"]) for one in done.problems] == [
        (4, "date requested"), (5, ""), (6, ""),
    ]  # fmt: skip
    assert done.problems[0]["what"].startswith("“soon” is no date that we can read")
    with pytest.raises(Refused, match="3 rows were refused"):
        importing.start(done, by=Attribution(by, NOW))
    importing.start(done, by=Attribution(by, NOW), leaves_out_refused=True)
    assert worked(done).counts == {"new": 2, "refused": 3}


def test_a_row_without_a_number_is_known_again_by_what_it_says():
    by = researcher()
    file = b"Subject,Date\nEmails,2020-01-02\nEmails,2020-01-02\nRadio,2020\n"

    first = imported(file, by=by)
    again = tried(brought(file, by=by))

    assert first.counts == {"new": 2, "duplicate": 1}
    assert again.counts == {"same": 2, "duplicate": 1}


def test_the_same_file_twice_at_once_is_in_the_log_once():
    by = researcher()
    one, other = (tried(brought(CITY_LOG, by=by)) for _ in range(2))
    for each in (one, other):
        importing.start(each, by=Attribution(by, NOW))

    assert worked(one).counts == {"new": 2}
    assert worked(other).counts == {"same": 2}
    assert LoggedRequest.objects.count() == 2


def test_an_import_is_undone_as_one():
    by = researcher()
    imported(CITY_LOG, by=by)
    before = list(LoggedRequest.objects.order_by("pk").values())
    more = CITY_LOG.replace(b"Weird word", b"Denied") + b"REQ-3,,,Parks,2024-01-01,\r\n"

    done = undone(imported(more, by=by))

    after = list(LoggedRequest.objects.order_by("pk").values())
    assert (done.stage, done.kept) == ("undone", [])
    assert [row | {"changed_at": None} for row in after] == [
        row | {"changed_at": None} for row in before
    ]


def test_what_was_changed_since_is_kept_and_named():
    by = researcher()
    done = imported(CITY_LOG, by=by)
    changed = LoggedRequest.objects.get(reference="REQ-2")
    changed.agency = "Finance"
    changed.save()

    undone(done)

    assert list(LoggedRequest.objects.all()) == [changed]
    assert LogImport.objects.get().kept == [
        {"row": 3, "what": "Budgets", "why": "it was changed since"}
    ]


def test_what_something_was_built_on_is_kept_and_named():
    by = researcher()
    done = imported(CITY_LOG, by=by)
    request = LoggedRequest.objects.get(reference="REQ-1")
    LogEntry.objects.create(
        newsroom=request.newsroom, logged_request=request, created_by=by, body="Commission"
    )

    undone(done)

    assert list(LoggedRequest.objects.all()) == [request]
    assert [one["row"] for one in LogImport.objects.get().kept] == [2]


def test_another_newsrooms_rows_are_never_meant():
    imported(CITY_LOG, by=researcher())

    stranger = imported(CITY_LOG, by=researcher())

    assert stranger.counts == {"new": 2}
    assert LoggedRequest.objects.count() == 4


def test_a_worker_that_was_taken_over_writes_nothing_more(monkeypatch):
    by = researcher()
    done = tried(brought(CITY_LOG, by=by))
    importing.start(done, by=Attribution(by, NOW))

    def lost(*args, **fields):
        raise import_queue.ClaimLostError

    monkeypatch.setattr(import_queue, "report", lost)
    work(done.pk, now=lambda: NOW)

    assert LoggedRequest.objects.count() == 0


def test_a_mapping_is_kept_and_proposed_for_the_same_headings():
    by = researcher()
    done = brought(APPEALS, by=by)
    tried(done, Meaning(APPEAL_COLUMNS, {}, is_day_first=True, name="Commission’s list"))

    again = brought(APPEALS.replace(b"Emails", b"Other"), by=by)

    assert LogMapping.objects.get().name == "Commission’s list"
    assert (again.columns, again.is_day_first) == (APPEAL_COLUMNS, True)


def test_two_columns_cannot_mean_the_same():
    done = brought(APPEALS, by=researcher())

    with pytest.raises(Refused, match="Two columns mean “Subject”"):
        importing.try_it(
            done,
            Meaning({"Subject": "subject", "City": "subject"}, {}),
            by=Attribution(done.asked_by, NOW),
        )


def test_challenges_never_follow_one_another_in_a_circle():
    by = researcher()
    head = b"Number,Subject,Filed,Decided by,follows_key\n"
    columns = {"Number": "reference", "Subject": "subject", "Filed": "filed_on",
               "Decided by": "body", "follows_key": "follows_key"}  # fmt: skip
    first = brought(head + b"A,Emails,2019,Review,\nB,Emails,2020,Court,A\n", by=by)
    tried(first, Meaning(columns, {}))
    importing.start(first, by=Attribution(by, NOW))
    worked(first)

    again = brought(head + b"A,Emails,2019,Review,B\nB,Emails,2020,Court,B\n", by=by)
    tried(again, Meaning(columns, {}))

    review, court = LogEntry.objects.order_by("pk")
    assert (review.follows, court.follows) == (None, review)
    assert again.counts == {"refused": 2}
    assert [one["what"][:32] for one in again.problems] == [
        "It would follow a challenge that", "It follows itself: name the chal",
    ]  # fmt: skip
