"""The page of a letter that its description offers: its questions, its words, and it goes."""

import pytest

from cities.schema.city import RequestKind
from requests_app.models import Letter, LetterKind, RequestState
from tests.factories import TODAY, in_state, submitted
from tests.letters.examples import PARTICULARS
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_payment_begins_with_the_fee_and_prints_what_was_typed() -> None:
    request = in_state(RequestState.AWAITING_FEES)
    page = f"/requests/{request.public_id}/record/payment-sent/"
    client = signed_in(request.created_by)

    assert client.get(page).context["typed"]["paid_amount"].value() == request.fee_amount

    typed = {"paid_amount": "12.5", "paid_by": "check no. 7, enclosed"}
    written = client.post(page, {"do": "write", **typed})
    text = written.context["form"]["text"].value()
    assert "We are paying $12.50 toward the fee" in text
    assert "- Payment: check no. 7, enclosed" in text


def test_lists_are_numbered_as_they_were_typed() -> None:
    request = in_state(RequestState.NO_RECORDS)
    page = f"/requests/{request.public_id}/record/search-challenged/"
    typed = {"why_there_are_some": "The chief cited it", "places": "the archive\n\nthe e-mail\n"}

    written = signed_in(request.created_by).post(page, {"do": "write", **typed})

    text = written.context["form"]["text"].value()
    assert "The chief cited it.\n\n## Where we ask you to look\n" in text
    assert "\n1. the archive\n2. the e-mail\n" in text


def test_a_free_letter_goes_as_it_was_typed() -> None:
    request = submitted()
    client = signed_in(request.created_by)
    page = f"/requests/{request.public_id}/record/letter/?channel=in_person"
    typed = {
        "channel": "in_person",
        "to": "888 Washington Boulevard",
        "source": "the city’s website",
        "checked_on": TODAY.isoformat(),
        "text": "Dear City Clerk:\n\nThank you for your time.",
    }

    answer = client.post(page, typed)

    assert answer.status_code == 303
    letter = Letter.objects.get(kind=LetterKind.FREE_LETTER)
    assert letter.text == "Dear City Clerk:\n\nThank you for your time.\n"


def test_report_of_misuse_says_beside_the_letter_that_no_fine_is_specified() -> None:
    request = submitted(
        kind="dataset", subject="Permits", particulars=PARTICULARS[RequestKind.DATASET]
    )
    page = f"/requests/{request.public_id}/record/misuse-reported/"

    shown = signed_in(request.created_by).get(page)

    assert "Not specified: fines and escalation for misuse of data." in shown.content.decode()
    assert "fine" not in shown.context["form"]["text"].value()


def test_misuse_is_offered_for_data_alone() -> None:
    for request, expected in (
        (submitted(), False),
        (
            submitted(
                kind="dataset", subject="Permits", particulars=PARTICULARS[RequestKind.DATASET]
            ),
            True,
        ),
    ):
        context = signed_in(request.created_by).get(f"/requests/{request.public_id}/").context
        offered = {act["slug"] for act in context["letters"]}
        assert ("misuse-reported" in offered) is expected
