"""A copy that leaves the newsroom holds none of its doubts, remarks and plans, wherever they are.

`AT_HOME` is written into every place that is the newsroom's own, and looked for in what is made.
"""

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from cities.clocks.computed_deadline import Reading
from cities.schema.load import all_cities
from requests_app.casefile import make_case_file
from requests_app.casefile.content.copy_for_others import OPEN_FACTS, open_deadline
from requests_app.models import (
    Appeal,
    ArgumentParagraph,
    CaseFile,
    Communication,
    Deadline,
    DraftVersion,
    Event,
    EventKind,
    PersonalReminder,
    ReviewComment,
)
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import kinds_marked
from tests.casefile.papers import book_of, challenged, clock
from tests.factories import NOW, TODAY
from tests.ledger.test_samples import SAMPLES, read

AT_HOME = "KEPT-AT-HOME"
TYPED = {"note", "reason", "comments", "unsettled"}
CORRECTIONS = {EventKind.ENTRY_STRUCK, EventKind.ENTRY_RESTORED}


def words_of_ours() -> dict[str, str]:
    """Under every key that any entry was ever written with, but for those that are open."""
    keys = {key for file in SAMPLES for entry in read(file).entries for key in entry.data}
    return {key: f"{AT_HOME} {key}" for key in (keys | TYPED) - OPEN_FACTS}


def doubts() -> dict[str, Any]:
    """Of a clock: everything that says how sure we are of it."""
    reading = {"name": "strict", "why": AT_HOME, "on": TODAY.isoformat()}
    return {
        "rule": "Ten days.", "citation": "§ 1", "checked_on": "2026-10-09", "confidence": AT_HOME,
        "unsettled": AT_HOME, "days": [], "readings": [reading], "remarks": [],
        "is_met_perhaps": True,
    }  # fmt: skip


def with_entries(appeal: Appeal) -> None:
    private = kinds_marked(Mark.PRIVATE | Mark.DERIVED)
    for kind in sorted(set(EventKind) - CORRECTIONS):
        data = words_of_ours() | ({"to": AT_HOME} if kind in private else {})
        Event.objects.create(
            records_request=appeal.records_request, kind=kind, on=TODAY, recorded_at=NOW,
            by=appeal.created_by, data=data, appeal=appeal,
        )  # fmt: skip


def with_deadlines(appeal: Appeal) -> None:
    for number, whose in enumerate(("city", "body", "ours", "ours")):
        rule = AT_HOME if number == 3 else "Ten days."  # our own time, which still runs
        Deadline.objects.create(
            records_request=appeal.records_request, clock="invented", occurrence=number,
            whose=whose, status="running" if number == 3 else "met", starts_on=TODAY,
            due_on=TODAY, met_on=None if number == 3 else TODAY, rule=rule, citation="§ 1",
            explanation={**doubts(), "rule": rule},
        )  # fmt: skip


def with_plans(appeal: Appeal) -> None:
    """A draft of another challenge, and what colleagues said to each other."""
    request, by = appeal.records_request, appeal.created_by
    other = Appeal.objects.create(
        records_request=request, route="court", created_by=by, subject=AT_HOME,
        letter_text=AT_HOME, composed_text=AT_HOME,
    )  # fmt: skip
    ArgumentParagraph.objects.create(appeal=other, text=AT_HOME, position=1, created_by=by)
    version = DraftVersion.objects.filter(records_request=request).first()
    version = version or DraftVersion.objects.create(
        records_request=request, number=1, saved_by=by, text=AT_HOME
    )
    ReviewComment.objects.create(version=version, paragraph=AT_HOME, text=AT_HOME, by=by)
    PersonalReminder.objects.create(user=by, records_request=request, note=AT_HOME, due_on=TODAY)
    Communication.objects.filter(records_request=request).update(suggestions=[{"words": AT_HOME}])


@pytest.fixture
def appeal(db, settings, tmp_path) -> Appeal:
    """Filed, with our own words wherever there is room for them."""
    settings.VAR = tmp_path
    made = challenged()
    with_entries(made)
    with_deadlines(made)
    with_plans(made)
    return made


def all_words(path: Path) -> str:
    """What can be read in a ZIP: each file's text, and of the PDFs in it the text of each page."""
    found = []
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            found.append(_words_of_pdf(data) if name.endswith(".pdf") else data.decode())
    return "\n".join(found)


def _words_of_pdf(data: bytes) -> str:
    shown = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in shown]
    shown.close()
    return "\n".join(texts)


def archive_of(appeal: Appeal, **fields: Any) -> str:
    request = appeal.records_request
    row = CaseFile.objects.create(
        records_request=request, kind="archive", asked_by=request.created_by, **fields
    )
    make_case_file.make(row.pk, now=lambda: NOW)
    row.refresh_from_db()
    assert row.problem == ""
    return all_words(Path(row.file.path))


def test_nothing_of_ours_is_in_the_archive_or_on_a_page_of_it(appeal):
    words = archive_of(appeal)

    assert [line for line in words.splitlines() if AT_HOME in line] == []
    assert "2026-10-09" not in words  # the day on which a rule was read again
    assert "perhaps" not in words


def test_nothing_of_ours_is_in_the_papers_of_an_appeal(appeal):
    bundle = book_of(appeal.records_request, "bundle", appeal=appeal, has_notes=True)

    assert AT_HOME not in repr(bundle)


def test_a_copy_for_ourselves_has_all_of_it(appeal):
    """Which also shows that what was looked for above could be found."""
    words = archive_of(appeal, has_notes=True)

    for key in words_of_ours():
        assert f"{AT_HOME} {key}" in words
    assert f"Unsettled: {AT_HOME}" in words


def test_words_that_were_filed_with_an_act_stay(appeal):
    assert "Your request is denied." in [
        entry.text.split("\n")[0] for entry in book_of(appeal.records_request).entries
    ]


def test_our_time_for_a_step_is_there_once_the_step_was_taken_in_it():
    safe, last = TODAY + timedelta(days=9), TODAY + timedelta(days=10)
    fields: dict[str, Any] = {"whose": "ours", "due_on": safe, "nominal_on": last}

    running = clock(**fields).deadline
    in_time = clock(**fields, status="met", met_on=last).deadline
    too_late = clock(**fields, status="met", met_on=last + timedelta(days=1)).deadline

    shown = open_deadline(in_time)
    assert shown
    assert (shown.due_on, shown.was_met_late) == (last, False)
    assert (open_deadline(running), open_deadline(too_late)) == (None, None)


def test_an_act_that_only_perhaps_met_a_clock_is_neither_said_nor_called_late():
    perhaps = clock(
        status="met", met_on=TODAY, is_met_perhaps=True,
        readings=(Reading("strict", TODAY, "why"),),
    ).deadline  # fmt: skip

    shown = open_deadline(perhaps)

    assert shown
    assert (shown.met_on, shown.readings) == (None, ())
    assert not shown.is_late(TODAY + timedelta(days=99))


@pytest.mark.parametrize("city", all_cities(), ids=lambda city: city.slug)
def test_no_rule_of_a_clock_says_how_sure_we_are(city):
    doubtful = ("second-hand", "verified", "unsettled", "from memory", "we read", "perhaps")

    said = [rule.rule + rule.citation for rule in city.statute.clocks]

    assert said
    assert [rule for rule in said if any(word in rule.lower() for word in doubtful)] == []
