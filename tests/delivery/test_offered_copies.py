"""Who has a copy by the packs: named in the letter, sent by every channel, no clock's matter."""

from datetime import timedelta
from typing import Any

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.requests import submission
from requests_app.actions.sending import copies as giving
from requests_app.actions.sending import deliveries
from requests_app.delivery.send import send
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Copy, Sending, plain_text
from requests_app.letters.copies import AboutLetter, offered_for
from requests_app.models import (
    Appeal,
    Channel,
    Delivery,
    DeliveryState,
    EventKind,
    LetterCopy,
    LetterKind,
    OfficeEntry,
    RecordsRequest,
)
from requests_app.vocabulary.copy_ways import CopyWay
from tests.delivery.smtp_server import Script, smtp_server
from tests.delivery.test_copies import Choosy
from tests.factories import NOW, TODAY, acting, draft, let_go

pytestmark = pytest.mark.django_db

CUSTODIAN, PORTAL = "custodian@kcmo.example", "portal@stamford.example"
CLERK = "clerk@city.example"
ADDRESS = "1 Portal Way\nStamford, CT 06901"
BY_EMAIL, BY_POST = (
    Sending(Channel.EMAIL, CLERK),
    Sending(Channel.POST, "1 Clerk Street\nStamford, CT 06901"),
)


def asked(city: str, office: str, kind: str = "records") -> RecordsRequest:
    particulars = {
        "records": {"what": "every permit of 2025"},
        "dataset": {"name_or_topic": "Permits", "purpose": "reporting"},
    }
    return draft(city_slug=city, office_role=office, kind=kind, particulars=particulars[kind])


def to_kansas_citys_clerk() -> RecordsRequest:
    return asked("us-mo/kansas-city", "city_clerk")


def for_stamfords_data() -> RecordsRequest:
    return asked("us-ct/stamford", "city_clerk", "dataset")


def entered(request: RecordsRequest, office: str, way: str, value: str) -> None:
    OfficeEntry.objects.create(
        newsroom=request.newsroom, city=request.city_slug, office=office, way=way, value=value,
        source="a call", checked_on=TODAY, entered_by=request.created_by,
    )  # fmt: skip


def sent(request: RecordsRequest, sending: Sending) -> Delivery:
    return submission.submit(request, sending=sending, **acting(request))


def copies_of(delivery: Delivery) -> list[tuple[str, str, str]]:
    rows = LetterCopy.objects.filter(letter=delivery.letter)
    return list(rows.values_list("name", "way", "to"))


def offered(request: RecordsRequest, kind: LetterKind, appeal: Appeal | None = None) -> list[str]:
    about = AboutLetter(request, kind, Channel.EMAIL, appeal)
    return [one.rule.slug for one in offered_for(about) if one.rule.is_proposed]


@pytest.mark.parametrize(
    ("city", "office", "kind", "letter", "slugs"),
    [
        ("us-ct/stamford", "city_clerk", "dataset", "dataset_request", ["portal_admin"]),
        ("us-ct/stamford", "portal_admin", "dataset", "dataset_request", []),
        ("us-ct/stamford", "city_clerk", "records", "records_request", []),
        ("us-mo/kansas-city", "city_clerk", "records", "records_request", ["custodian"]),
        ("us-mo/kansas-city", "city_clerk", "records", "follow_up", ["custodian"]),
        ("us-mo/kansas-city", "records_custodian", "records", "records_request", []),
        ("us-mo/kansas-city", "dataset_steward", "dataset", "dataset_request", []),
        ("us-or/portland", "elected_official", "records", "records_request", ["request_center"]),
        ("us-or/portland", "records_custodian", "records", "records_request", []),
        ("us-ca/stockton", "city_clerk", "dataset", "misuse_complaint", ["clerk_on_misuse"]),
        ("us-ca/stockton", "city_clerk", "records", "records_request", []),
        ("us-ca/concord", "city_clerk", "dataset", "dataset_request", []),
    ],
)
def test_the_pack_proposes_whom_its_guide_or_law_names(
    city: str, office: str, kind: str, letter: str, slugs: list[str]
) -> None:
    assert offered(asked(city, office, kind), LetterKind(letter)) == slugs


def test_by_mail_a_copy_stands_in_the_header_and_in_the_letter(settings: Any) -> None:
    request = for_stamfords_data()
    entered(request, "portal_admin", "email", PORTAL)
    delivery = sent(request, BY_EMAIL)

    with smtp_server(settings, Script()) as server:
        send(delivery.pk, now=lambda: NOW)

    assert server.envelopes[0].rcpt_tos == [CLERK, PORTAL]
    assert server.messages[0]["Cc"] == PORTAL
    assert plain_text(delivery.letter).endswith("cc: Open-data portal administrator\n")


@pytest.mark.parametrize("channel", [Channel.POST, Channel.PORTAL, Channel.IN_PERSON])
def test_by_any_other_channel_it_is_printed_to_its_own_address(channel: Channel) -> None:
    request = for_stamfords_data()
    entered(request, "portal_admin", "address", ADDRESS)

    delivery = sent(request, Sending(channel, "https://stamford.example/1"))

    (copy,) = copies_of(delivery)
    assert copy == ("Open-data portal administrator", CopyWay.PRINTED, ADDRESS)
    assert [one.to for one in LetterCopy.objects.to_be_posted()] == [ADDRESS]
    assert delivery.copies == []


def test_without_an_address_somebody_gives_it_by_hand() -> None:
    delivery = sent(for_stamfords_data(), BY_EMAIL)

    assert copies_of(delivery) == [("Open-data portal administrator", CopyWay.BY_HAND, "")]


def test_what_is_not_verified_goes_to_nobody_by_mail() -> None:
    request = to_kansas_citys_clerk()  # the pack's address of the custodian is from memory

    delivery = sent(request, BY_POST)

    ((_, way, to),) = copies_of(delivery)
    assert (way, to) == (CopyWay.BY_HAND, "")


def test_a_person_may_drop_it_or_add_another() -> None:
    mayor = Copy.by_email("mayor@stamford.example")

    dropped = sent(for_stamfords_data(), Sending(Channel.EMAIL, CLERK, copies=()))
    added = sent(for_stamfords_data(), Sending(Channel.EMAIL, CLERK, copies=(mayor,)))

    assert copies_of(dropped) == []
    assert "cc:" not in plain_text(dropped.letter)
    assert copies_of(added) == [(mayor.to, CopyWay.WITH_THE_MAIL, mayor.to)]


def test_a_copy_is_given_once_and_the_ledger_says_so() -> None:
    delivery = sent(for_stamfords_data(), BY_EMAIL)
    copy = delivery.letter.copies.get()
    by = Attribution(delivery.created_by, NOW)

    event = giving.give(copy, on=TODAY, by=by)

    assert (event.kind, event.data["copy_to"]) == (EventKind.COPY_GIVEN, copy.name)
    assert LetterCopy.objects.get().given_on == TODAY
    with pytest.raises(Refused, match="does not wait for a hand"):
        giving.give(copy, on=TODAY, by=by)


def test_a_copy_is_not_given_before_its_letter_was_written() -> None:
    delivery = sent(for_stamfords_data(), BY_EMAIL)
    day = TODAY - timedelta(days=1)

    with pytest.raises(Refused, match="the letter was issued"):
        giving.give(delivery.letter.copies.get(), on=day, by=Attribution(delivery.created_by, NOW))

    assert LetterCopy.objects.get().given_on is None


def test_the_copies_of_a_recalled_letter_wait_with_it() -> None:
    request = for_stamfords_data()
    entered(request, "portal_admin", "address", ADDRESS)
    request.newsroom.recall_minutes = 5
    request.newsroom.save()
    delivery = sent(request, BY_EMAIL)

    deliveries.recall(delivery, **acting(request))

    assert list(LetterCopy.objects.to_be_given()) == []


def test_a_letter_issued_anew_has_the_copies_it_had() -> None:
    request = for_stamfords_data()
    entered(request, "portal_admin", "email", PORTAL)
    delivery = sent(request, BY_EMAIL)
    deliveries.recall(delivery, **acting(request))
    later = NOW + timedelta(days=1)

    deliveries.retry(delivery, by=Attribution(request.created_by, later))

    delivery.refresh_from_db()
    assert delivery.letter.dated_on == TODAY + timedelta(days=1)
    assert copies_of(delivery) == [
        ("Open-data portal administrator", CopyWay.WITH_THE_MAIL, PORTAL)
    ]


def dates_of(request: RecordsRequest) -> list[tuple[str, Any]]:
    return list(request.deadlines.values_list("clock", "due_on").order_by("clock"))


def test_no_copy_moves_a_clock() -> None:
    with_a_copy, without = for_stamfords_data(), for_stamfords_data()
    delivery = sent(with_a_copy, BY_EMAIL)
    let_go(delivery)
    let_go(sent(without, Sending(Channel.EMAIL, CLERK, copies=())))
    giving.give(delivery.letter.copies.get(), on=TODAY, by=Attribution(delivery.created_by, NOW))

    assert dates_of(with_a_copy) == dates_of(without)


def test_missouris_clock_runs_from_the_custodians_copy_in_the_same_mail(settings: Any) -> None:
    request = to_kansas_citys_clerk()
    entered(request, "records_custodian", "email", CUSTODIAN)
    delivery = sent(request, BY_EMAIL)

    let_go(delivery)

    assert "response" in dict(dates_of(request))


@pytest.mark.parametrize("is_dropped", [True, False])
def test_without_that_copy_missouris_clock_waits_for_the_custodians_receipt(
    is_dropped: bool,
) -> None:
    request = to_kansas_citys_clerk()
    sending = Sending(Channel.EMAIL, CLERK, copies=() if is_dropped else None)

    let_go(sent(request, sending))

    assert "response" not in dict(dates_of(request))


def test_a_custodians_copy_that_its_server_refused_starts_no_clock(settings: Any) -> None:
    request = to_kansas_citys_clerk()
    entered(request, "records_custodian", "email", CUSTODIAN)
    delivery = sent(request, BY_EMAIL)

    with smtp_server(settings, Choosy(CUSTODIAN, "550 5.1.1 no such mailbox")):
        send(delivery.pk, now=lambda: NOW)

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT
    assert "response" not in dict(dates_of(request))
