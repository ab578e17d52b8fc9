"""Which request mail belongs to, by the desk's own rows, and never by a guess."""

from typing import Any

import pytest
from django.conf import settings

from requests_app.actions.cities import contacts
from requests_app.ledger.attribution import Attribution
from requests_app.letters import FoundAddress
from requests_app.models import InboundMail, Newsroom, RecordsRequest
from requests_app.reply_addresses import reply_address
from tests.factories import NOW, TODAY, member, submitted
from tests.inbound.messages import answer_to, message, taken_in

pytestmark = pytest.mark.django_db


def where(mail: InboundMail) -> RecordsRequest | None:
    filed = mail.standing_communication()
    return filed.records_request if filed else None


def offered(mail: InboundMail) -> list[int]:
    return [told["request"] for told in mail.candidates]


@pytest.mark.parametrize(
    "typed",
    [str.upper, lambda a: a.replace("r-", "R-", 1), lambda a: f"'{a}'", lambda a: f"Desk <{a}>"],
)
def test_the_reply_address_is_enough_however_it_is_typed(typed: Any) -> None:
    request = submitted()

    mail = taken_in(message(to=typed(reply_address(request)), sender="x@nowhere.example"))

    assert where(mail) == request
    assert mail.match_reason == "It was sent to this request's own address."


def test_the_envelope_says_more_than_the_headers() -> None:
    first, second = submitted(), submitted()
    raw = message(to=f"{reply_address(first)}, {reply_address(second)}")

    mail = taken_in(raw, to=reply_address(second))

    assert where(mail) == second


def test_mail_to_two_requests_waits_for_a_person() -> None:
    first = submitted()
    second = submitted(first.created_by)

    mail = taken_in(message(to=f"{reply_address(first)}, {reply_address(second)}"))

    assert where(mail) is None
    assert set(offered(mail)) == {first.pk, second.pk}
    assert mail.match_reason == "It fits 2 requests equally well."


def test_an_answer_to_our_letter_is_known_by_its_message_id() -> None:
    request = submitted()
    ours = request.deliveries.get().message_id

    mail = taken_in(message(sender="x@nowhere.example", in_reply_to=ours))

    assert where(mail) == request
    assert mail.match_reason == "It answers a letter of ours (by its Message-ID)."


def test_the_nearest_message_of_a_thread_decides() -> None:
    first, second = submitted(), submitted()
    old, new = (r.deliveries.get().message_id for r in (first, second))

    mail = taken_in(message(sender="x@nowhere.example", references=f"{old} {new}"))

    assert where(mail) == second


def test_a_reply_to_filed_mail_follows_it() -> None:
    request = submitted()
    taken_in(answer_to(request, message_id="<first@stamford.example>"))

    mail = taken_in(
        message(message_id="<second@x.example>", in_reply_to="<first@stamford.example>")
    )

    assert where(mail) == request
    assert "filed there" in mail.match_reason


def numbered(number: str) -> RecordsRequest:
    request = submitted()
    RecordsRequest.objects.filter(pk=request.pk).update(city_reference=number)
    return request


@pytest.mark.parametrize("number", ["26-118", "W012345-110226", "#26-118", "R001234"])
def test_the_citys_number_from_somebody_of_that_city_decides(number: str) -> None:
    request = numbered(number)

    mail = taken_in(message(subject=f"Records request {number.strip('#')}"))

    assert where(mail) == request
    assert mail.match_reason.startswith(f"The city's number {number} stands in its subject")


def test_the_citys_number_from_a_stranger_is_only_a_hint() -> None:
    request = numbered("26-118")

    mail = taken_in(message(subject="Request 26-118", sender="x@nowhere.example"))

    assert where(mail) is None
    assert offered(mail) == [request.pk]
    assert "does not know the sender" in mail.candidates[0]["why"][0]


@pytest.mark.parametrize("domain", ["stamfordct.example", "law.stamfordct.example"])
def test_an_office_that_the_newsroom_entered_makes_its_domain_known(domain: str) -> None:
    request = numbered("26-118")
    contacts.enter_office(
        request.newsroom,
        city_slug="us-ct/stamford",
        office_role="law",
        email="law@stamfordct.example",
        found=FoundAddress("a call", TODAY),
        by=Attribution(request.created_by, NOW),
    )

    mail = taken_in(message(subject="Re: 26-118", sender=f"assistant@{domain}"))

    assert where(mail) == request
    assert f"{domain} is a domain of Stamford" in mail.match_reason


def test_our_reference_in_the_subject_is_enough_from_whom_we_wrote_to() -> None:
    request = submitted()

    mail = taken_in(message(subject=f"Re: Use of force [{request.reference}]"))

    assert where(mail) == request


def test_the_same_subject_from_the_clerk_is_enough_where_one_request_has_it() -> None:
    request = submitted(subject="Marina leases")

    mail = taken_in(message(subject="RE: [EXTERNAL] Fwd: marina leases"))

    assert where(mail) == request


def test_the_same_subject_of_two_requests_is_not() -> None:
    first = submitted(subject="Marina leases")
    second = submitted(first.created_by, subject="Marina leases")

    mail = taken_in(message(subject="Re: Marina leases"))

    assert where(mail) is None
    assert set(offered(mail)) == {first.pk, second.pk}


def test_candidates_are_five_at_most_the_likeliest_first() -> None:
    reporter = member()
    for number in range(6):
        submitted(reporter, subject=f"Contract {number}")
    like = submitted(reporter, subject="Body camera footage of May Street")
    submitted(reporter, subject="Overtime")

    mail = taken_in(message(subject="Footage", text="The body camera footage of May Street"))

    assert where(mail) is None
    assert offered(mail)[0] == like.pk
    assert len(offered(mail)) == 5


def test_nothing_crosses_from_newsroom_to_newsroom() -> None:
    mine, theirs = submitted(subject="Marina leases"), submitted(subject="Marina leases")
    assert mine.newsroom != theirs.newsroom

    mail = taken_in(message(subject="Re: Marina leases"))

    assert where(mail) is None
    assert mail.newsroom is None
    assert mail.is_waiting


def test_a_newsrooms_own_address_confines_the_search_to_it() -> None:
    mine = submitted(subject="Marina leases")
    submitted(subject="Marina leases")
    Newsroom.objects.filter(pk=mine.newsroom_id).update(email="tips@ledger.example")

    mail = taken_in(message(to="tips@ledger.example", subject="Re: Marina leases"))

    assert where(mail) == mine


def test_a_reply_address_decides_the_newsroom_whoever_else_was_written_to() -> None:
    mine, theirs = submitted(), submitted()
    Newsroom.objects.filter(pk=mine.newsroom_id).update(email="tips@ledger.example")

    mail = taken_in(message(to=f"tips@ledger.example, {reply_address(theirs)}"))

    assert where(mail) == theirs
    assert mail.newsroom == theirs.newsroom


def test_mail_that_names_nothing_is_the_only_newsrooms() -> None:
    request = submitted()

    mail = taken_in(message(sender="x@nowhere.example", subject="Hello"))

    assert (mail.newsroom, mail.is_waiting) == (request.newsroom, True)
    assert offered(mail) == []


def test_a_domain_of_ours_in_another_case_is_still_ours() -> None:
    request = submitted()
    address = reply_address(request).replace(settings.MAIL_DOMAIN, settings.MAIL_DOMAIN.upper())

    assert where(taken_in(message(to=address))) == request
