"""What is over age goes, behind a cut that the chain states; whatever else goes is found."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bootstrap.paths import ROOT
from requests_app.actions.privacy import retention
from requests_app.ledger.chains import KnownHead, Verdict, verify
from requests_app.ledger.security import cutting
from requests_app.ledger.security.security_log import record
from requests_app.models import (
    ChainEntry,
    ChainHead,
    Event,
    Newsroom,
    SecurityEvent,
    SecurityLogCut,
)
from requests_app.models.newsroom.security_event import SecurityLogIsAppendOnlyError
from requests_app.vocabulary.security_kinds import SecurityKind
from tests.factories import NOW, member, submitted
from tests.ledger.chains.tampering import sql, triggers_off

pytestmark = [pytest.mark.django_db, pytest.mark.tampered]

DAY = timedelta(days=1)
KEPT = 1095
LONG_AGO = NOW - 4 * 365 * DAY


def write(newsroom: Newsroom | None, *, at: datetime, count: int) -> None:
    for _ in range(count):
        record(SecurityKind.BACKUP_MADE, newsroom=newsroom, at=at, how="encrypted")


@pytest.fixture
def newsroom() -> Newsroom:
    """With ten entries from years ago and five of today."""
    found: Newsroom = member().membership.newsroom
    for days in range(10):
        write(found, at=LONG_AGO + days * DAY, count=1)
    write(found, at=NOW, count=5)
    return found


def name_of(newsroom: Newsroom | None) -> str:
    return f"security-{newsroom.pk if newsroom else 'desk'}"


def purge(at: datetime = NOW, *, only_look: bool = False) -> int:
    [count] = [
        one.count for one in retention.purge(at=at, only_look=only_look)
        if one.words == "entries of the security log"
    ]  # fmt: skip
    return count


def verdict_of(newsroom: Newsroom | None, *known: KnownHead) -> Verdict:
    return verify(name_of(newsroom), known)


def head_at(newsroom: Newsroom, number: int, *, on: datetime | None = None) -> KnownHead:
    entry = ChainEntry.objects.get(chain__name=name_of(newsroom), number=number)
    return KnownHead(name_of(newsroom), number, entry.hash[:32], on.date() if on else None)


# -- what goes --
def test_what_is_over_age_goes_and_the_chain_stays_whole(newsroom: Newsroom) -> None:
    tenth = head_at(newsroom, 10)

    assert purge() == 10

    cut = SecurityLogCut.objects.get()
    assert (cut.number, cut.entries, cut.newest_at) == (10, 10, LONG_AGO + 9 * DAY)
    assert (cut.at, cut.keep_days, cut.head[:32]) == (NOW, KEPT, tenth.head)
    kept = SecurityEvent.objects.filter(newsroom=newsroom).values_list("kind", flat=True)
    assert sorted(kept) == ["backup_made"] * 5 + ["purged"]
    verdict = verdict_of(newsroom, tenth)
    assert (verdict.finding, verdict.entries, verdict.cut_at) == (None, 17, 10)
    assert verdict.before_the_cut == ()
    assert purge() == 0


def test_what_goes_ends_at_the_first_entry_that_is_not_old_enough(newsroom: Newsroom) -> None:
    write(newsroom, at=LONG_AGO, count=1)  # entered late, behind five of today

    assert purge() == 10
    assert SecurityEvent.objects.filter(at=LONG_AGO).count() == 1
    assert verdict_of(newsroom).is_whole


def test_an_entry_goes_the_day_it_is_as_old_as_is_kept(newsroom: Newsroom) -> None:
    assert purge(LONG_AGO + KEPT * DAY - timedelta(seconds=1)) == 0
    assert purge(LONG_AGO + KEPT * DAY) == 1
    assert purge(LONG_AGO + (KEPT + 2) * DAY) == 2


def test_a_dry_run_says_how_many_and_leaves_them(newsroom: Newsroom) -> None:
    out = StringIO()
    assert purge(only_look=True) == 10

    call_command("purge", "--dry-run", stdout=out)

    assert "10 would go: entries of the security log\n" in out.getvalue()
    assert SecurityEvent.objects.count() == 15
    assert not SecurityLogCut.objects.exists()


def test_nothing_goes_where_it_is_kept_for_ever(newsroom: Newsroom, settings: Any) -> None:
    settings.KEEP_SECURITY_LOG_DAYS = 0

    retention.purge(at=NOW)

    assert SecurityEvent.objects.count() == 15


def test_a_later_cut_takes_an_earlier_one_with_it(newsroom: Newsroom) -> None:
    """The cuts of three years ago are let go of as other entries are."""
    write(None, at=LONG_AGO - 4 * 365 * DAY, count=3)
    assert purge(LONG_AGO) == 3
    write(None, at=LONG_AGO + DAY, count=1)
    write(None, at=NOW, count=1)

    assert purge() == 10 + 1

    cut = SecurityLogCut.objects.get(newsroom=None)
    assert (cut.number, cut.entries) == (5, 2)  # the earlier cut was the fourth entry
    assert verdict_of(None).is_whole


def test_many_go_in_portions_and_each_is_stated(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "PORTION", 4)

    assert purge() == 10

    cuts = SecurityLogCut.objects.order_by("number").values_list("number", "entries")
    assert list(cuts) == [(4, 4), (8, 4), (10, 2)]
    assert verdict_of(newsroom).is_whole


def test_queries_do_not_grow_with_what_goes(newsroom: Newsroom) -> None:
    other = member().membership.newsroom
    write(other, at=LONG_AGO, count=60)

    def queries(one: Newsroom) -> int:
        log = ChainHead.objects.get(name=name_of(one))
        with CaptureQueriesContext(connection) as asked:
            assert cutting.cut(log, at=NOW, keep_days=KEPT) in {10, 60}
        return len(asked)

    assert queries(newsroom) == queries(other)


def test_each_log_is_cut_on_its_own_and_the_ledger_never(newsroom: Newsroom) -> None:
    request = submitted()
    write(None, at=LONG_AGO, count=2)
    before = Event.objects.count()

    assert purge(NOW + 10 * DAY) == 12

    assert {cut.newsroom_id for cut in SecurityLogCut.objects.all()} == {newsroom.pk, None}
    assert Event.objects.count() == before > 0
    assert verify(f"ledger-{request.newsroom_id}").is_whole
    assert verdict_of(None).cut_at == 2


def test_a_stated_cut_is_not_changed(newsroom: Newsroom) -> None:
    purge()

    with pytest.raises(SecurityLogIsAppendOnlyError):
        SecurityLogCut.objects.update(number=11)


# -- what the database refuses --
def refused(statement: str, *parameters: Any) -> bool:
    with suppress(DatabaseError), transaction.atomic():
        sql(statement, *parameters)
        return False
    return True


def test_only_what_lies_behind_a_cut_can_be_deleted(newsroom: Newsroom) -> None:
    other = member().membership.newsroom
    write(other, at=LONG_AGO, count=1)
    log = ChainHead.objects.get(name=name_of(newsroom))
    cutting.cut(log, at=NOW, keep_days=KEPT)

    for table in ("securityevent", "securitylogcut", "chainentry"):
        for (key,) in rows_of(table):
            assert refused(f"DELETE FROM requests_app_{table} WHERE id = %s", key), (table, key)


def rows_of(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM requests_app_{table}")
        return list(cursor.fetchall())


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 11},  # the head of another entry, and one that is too young
        {"head": "a" * 64},
        {"newest_at": LONG_AGO},  # older than what goes
        {"newest_at": NOW + 9 * 365 * DAY},
        {"keep_days": 364},
    ],
)
def test_a_cut_that_is_not_so_cannot_be_stated(newsroom: Newsroom, wrong: dict[str, Any]) -> None:
    entry = ChainEntry.objects.get(chain__name=name_of(newsroom), number=10)
    true = {
        "newsroom": newsroom, "at": NOW, "keep_days": KEPT, "number": 10, "entries": 10,
        "newest_at": LONG_AGO + 9 * DAY, "head": entry.hash,
    }  # fmt: skip

    with pytest.raises(DatabaseError, match="states what is not so"), transaction.atomic():
        SecurityLogCut.objects.create(**{**true, **wrong})

    SecurityLogCut.objects.create(**true)


# -- what is found where the triggers were off --
def forged(newsroom: Newsroom, number: int, **stated: Any) -> None:
    """A cut through the desk's own code, of what is not old enough."""
    entry = ChainEntry.objects.get(chain__name=name_of(newsroom), number=number)
    SecurityLogCut.objects.create(
        **{
            "newsroom": newsroom, "at": NOW, "keep_days": KEPT, "number": number,
            "entries": number, "newest_at": LONG_AGO, "head": entry.hash, **stated,
        }
    )  # fmt: skip
    going = ChainEntry.objects.filter(chain=entry.chain, number__lte=number)
    for key in going.values_list("row", flat=True):
        sql("DELETE FROM requests_app_securityevent WHERE id = %s", key)
    going.delete()


def set_of_the_cut(column: str, value: Any) -> Callable[[Newsroom], None]:
    def tamper(_: Newsroom) -> None:
        sql(f"UPDATE requests_app_securitylogcut SET {column} = %s", value)

    return tamper


def _deeper(newsroom: Newsroom) -> None:
    entry = ChainEntry.objects.get(chain__name=name_of(newsroom), number=11)
    sql("DELETE FROM requests_app_securityevent WHERE id = %s", entry.row)
    sql("DELETE FROM requests_app_chainentry WHERE id = %s", entry.pk)


def _deeper_and_said_so(newsroom: Newsroom) -> None:
    entry = ChainEntry.objects.get(chain__name=name_of(newsroom), number=11)
    sql("UPDATE requests_app_securitylogcut SET number = 11, entries = 11, head = %s", entry.hash)
    _deeper(newsroom)


def _unstated(newsroom: Newsroom) -> None:
    sql("DELETE FROM requests_app_securitylogcut")


def _second_beside_the_chain(newsroom: Newsroom) -> None:
    entry = ChainEntry.objects.get(chain__name=name_of(newsroom), number=12)
    cut = SecurityLogCut.objects.get()
    sql(
        "INSERT INTO requests_app_securitylogcut "
        "(newsroom_id, at, keep_days, number, entries, newest_at, head) "
        "SELECT newsroom_id, at, keep_days, 12, 2, newest_at, %s FROM requests_app_securitylogcut "
        "WHERE id = %s",
        entry.hash, cut.pk,
    )  # fmt: skip
    for one in ChainEntry.objects.filter(chain=entry.chain, number__lte=12):
        sql("DELETE FROM requests_app_securityevent WHERE id = %s", one.row)
        sql("DELETE FROM requests_app_chainentry WHERE id = %s", one.pk)


def _brought_back(newsroom: Newsroom) -> None:
    sql(
        'INSERT INTO requests_app_chainentry (chain_id, number, "table", "row", digest, hash) '
        "SELECT chain_id, 4, 'security', 900000, digest, hash FROM requests_app_chainentry "
        "WHERE number = 12"
    )


def _too_early(newsroom: Newsroom) -> None:
    forged(newsroom, 12, entries=2, newest_at=NOW - 30 * DAY)


def _too_early_by_its_setting(newsroom: Newsroom) -> None:
    forged(newsroom, 12, entries=2, newest_at=NOW - 30 * DAY, keep_days=30)


def _another_count(newsroom: Newsroom) -> None:
    forged(newsroom, 12, entries=12)


@pytest.mark.parametrize(
    ("tamper", "what"),
    [
        (_deeper, "Entry 11 was removed."),
        (_deeper_and_said_so, "(cut of the security log"),
        (_unstated, "Entry 1 was removed."),
        (_second_beside_the_chain, "never entered the chain"),
        (_brought_back, "Entry 4 stands before the cut at entry 10"),
        (_too_early, "each is kept for 365 days at least"),
        (_too_early_by_its_setting, "each is kept for 365 days at least"),
        (_another_count, "states that 12 entries went"),
        (set_of_the_cut("number", 9), "Entry 10 was removed."),
        (set_of_the_cut("number", 500), "stands before the cut at entry 500"),
        (set_of_the_cut("head", "a" * 64), "does not follow from the entry before it"),
        (set_of_the_cut("newest_at", LONG_AGO), "was changed: it is not what was entered"),
        (set_of_the_cut("at", NOW + 9 * DAY), "was changed: it is not what was entered"),
        (set_of_the_cut("newsroom_id", None), "Entry 1 was removed."),
    ],
)
def test_a_cut_that_was_tampered_with_is_found(
    newsroom: Newsroom, tamper: Callable[[Newsroom], None], what: str
) -> None:
    purge()
    with triggers_off():
        tamper(newsroom)
        finding = verdict_of(newsroom).finding

    assert finding is not None
    assert what in finding.sentence


def test_a_ledger_that_was_cut_is_found() -> None:
    request = submitted()
    name = f"ledger-{request.newsroom_id}"
    second = ChainEntry.objects.get(chain__name=name, number=2)
    with triggers_off():
        SecurityLogCut.objects.create(
            newsroom=request.newsroom, at=NOW, keep_days=KEPT, number=2, entries=2,
            newest_at=LONG_AGO, head=second.hash,
        )  # fmt: skip
        for entry in ChainEntry.objects.filter(chain__name=name, number__lte=2):
            sql(f"DELETE FROM requests_app_{entry.table} WHERE id = %s", entry.row)
            sql("DELETE FROM requests_app_chainentry WHERE id = %s", entry.pk)
        finding = verify(name).finding

    assert finding is not None
    assert finding.sentence == "Entry 1 was removed."


# -- heads that were kept elsewhere --
def said_against(newsroom: Newsroom, known: KnownHead) -> tuple[int, str]:
    out = StringIO()
    code = 0
    try:
        arguments = ("--newsroom", str(newsroom.pk), "--against", str(known))
        call_command("verify_ledger", *arguments, stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    return code, " ".join(out.getvalue().split())


def test_a_head_from_before_the_cut_is_neither_proven_nor_refuted(newsroom: Newsroom) -> None:
    known = head_at(newsroom, 4)
    purge()

    code, text = said_against(newsroom, known)

    assert code == 2
    assert "17 entries, head" in text
    assert ": whole since its cut at entry 10." in text
    assert (
        "The head of 4 entries lies before the cut at entry 10: it is neither proven nor refuted, "
        "since what it stands for was let go. The cut states that nothing went that was written "
        "after November 12, 2022: a head kept later than that day would show it false." in text
    )


def test_a_head_at_the_cut_and_one_behind_it_are_proven(newsroom: Newsroom) -> None:
    at_the_cut, behind = head_at(newsroom, 10), head_at(newsroom, 12)
    purge()

    assert said_against(newsroom, at_the_cut)[0] == said_against(newsroom, behind)[0] == 0


def test_another_head_at_the_cut_shows_that_it_was_forged(newsroom: Newsroom) -> None:
    other = KnownHead(name_of(newsroom), 10, "a" * 32)
    purge()

    code, text = said_against(newsroom, other)

    assert code == 1
    assert "the cut was forged, or what went was written anew before" in text


def test_a_head_at_an_earlier_cut_is_proven(newsroom: Newsroom) -> None:
    third = head_at(newsroom, 3)
    purge(LONG_AGO + (KEPT + 2) * DAY)
    purge()

    assert said_against(newsroom, third)[0] == 0
    assert said_against(newsroom, KnownHead(third.chain, 3, "b" * 32))[0] == 1


def test_the_day_of_a_head_shows_a_cut_that_lies_about_what_it_let_go(newsroom: Newsroom) -> None:
    """Whoever has the database's password can state any cut; what was kept elsewhere tells."""
    known = head_at(newsroom, 11, on=NOW)
    true = head_at(newsroom, 4, on=LONG_AGO + 5 * DAY)
    with triggers_off():
        forged(newsroom, 13)
        assert verdict_of(newsroom).is_whole
        code, text = said_against(newsroom, known)
        honest = said_against(newsroom, true)

    assert code == 1
    assert "On November 2, 2026 the chain had 11 entries" in text
    assert "The cut was forged." in text
    assert honest[0] == 1  # kept five days after the day that the cut states


def test_the_day_of_an_old_head_agrees_with_an_honest_cut(newsroom: Newsroom) -> None:
    known = head_at(newsroom, 4, on=LONG_AGO + 3 * DAY)
    purge()

    code, text = said_against(newsroom, known)

    assert code == 2
    assert "Its day, November 6, 2022, agrees with what the cut states." in text


# -- the setting --
@pytest.mark.parametrize("days", ["364", "1", "-1"])
def test_the_desk_does_not_start_with_less_than_a_year(days: str, tmp_path: Any) -> None:
    env = {"KEEP_SECURITY_LOG_DAYS": days, "VAR_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    start = [sys.executable, "manage.py", "check"]
    ended = subprocess.run(start, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    assert ended.returncode != 0
    assert (
        f"KEEP_SECURITY_LOG_DAYS is {days}; it must be 365 or more, or 0 to keep the security log "
        "for ever" in ended.stderr
    )
