"""An erasing that did not happen, or not so, is found: past the triggers, with every trace of it
but a head kept elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction

from requests_app import ledger
from requests_app.actions.mail.calls_and_letters import CallOrLetter, record_call_or_letter
from requests_app.actions.privacy.erasing_content import Why, erase_message
from requests_app.actions.requests import city_determinations
from requests_app.ledger import erasing
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.chains import Finding, verify
from requests_app.ledger.occasion import Occasion
from requests_app.models import (
    ChainEntry,
    Channel,
    Communication,
    ErasedContent,
    Event,
    EventKind,
    RecordsRequest,
    Role,
)
from requests_app.models.chain.canonical_bytes import hash_of
from requests_app.models.chain.chained_tables import digest_of_row
from requests_app.vocabulary.erasure_grounds import ErasureGround
from tests.factories import NOW, TODAY, acting, member, said, submitted
from tests.ledger.chains.tampering import sql, triggers_off

pytestmark = pytest.mark.django_db

WHY = Why(ErasureGround.NAMES_A_MINOR, "Conn. Gen. Stat. § 46b-124")
ORIGINAL = "The child is Ann."


@pytest.fixture
def request_() -> RecordsRequest:
    return submitted()


@pytest.fixture
def heard(request_: RecordsRequest) -> Communication:
    call = CallOrLetter(Channel.PHONE, TODAY, "Dana Ortiz", ORIGINAL)
    return record_call_or_letter(request_, call, **acting(request_))


def erased(message: Communication) -> ErasedContent:
    admin = member(Role.ADMIN, message.records_request.newsroom)
    erase_message(message, WHY, by=Attribution(admin, NOW))
    return ErasedContent.objects.get(table="communication", row=message.pk)


def finding(request: RecordsRequest) -> Finding | None:
    return verify(f"ledger-{request.newsroom_id}").finding


def test_an_erasing_leaves_the_chain_whole(request_, heard):
    erased(heard)

    assert finding(request_) is None


# -- with the triggers off --
def other_text(message: Communication) -> None:
    sql("UPDATE requests_app_communication SET text = 'Granted.' WHERE id = %s", message.pk)


def other_day(message: Communication) -> None:
    sql("UPDATE requests_app_communication SET \"on\" = '2026-10-01' WHERE id = %s", message.pk)


def original_again(message: Communication) -> None:
    sql("UPDATE requests_app_communication SET text = %s WHERE id = %s", ORIGINAL, message.pk)


def other_words_in_the_entry(message: Communication) -> None:
    event = message.event
    event.data = {**event.data, "from": "Somebody else"}
    models.QuerySet(Event).filter(pk=event.pk).update(data=event.data)


def other_digest(message: Communication) -> None:
    sql("UPDATE requests_app_erasedcontent SET kept = %s", '{"text": "' + "0" * 64 + '"}')


def other_digest_before(message: Communication) -> None:
    sql('UPDATE requests_app_erasedcontent SET "before" = %s', "0" * 64)


def erasing_gone(message: Communication) -> None:
    sql("DELETE FROM requests_app_erasedcontent")


@pytest.mark.parametrize(
    "tamper",
    [other_text, other_day, original_again, other_words_in_the_entry, other_digest,
     other_digest_before, erasing_gone],
)  # fmt: skip
def test_what_is_changed_after_an_erasing_is_found(
    request_, heard, tamper: Callable[[Communication], None]
):
    erased(heard)

    with triggers_off():
        tamper(heard)
        assert finding(request_) is not None

    assert finding(request_) is None


def slipped_in(row: ErasedContent) -> None:
    """Written without its entry in the chain."""
    rows: models.QuerySet[ErasedContent] = models.QuerySet(ErasedContent)
    rows.bulk_create([row])


def forged(
    message: Communication, *, text: str = "", in_chain: bool = True, **said: Any
) -> ErasedContent:
    """Somebody writes an erasing of it by hand, as the desk would, but for what is said."""
    request = message.records_request
    data = {"what": "a call", "ground": "court_order", "text": "An order.", "removed": []}
    event = ledger.record(
        request, EventKind.CONTENT_ERASED, Occasion(acting(request)["by"], data=data)
    )
    notice = erasing.notice_of(event)
    before = ChainEntry.objects.get(table="communication", row=message.pk).digest
    models.QuerySet(Communication).filter(pk=message.pk).update(text=text or notice)
    message.refresh_from_db()
    fields = {
        "event": event, "before": before, "after": digest_of_row(message), "notice": notice,
        "columns": ["text"], "kept": {"text": hash_of(ORIGINAL)}, **said,
    }  # fmt: skip
    row = ErasedContent(table="communication", row=message.pk, **fields)
    if in_chain:
        row.save()
    else:
        slipped_in(row)
    return row


def test_one_that_differs_in_nothing_is_an_erasing(request_, heard):
    """What the forged ones below are found by is what they say."""
    with triggers_off():
        forged(heard)

        assert finding(request_) is None


def test_an_erasing_slipped_in_is_found(request_, heard):
    with triggers_off():
        forged(heard, in_chain=False)

        found = finding(request_)

    assert found is not None
    assert (found.what, "erasing" in found.sentence) == ("slipped in", True)


@pytest.mark.parametrize(
    "said",
    [
        {"text": "Granted."},  # not the notice
        {"text": "Granted.", "notice": "Granted."},  # no notice that its entry gives
        {"kept": {"text": "0" * 64}},  # the digest of something else
        {"text": "Granted.", "columns": []},  # as if its words had never been erased
        {"columns": ["text", "on"]},  # a day is never erased
        {"before": "0" * 64, "kept": {"text": "1" * 64}},
        {"after": "0" * 64},
    ],
    ids=str,
)
def test_a_forged_erasing_is_found_though_it_entered_the_chain(request_, heard, said):
    with triggers_off():
        forged(heard, **said)

        assert finding(request_) is not None


def test_no_other_entry_stands_for_the_one_that_says_so(request_, heard):
    with triggers_off():
        forged(heard, event=heard.event)

        assert finding(request_) is not None


def test_another_day_does_not_hide_behind_an_erasing_of_the_words(request_, heard):
    with triggers_off():
        other_day(heard)
        forged(heard)

        assert finding(request_) is not None


def test_a_row_that_was_changed_before_is_not_erased(request_, heard):
    with triggers_off():
        other_text(heard)
        with pytest.raises(Exception, match="verify_ledger"):
            erased(Communication.objects.get(pk=heard.pk))


# -- with the triggers on --
def refused(statement: str, *parameters: object) -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        sql(statement, *parameters)
    return str(refusal.value)


UPDATE = "UPDATE requests_app_communication SET text = %s WHERE id = %s"


def test_the_database_takes_a_notice_only_with_its_erasing_in_a_chain(request_, heard):
    assert "never change" in refused(UPDATE, "[erased]", heard.pk)

    row = ErasedContent(
        event=heard.event, table="communication", row=heard.pk, notice="[erased]",
        columns=["text"], before="a", after="b",
    )  # fmt: skip
    slipped_in(row)
    assert "never change" in refused(UPDATE, "[erased]", heard.pk)


def test_the_database_takes_no_other_text_no_other_column_and_no_other_row(request_, heard):
    other = record_call_or_letter(
        request_, CallOrLetter(Channel.PHONE, TODAY, "Dana Ortiz", "Later."), **acting(request_)
    )
    one = erased(heard)
    also_the_day = UPDATE.replace("text = %s", "text = %s, \"on\" = '2026-10-01'")

    assert "never change" in refused(UPDATE, "Granted.", heard.pk)
    assert "never change" in refused(UPDATE, one.notice, other.pk)
    assert "never change" in refused(also_the_day, one.notice, heard.pk)
    assert "never change" in refused(UPDATE, ORIGINAL, heard.pk)


@pytest.mark.parametrize(
    "data",
    ['{"text": "Granted."}', '{"text": "[erased]", "amount": "1"}', "{}", '{"text": ["[erased]"]}'],
)
def test_of_an_entry_only_the_words_become_the_notice(request_, data):
    event = city_determinations.deny(
        request_, answer=said(text=ORIGINAL), exemptions=[], **acting(request_)
    )
    erased(event.communication)

    said_now = refused("UPDATE requests_app_event SET data = %s WHERE id = %s", data, event.pk)

    assert "append-only" in said_now
