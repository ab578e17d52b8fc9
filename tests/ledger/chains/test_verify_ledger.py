"""What `verify_ledger` says, what it takes, and how it leaves."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.ledger.chains import HeadError, KnownHead, head_line, heads_in
from requests_app.models import (
    Attachment,
    ChainEntry,
    ChainHead,
    Event,
    EventKind,
    InboundMail,
    RecordsRequest,
)
from tests.factories import NOW, TODAY, draft
from tests.ledger.chains.tampering import sql, triggers_off
from tests.ledger.chains.written import write_something_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.tampered]


def said(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify_ledger", *arguments, stdout=out)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def request_() -> RecordsRequest:
    request = draft()
    for number in range(4):
        Event.objects.create(
            records_request=request, kind=EventKind.NOTED, on=TODAY, recorded_at=NOW,
            data={"text": str(number)},
        )  # fmt: skip
    return request


def name_of(request: RecordsRequest) -> str:
    return f"ledger-{request.newsroom_id}"


def length_of(request: RecordsRequest) -> int:
    return ChainHead.objects.get(name=name_of(request)).length


def test_whole_chains_are_told_with_their_heads(request_: RecordsRequest):
    code, text = said()

    assert code == 0
    assert f"{head_line(request_.newsroom_id)}: whole.\n" in text
    assert f"chain security-{request_.newsroom_id}, 0 entries" in text


def test_the_line_of_a_head_can_be_given_back(request_: RecordsRequest):
    line = head_line(request_.newsroom_id)

    assert line.startswith(f"chain {name_of(request_)}, {length_of(request_)} entries, head ")
    assert said("--against", f"The filer’s ledger: {line}.")[0] == 0
    assert str(heads_in([line])[0]) == line


def test_thousands_are_written_and_read():
    head = KnownHead("ledger-3", 1204, "9f" * 32)

    assert str(head) == f"chain ledger-3, 1,204 entries, head {'9f' * 16}"
    assert heads_in([f"> {head}\n"]) == [KnownHead("ledger-3", 1204, "9f" * 16)]


def test_a_head_of_the_security_log_has_its_day():
    head = KnownHead("security-3", 12, "9f" * 16, date(2026, 11, 2))

    assert str(head) == f"chain security-3, 12 entries, head {'9f' * 16}, on 2026-11-02"
    assert heads_in([f"Kept: {head}."]) == [head]
    with pytest.raises(HeadError, match="“2026-13-02” is no day"):
        heads_in([str(head).replace("-11-", "-13-")])


def test_changed_entry_is_named(request_: RecordsRequest):
    event = Event.objects.get(data={"text": "1"})
    entry = ChainEntry.objects.get(table="event", row=event.pk)
    with triggers_off():
        sql('UPDATE requests_app_event SET data = \'{"text": "other"}\' WHERE id = %s', event.pk)
        code, text = said("--newsroom", request_.newsroom.name)

    assert code == 1
    assert (
        f"Chain {name_of(request_)}: Entry {entry.number} (event {event.pk}) was changed: it is "
        "not what was entered.\n" in text
    )


def test_the_first_of_several_is_named(request_: RecordsRequest):
    first, second = Event.objects.filter(kind=EventKind.NOTED).order_by("pk")[1:3]
    with triggers_off():
        sql("DELETE FROM requests_app_event WHERE id = %s", second.pk)
        sql("UPDATE requests_app_event SET kind = 'sent' WHERE id = %s", first.pk)
        _, text = said()

    assert f"(event {first.pk}) was changed" in text
    assert f"(event {second.pk})" not in text


def test_cut_tail_is_named_by_the_head_in_the_database(request_: RecordsRequest):
    length = length_of(request_)
    last = Event.objects.order_by("pk").last()
    assert last
    with triggers_off():
        sql("DELETE FROM requests_app_chainentry WHERE number > %s", length - 1)
        sql("DELETE FROM requests_app_event WHERE id = %s", last.pk)
        _, text = said()

    assert (
        f"The chain had {length} entries and ends after {length - 1}: entry {length} and what "
        "came after it was cut off." in text
    )


def test_cut_tail_with_its_head_is_named_by_a_head_kept_elsewhere(
    request_: RecordsRequest, tmp_path: Path
):
    kept, length = head_line(request_.newsroom_id), length_of(request_)
    mail = tmp_path / "digest.eml"
    mail.write_text(f"Good morning.\n{kept}\nThe board: …\n")
    before = ChainEntry.objects.get(chain__name=name_of(request_), number=length - 1)
    last = Event.objects.order_by("pk").last()
    assert last
    with triggers_off():
        sql("DELETE FROM requests_app_chainentry WHERE number > %s", length - 1)
        sql("DELETE FROM requests_app_event WHERE id = %s", last.pk)
        sql(
            "UPDATE requests_app_chainhead SET length = %s, head = %s WHERE name = %s",
            length - 1, before.hash, name_of(request_),
        )  # fmt: skip
        assert said()[0] == 0
        code, text = said("--against", str(mail))

    assert code == 1
    assert f"The chain had {length} entries and ends after {length - 1}" in text


def test_row_without_an_entry_is_named(request_: RecordsRequest):
    with triggers_off():
        columns = 'records_request_id, kind, recorded_at, data, "on"'
        sql(
            f"INSERT INTO requests_app_event (id, {columns}) "
            f"SELECT 5000, {columns} FROM requests_app_event LIMIT 1"
        )
        _, text = said()

    assert "The event with the number 5000 was slipped in: it never entered the chain" in text


def test_swapped_entries_are_named(request_: RecordsRequest):
    with triggers_off():
        for new, old in ((900, 2), (2, 3), (3, 900)):
            sql("UPDATE requests_app_chainentry SET number = %s WHERE number = %s", new, old)
        _, text = said()

    assert "Entry 2 (event " in text
    assert "does not follow from the entry before it" in text


def test_as_json(request_: RecordsRequest):
    code, text = said("--json", "--newsroom", str(request_.newsroom_id))

    chains = json.loads(text)["chains"]
    head = ChainHead.objects.get(name=name_of(request_))
    assert code == 0
    assert chains[0] == {
        "chain": head.name, "entries": head.length, "head": head.head, "whole": True,
        "cut_at": 0, "before_the_cut": [], "finding": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--newsroom", "The Moon"), "No newsroom here is called “The Moon”. There are: Ledger 0."),
        (("--against", "abc"), "“abc” names no head. Give the line as it is printed:"),
    ],
)
def test_bad_input_is_a_sentence(
    request_: RecordsRequest, arguments: tuple[str, ...], sentence: str
):
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("verify_ledger", *arguments)

    assert refused.value.returncode == 2


def test_a_text_without_a_head_is_refused():
    with pytest.raises(HeadError):
        heads_in(["Nothing here."])


def test_queries_do_not_grow_with_the_entries(request_: RecordsRequest):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert said("--newsroom", request_.newsroom.name)[0] == 0
        return len(asked)

    few = queries()
    Event.objects.bulk_create(
        Event(records_request=request_, kind=EventKind.NOTED, on=TODAY, recorded_at=NOW)
        for _ in range(300)
    )

    assert queries() == few


def test_what_may_change_changes_no_hash():
    """A person reads a message, a scanner keeps a file apart: the chain stays whole."""
    write_something_of_each()
    InboundMail.objects.update(subject="read again", text="more")
    Attachment.objects.update(quarantined="a virus")

    assert said()[0] == 0
