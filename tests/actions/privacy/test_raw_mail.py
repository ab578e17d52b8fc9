"""Bytes of messages go after their time, never before their request is over; the rest stays."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from requests_app.actions.mail import file_mail, incoming, read_mail
from requests_app.actions.privacy import raw_mail, retention
from requests_app.actions.privacy.erasing_content import Why, erase_message
from requests_app.actions.requests import appeals, corrections, ending
from requests_app.casefile.archive import raw_mails
from requests_app.filings.sources import source_of
from requests_app.ledger import compare
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.chains import verify
from requests_app.models import (
    Appeal,
    ChainHead,
    Delivery,
    Exhibit,
    InboundMail,
    RawMailRemoval,
    RecordsRequest,
    Role,
)
from requests_app.storage import content
from requests_app.storage.backups.check_files import missing_or_damaged
from requests_app.vocabulary.erasure_grounds import ErasureGround
from requests_app.vocabulary.retention import FEWEST_NOTICE_DAYS, FEWEST_RAW_MAIL_DAYS
from tests.factories import NOW, TODAY, acting, in_state, member, submitted
from tests.inbound.messages import answer_to, kept, message, out_of_office, taken_in

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
DAY = timedelta(days=1)
DAYS = FEWEST_RAW_MAIL_DAYS
AFTER = NOW + (DAYS + 1) * DAY  # what ended at NOW is let go of
LATER = AFTER + DAY  # and the disk loses it


@pytest.fixture(autouse=True)
def _for_a_time(settings: Any) -> None:
    settings.KEEP_RAW_MAIL_DAYS = settings.KEEP_NOTICES_DAYS = DAYS


def closed(request: RecordsRequest, *, at: Any = NOW) -> RecordsRequest:
    request.refresh_from_db()
    ending.close(request, on=at.date(), **acting(request, at))
    return request


def read(mail: InboundMail) -> InboundMail:
    """A person says that it is correspondence."""
    filed = mail.standing_communication()
    read_mail.keep_as_correspondence(filed, by=Attribution(filed.records_request.created_by, NOW))
    return mail


def answered() -> InboundMail:
    """To a request that was granted, read by a person."""
    return read(taken_in(answer_to(in_state("granted"), files=[("a.csv", b"1,2")])))


def request_of(mail: InboundMail) -> RecordsRequest:
    found = mail.communications.get().records_request
    assert isinstance(found, RecordsRequest)
    return found


def is_on_disk(mail: InboundMail) -> bool:
    return content.local_path(str(mail.raw)).exists()


def goes(mail: InboundMail, *, at: Any = AFTER) -> bool:
    retention.purge(at=at)
    return RawMailRemoval.objects.filter(mail=mail).exists()


def whys(at: Any = AFTER) -> list[str]:
    return [one.why for one in retention.why_the_rest_stays(at=at)]


def all_is_proven() -> bool:
    verdicts = [verify(name) for name in ChainHead.objects.values_list("name", flat=True)]
    assert [one.finding for one in verdicts if one.finding] == []
    assert missing_or_damaged()[1] == []
    return True


# -- what goes, and what is left of it --
def test_after_its_time_the_bytes_go_and_all_else_stays() -> None:
    mail = answered()
    request = closed(request_of(mail))

    retention.purge(at=AFTER)
    assert is_on_disk(mail)
    retention.purge(at=LATER)

    assert not is_on_disk(mail)
    removal = RawMailRemoval.objects.get()
    assert (removal.sha256, removal.size) == (mail.sha256, mail.size)
    assert (removal.setting, removal.keep_days) == ("KEEP_RAW_MAIL_DAYS", DAYS)
    assert (removal.at, removal.counted_from, removal.removed_at) == (AFTER, NOW, LATER)
    mail.refresh_from_db()
    assert mail.text.strip() == "We have it."
    assert content.local_path(str(mail.files.get().file)).exists()
    request.refresh_from_db()
    assert list(compare(request)) == []
    assert all_is_proven()


def test_the_span_counts_from_the_closing_and_not_from_receipt() -> None:
    mail = answered()
    closed(request_of(mail), at=NOW + 100 * DAY)

    assert not goes(mail, at=NOW + (DAYS + 99) * DAY)
    assert goes(mail, at=NOW + (DAYS + 101) * DAY)


def test_a_day_too_early_nothing_goes_and_it_is_said_why() -> None:
    mail = answered()
    closed(request_of(mail))

    assert not goes(mail, at=NOW + (DAYS - 1) * DAY)
    assert whys(NOW + (DAYS - 1) * DAY) == ["its request ended not long enough ago"]


def test_what_was_filed_after_the_closing_counts_from_its_own_filing() -> None:
    request = closed(in_state("granted"))
    late = NOW + 50 * DAY
    mail = taken_in(answer_to(request), at=late)
    read(mail)

    assert not goes(mail, at=late + (DAYS - 1) * DAY)
    assert goes(mail, at=late + (DAYS + 1) * DAY)
    assert RawMailRemoval.objects.get().counted_from == late


def test_what_was_set_aside_counts_from_then() -> None:
    admin = member(Role.ADMIN)
    mail = taken_in(message(subject="Buy now"))
    mail.newsroom = admin.membership.newsroom
    mail.save()
    file_mail.set_aside(mail, by=Attribution(admin, NOW + 10 * DAY))

    assert not goes(mail)
    assert whys() == ["it came, or was filed or set aside, not long enough ago"]
    assert goes(mail, at=AFTER + 10 * DAY)


# -- what holds it --
def _open() -> InboundMail:
    return answered()


def _unread() -> InboundMail:
    mail = taken_in(answer_to(in_state("granted")))
    closed(request_of(mail))
    return mail


def _waiting() -> InboundMail:
    submitted()
    return taken_in(message(subject="About something else"))


def _unreadable() -> InboundMail:
    mail = kept(message())
    InboundMail.objects.filter(pk=mail.pk).update(attempts=incoming.MAX_ATTEMPTS)
    mail.refresh_from_db()
    return incoming.begin_again(mail, at=NOW)


def _not_read_yet() -> InboundMail:
    return kept(message())


def _with_a_clock() -> InboundMail:
    mail = answered()
    request = closed(request_of(mail))
    clock = request.deadlines.first()
    assert clock is not None
    clock.status, clock.due_on = "running", AFTER.date()
    clock.save()
    return mail


def _with_an_appeal() -> InboundMail:
    mail = answered()
    request = closed(request_of(mail))
    Appeal.objects.create(
        records_request=request, route="foic", answers="denied", subject="Late",
        created_by=request.created_by,
    )  # fmt: skip
    return mail


def _as_an_exhibit() -> InboundMail:
    """Of another request's appeal."""
    mail = answered()
    request, other = closed(request_of(mail)), in_state("denied")
    appeal = appeals.draft(other, route="foic", by=Attribution(other.created_by, NOW))
    Exhibit.objects.create(
        appeal=appeal, communication=mail.communications.get(), position=9, title="A mail",
        added_by=request.created_by,
    )  # fmt: skip
    return mail


def _with_a_letter_on_its_way() -> InboundMail:
    mail = answered()
    request = closed(request_of(mail))
    rows: QuerySet[Delivery] = QuerySet(Delivery)
    rows.filter(records_request=request).update(state="queued")
    return mail


def _gone_on_from() -> InboundMail:
    mail = answered()
    request, other = closed(request_of(mail)), submitted()
    other.continues = request
    other.save()
    return mail


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (_open, "its request is open"),
        (_unread, "nobody has said what it means"),
        (_waiting, "it waits in the Inbox"),
        (_unreadable, "it could not be read, or is not read yet: its bytes are all there is of it"),
        (_not_read_yet,
         "it could not be read, or is not read yet: its bytes are all there is of it"),
        (_with_a_clock, "a clock of its request still runs"),
        (_with_an_appeal, "an appeal of its request is not decided"),
        (_as_an_exhibit, "it is an exhibit of an appeal that is not decided"),
        (_with_a_letter_on_its_way, "a letter of its request is on its way"),
        (_gone_on_from, "a request that goes on from its request is open"),
    ],
)  # fmt: skip
def test_what_is_held_stays_however_old_and_it_is_said_why(
    made: Callable[[], InboundMail], why: str
) -> None:
    mail = made()
    found = whys()

    assert found == [why]
    assert not goes(mail)
    assert is_on_disk(mail)


def test_a_request_that_was_reopened_holds_it_again() -> None:
    mail = answered()
    request = closed(request_of(mail))
    entry = request.events.latest("pk")
    by = Attribution(member(Role.ADMIN, request.newsroom), NOW)
    corrections.strike(entry, why="It goes on.", by=by)

    assert not goes(mail)


def test_mail_of_two_requests_waits_for_both() -> None:
    """Taken out of one that is open still, and filed to one that is over."""
    mail = answered()
    request = request_of(mail)
    other = submitted(request.created_by)
    by = Attribution(request.created_by, NOW)
    file_mail.take_out(mail.standing_communication(), by=by)
    mail.refresh_from_db()
    file_mail.file_communication(mail, other, by=by)
    read(mail)
    ending.withdraw(other, on=TODAY, **acting(other))

    assert not goes(mail)
    closed(request)
    assert goes(mail)


def test_copies_go_with_the_first_and_never_before() -> None:
    request = in_state("granted")
    first = read(taken_in(answer_to(request)))
    same = taken_in(answer_to(request), to="other@mail.records-desk.test")
    relayed = taken_in(answer_to(request, received="from a relay"))
    assert {same.duplicate_of, relayed.duplicate_of} == {first}

    assert [goes(one) for one in (first, same, relayed)] == [False] * 3
    closed(request)
    assert [goes(one) for one in (first, same, relayed)] == [True] * 3
    retention.purge(at=LATER)
    assert not any(map(is_on_disk, (first, same, relayed)))
    assert all_is_proven()


def test_bytes_that_another_row_has_stay_where_they_lie() -> None:
    """The same bytes, come once more for another recipient, and not read yet."""
    request = in_state("granted")
    raw = answer_to(request)
    read(taken_in(raw))
    closed(request)
    retention.purge(at=AFTER)
    again = kept(raw, to="other@mail.records-desk.test", at=AFTER)

    retention.purge(at=LATER)

    assert is_on_disk(again)
    assert all_is_proven()


def test_the_same_message_that_comes_again_goes_again() -> None:
    request = in_state("granted")
    raw = answer_to(request)
    mail = read(taken_in(raw))
    closed(request)
    retention.purge(at=AFTER)
    retention.purge(at=LATER)

    assert kept(raw) == mail
    assert is_on_disk(mail)
    retention.purge(at=LATER + DAY)

    assert not is_on_disk(mail)
    assert RawMailRemoval.objects.count() == 1


# -- notices of machines --
def test_notices_go_by_their_own_setting(settings: Any) -> None:
    settings.KEEP_RAW_MAIL_DAYS, settings.KEEP_NOTICES_DAYS = 0, FEWEST_NOTICE_DAYS
    request = in_state("granted")
    person = read(taken_in(answer_to(request)))
    machine = taken_in(out_of_office(request, message_id="<2@stamford.example>"))
    at = NOW + (FEWEST_NOTICE_DAYS + 1) * DAY
    assert not goes(machine, at=at)
    closed(request)

    assert goes(machine, at=at)
    assert not goes(person, at=at)
    assert RawMailRemoval.objects.get().setting == "KEEP_NOTICES_DAYS"


def test_a_receipt_of_the_city_is_no_notice(settings: Any) -> None:
    settings.KEEP_RAW_MAIL_DAYS = 0
    request = in_state("granted")
    mail = taken_in(out_of_office(request))
    InboundMail.objects.filter(pk=mail.pk).update(is_receipt=True)
    closed(request)

    assert not goes(mail)


def test_zero_keeps_everything_for_ever(settings: Any) -> None:
    settings.KEEP_RAW_MAIL_DAYS = settings.KEEP_NOTICES_DAYS = 0
    mail = answered()
    closed(request_of(mail))

    assert not goes(mail, at=NOW + 9000 * DAY)
    assert whys() == []


# -- killed, said, proven --
def test_portions_leave_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_mail, "PORTION", 2)
    request = in_state("granted")
    mails = [
        read(taken_in(answer_to(request, message_id=f"<{n}@x.example>", text=f"Part {n}.")))
        for n in range(5)
    ]
    closed(request)

    would = retention.purge(at=AFTER, only_look=True)
    gone = retention.purge(at=AFTER)
    retention.purge(at=LATER)

    assert gone == would
    assert [one.count for one in gone if one.words == raw_mail.RULES[0].words] == [5]
    assert not any(map(is_on_disk, mails))
    assert all_is_proven()


def test_what_died_between_the_statement_and_the_disk_is_done_by_the_next_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mail = answered()
    closed(request_of(mail))
    retention.purge(at=AFTER)

    def dies(names: Any) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(raw_mail, "remove_erased", dies)
        with pytest.raises(KeyboardInterrupt):
            retention.purge(at=LATER)
    assert RawMailRemoval.objects.on_disk().exists()

    retention.purge(at=LATER)

    assert not is_on_disk(mail)
    assert RawMailRemoval.objects.count() == 1


def test_one_that_dies_while_it_states_leaves_nothing_stated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mail = answered()
    closed(request_of(mail))

    def dies(going: Any) -> dict[int, Any]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(raw_mail, "_counted_from", dies)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            raw_mail.let_go(raw_mail.RULES[0], at=AFTER)

    assert not RawMailRemoval.objects.exists()
    assert goes(mail)


def test_the_command_says_what_would_go_and_why_the_rest_stays(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mail, other = answered(), answered()
    closed(request_of(mail))
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER)

    call_command("purge", "--dry-run")

    said = capsys.readouterr().out
    assert "1 would go: messages, of which the bytes go\n" in said
    assert "1 would stay: messages, of which the bytes go, as its request is open\n" in said
    assert not RawMailRemoval.objects.exists()
    assert is_on_disk(other)


def test_a_case_file_and_an_exhibit_go_on_without_the_bytes() -> None:
    mail = answered()
    request = closed(request_of(mail))
    assert [one.sha256 for one in raw_mails(request)] == [mail.sha256]

    retention.purge(at=AFTER)

    assert list(raw_mails(request)) == []
    source = source_of(Exhibit(communication=mail.standing_communication()))
    assert source.original is None
    assert source.words.strip() == "We have it."
    assert ("SHA-256 of it", mail.sha256) in source.head
    assert len(source.files) == 1


def test_what_is_erased_by_law_meanwhile_is_erased() -> None:
    mail = answered()
    request = closed(request_of(mail))
    retention.purge(at=AFTER)

    erase_message(
        mail.communications.get(),
        Why(ErasureGround.COURT_ORDER, "Order of Nov 2, 2026"),
        by=Attribution(member(Role.ADMIN, request.newsroom), AFTER),
    )
    retention.purge(at=LATER)

    assert not is_on_disk(mail)
    assert all_is_proven()


# -- the database itself --
@pytest.mark.parametrize(
    "wrong",
    [
        {"keep_days": FEWEST_RAW_MAIL_DAYS - 1},
        {"keep_days": FEWEST_NOTICE_DAYS - 1, "setting": "KEEP_NOTICES_DAYS"},
        {"setting": "KEEP_NOTHING"},
        {"sha256": "0" * 64},
        {"size": 1},
        {"counted_from": AFTER},
    ],
)
def test_the_database_takes_no_statement_that_is_not_so(wrong: dict[str, Any]) -> None:
    mail = answered()
    true = {
        "mail": mail, "at": AFTER, "setting": "KEEP_RAW_MAIL_DAYS", "keep_days": DAYS,
        "counted_from": NOW, "sha256": mail.sha256, "size": mail.size,
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="states what is not so"), transaction.atomic():
        RawMailRemoval.objects.create(**true)  # its request is open
    closed(request_of(mail))

    with pytest.raises(DatabaseError, match="states what is not so"), transaction.atomic():
        RawMailRemoval.objects.create(**{**true, **wrong})
    RawMailRemoval.objects.create(**true)


@pytest.mark.parametrize(
    ("name", "fewest", "what"),
    [
        ("KEEP_RAW_MAIL_DAYS", FEWEST_RAW_MAIL_DAYS, "the messages as they came"),
        ("KEEP_NOTICES_DAYS", FEWEST_NOTICE_DAYS, "notices"),
    ],
)
@pytest.mark.parametrize("too_few", [1, -1])
def test_the_desk_does_not_start_below_a_floor(
    name: str, fewest: int, what: str, too_few: int, tmp_path: Path
) -> None:
    days = fewest - 1 if too_few == 1 else -1
    env = {name: str(days), "VAR_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    start = [sys.executable, "manage.py", "check"]
    ended = subprocess.run(start, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    assert ended.returncode != 0
    assert f"{name} is {days}; it must be {fewest} or more, or 0 to keep {what} for ever" in (
        ended.stderr
    )
