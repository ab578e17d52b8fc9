"""What the security log keeps, and how it is bounded and chained."""

from datetime import timedelta
from functools import partial

import pytest

from requests_app.ledger.chains import verify
from requests_app.ledger.security import counted
from requests_app.ledger.security.origin import Origin, coming_from
from requests_app.ledger.security.security_log import hash_of_typed, record, record_of_the_desk
from requests_app.models import SecurityEvent
from requests_app.models.newsroom.security_event import SecurityLogIsAppendOnlyError
from requests_app.vocabulary.security_kinds import SecurityKind, sentence_of
from tests.factories import NOW, member

pytestmark = pytest.mark.django_db
HOME = Origin(address="198.51.100.7", device="Firefox", session="abc")


def test_entry_says_who_and_from_where_and_stands_in_its_newsrooms_chain() -> None:
    person = member()

    with coming_from(lambda: HOME):
        record(SecurityKind.SIGNED_IN, by=person, about=person, at=NOW)

    entry = SecurityEvent.objects.get()
    assert (entry.newsroom, entry.by, entry.at) == (person.membership.newsroom, person, NOW)
    assert (entry.address, entry.device, entry.session) == ("198.51.100.7", "Firefox", "abc")
    assert entry.sentence == f"{person} signed in."
    verdict = verify(f"security-{person.membership.newsroom_id}")
    assert (verdict.is_whole, verdict.entries) == (True, 1)


def test_what_is_of_no_newsroom_stands_in_the_desks_chain() -> None:
    member()

    record(SecurityKind.SIGN_IN_FAILED, typed=hash_of_typed("hunter2"))

    assert verify("security-desk").entries == 1
    entry = SecurityEvent.objects.get()
    assert "hunter2" not in str(entry.facts)
    assert entry.sentence.startswith("A wrong password was given for an unknown account (")


def test_an_operators_act_stands_in_each_newsrooms_log() -> None:
    first, second = member(), member()

    record_of_the_desk(SecurityKind.BACKUP_MADE, how="encrypted")

    kept = SecurityEvent.objects.values_list("newsroom_id", flat=True)
    assert sorted(kept) == sorted(one.membership.newsroom_id for one in (first, second))


def test_entry_is_never_saved_again_nor_updated() -> None:
    entry = record(SecurityKind.SIGNED_IN, by=member())
    assert entry is not None

    with pytest.raises(SecurityLogIsAppendOnlyError):
        entry.save()
    with pytest.raises(SecurityLogIsAppendOnlyError):
        SecurityEvent.objects.update(kind="signed_out")


def test_a_flood_from_one_place_leaves_few_entries_and_the_last_says_the_sum() -> None:
    person = member()
    with coming_from(lambda: HOME):
        for _ in range(85):
            record(SecurityKind.SIGN_IN_FAILED, about=person, at=NOW)

    entries = SecurityEvent.objects.order_by("pk")
    assert len(entries) == 13  # ten, the 20th, the 40th, the 80th
    assert entries[12].sentence.endswith("80 times within a day, from there.")


def test_a_flood_from_everywhere_is_bounded_by_the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "EACH_IN_AN_HOUR", 5)
    for number in range(25):
        with coming_from(partial(Origin, address=f"203.0.113.{number}")):
            record(SecurityKind.TOKEN_REFUSED, at=NOW)
    assert SecurityEvent.objects.count() == 7  # five, the 10th, the 20th

    record(SecurityKind.TOKEN_REFUSED, at=NOW + timedelta(hours=1))

    assert SecurityEvent.objects.count() == 8


def test_addresses_of_one_ipv6_network_are_one_place() -> None:
    for number in range(15):
        with coming_from(partial(Origin, address=f"2001:db8::{number:x}")):
            record(SecurityKind.TOKEN_REFUSED, at=NOW)

    assert SecurityEvent.objects.count() == 10


def test_facts_are_cut_and_hold_nothing_that_postgresql_refuses() -> None:
    record(SecurityKind.TOKEN_MADE, by=member(), name="a\0b" + "x" * 900)

    name = SecurityEvent.objects.get().facts["name"]
    assert name.startswith("abx")
    assert len(name) == 200


def test_a_sentence_takes_names_as_they_are_and_says_what_is_missing() -> None:
    said = sentence_of("token_made", by="{about} {0}", about="x", facts={})

    assert said == "{about} {0} made the API token “(not kept)”."
