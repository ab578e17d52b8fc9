"""What is said before filing: whose records they may be, whose receipt counts. It bars nothing."""

import pytest

from requests_app.actions.requests import submission
from requests_app.ledger.attribution import Attribution
from requests_app.models import RequestState
from requests_app.office_contacts import ResolvedFact, resolve
from requests_app.policy.before_filing import Caution, cautions
from tests.factories import BY_EMAIL, NOW, draft

pytestmark = pytest.mark.django_db
SCHOOLS = Caution(
    "You ask about “superintendent”: these may be records of the school board, an agency of its "
    "own. Ask the Board of Education, or the superintendent's office, unless the city has copies "
    "of its own.",
    "Conn. Gen. Stat. § 1-200(1)(A)",
)


def of(request, fact=None):
    office = resolve(request.newsroom, request.city, request.office_role)
    return cautions(request, office, fact)


def towing_of_kansas_city(office):
    request = draft(subject="Towing", city_slug="us-mo/kansas-city", office_role=office)
    request.particulars = {"what": "the towing contracts"}
    return request


def test_records_of_the_school_board_are_told_with_the_law():
    assert of(draft(subject="The superintendent's contract")) == [SCHOOLS]


def test_words_in_the_records_asked_for_count_too():
    request = draft()
    request.particulars = {"what": "e-mail between the Mayor and the superintendent"}

    assert of(request) == [SCHOOLS]


def test_records_of_the_city_are_told_nothing():
    assert of(draft(subject="Towing contracts")) == []


def test_dataset_is_told_nothing():
    request = draft(subject="The superintendent's pay")
    request.kind = "dataset"

    assert of(request) == []


def test_office_whose_receipt_does_not_count_is_told():
    request = towing_of_kansas_city("city_clerk")

    assert of(request) == [
        Caution(
            "The City Clerk may not be the office whose receipt counts. The days run from the day "
            "on which the custodian of records has the request. Send it to the City "
            "Communications Director, Custodian of Records, or send a copy there.",
            "RSMo § 610.023.3; Starr, 635 S.W.3d 185 (Mo. App. W.D. 2021)",
        )
    ]


@pytest.mark.parametrize(
    ("fact", "is_told"),
    [
        (ResolvedFact(value="a@b.example", confidence="unverified"), True),
        (ResolvedFact(ask="the office"), True),
        (ResolvedFact(value="a@b.example", is_ours=True, source="a call"), False),
        (ResolvedFact(value="a@b.example", confidence="found"), False),
    ],
)
def test_address_that_nobody_confirmed_is_told(fact, is_told):
    request = towing_of_kansas_city("records_custodian")

    told = [one.text.partition(".")[0] for one in of(request, fact)]

    expected = (
        "Nobody has confirmed this address as the one of the City Communications Director, "
        "Custodian of Records"
    )
    assert told == ([expected] if is_told else [])


def test_it_is_filed_all_the_same():
    request = draft(subject="The superintendent's contract")

    submission.submit(request, by=Attribution(request.created_by, NOW), sending=BY_EMAIL)

    request.refresh_from_db()
    assert request.state == RequestState.SUBMITTED
