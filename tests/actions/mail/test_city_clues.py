"""A colleague's first mail from a city's domain is offered its likely requests, with the reason."""

from typing import Any

import pytest

from requests_app.models import InboundMail, RecordsRequest
from tests.factories import office_known, submitted
from tests.inbound.messages import message, taken_in

pytestmark = pytest.mark.django_db
COLLEAGUE = "Jo Ruiz <jruiz@stamford.example>"  # where the clerk is, too


def two() -> tuple[RecordsRequest, RecordsRequest]:
    """Two open requests of one reporter in a city whose clerk the newsroom knows."""
    first = submitted(subject="Body-worn camera footage of March 3")
    second = submitted(first.created_by, subject="Invoices of the ice rink")
    office_known(first.newsroom)
    return first, second


def offered(mail: InboundMail) -> dict[int, str]:
    return {one["request"]: " ".join(one["why"]) for one in mail.candidates}


def from_colleague(**said: Any) -> InboundMail:
    return taken_in(
        message(**{"sender": COLLEAGUE, "subject": "Records", "text": "Hello.", **said})
    )


def test_words_of_its_subject_make_a_request_likely() -> None:
    _, rink = two()

    mail = from_colleague(text="I work in parks. About those ice rink invoices: call me.")

    assert mail.is_waiting
    assert list(offered(mail)) == [rink.pk]
    why = offered(mail)[rink.pk]
    assert why.startswith("Stamford.example is a domain of Stamford.")
    assert "It has words of the request’s subject (ice, invoices, rink)" in why


def test_the_day_it_was_filed_and_whom_it_names_count() -> None:
    first, second = two()
    RecordsRequest.objects.filter(pk=first.pk).update(submitted_on="2026-10-07")
    RecordsRequest.objects.filter(pk=second.pk).update(submitted_on="2026-09-01")

    mail = from_colleague(text="Your letter of October 7 reached me from the clerk.")

    assert list(offered(mail)) == [first.pk]
    assert "It names October 7, 2026, the day the request was filed" in offered(mail)[first.pk]


def test_whoever_is_named_has_their_requests_offered_the_likeliest_first() -> None:
    first, second = two()
    name = first.created_by.name

    mail = from_colleague(text=f"Dear {name}, about the ice rink invoices.")

    assert list(offered(mail)) == [second.pk, first.pk]
    assert all(f"It names {name}, whose request it is" in why for why in offered(mail).values())


def test_a_number_that_is_the_citys_but_for_its_dashes_counts() -> None:
    first, _ = two()
    RecordsRequest.objects.filter(pk=first.pk).update(city_reference="FOI-2026-00118")

    mail = from_colleague(text="This is about 2026118-X and nothing else, 2026-118.")

    assert list(offered(mail)) == [first.pk]
    assert "is like the city’s number FOI-2026-00118" in offered(mail)[first.pk]


def test_the_only_open_request_there_is_offered_whatever_is_said() -> None:
    first = submitted(subject="Body-worn camera footage")
    office_known(first.newsroom)

    mail = from_colleague()

    assert "It is the only open request there" in offered(mail)[first.pk]
    assert first.communications.count() == 0  # a person decides


@pytest.mark.parametrize("sender", ["x@nowhere.example", "clerk@gmail.com", "nobody"])
def test_strangers_are_offered_nothing(sender: str) -> None:
    first, _ = two()

    assert offered(from_colleague(sender=sender, text=first.subject)) == {}


def test_two_requests_of_which_nothing_is_said_are_not_offered() -> None:
    two()

    assert offered(from_colleague()) == {}


def test_another_newsrooms_requests_are_not_offered() -> None:
    """Whose own office it is: the address was entered by them alone."""
    first, _ = two()
    theirs = submitted(subject="Invoices of the ice rink")
    assert theirs.newsroom != first.newsroom

    mail = from_colleague(text="About those ice rink invoices.")

    assert theirs.pk not in offered(mail)


def test_it_costs_the_same_queries_however_many_requests_there_are(
    django_assert_max_num_queries: Any,
) -> None:
    first, _ = two()
    for number in range(12):
        submitted(first.created_by, subject=f"Other matter {number}")

    with django_assert_max_num_queries(30):
        mail = from_colleague(text="About the ice rink invoices.")

    assert len(offered(mail)) == 1
