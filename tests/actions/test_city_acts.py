from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.actions.errors import Refused
from requests_app.actions.requests import city_determinations, city_progress
from requests_app.actions.sending import our_letters
from requests_app.models import Attachment, Event, EventKind, RequestState
from tests.factories import (
    NOW,
    TODAY,
    acting,
    clarified,
    in_state,
    let_go,
    mailed,
    said,
    submitted,
)

pytestmark = pytest.mark.django_db
S = RequestState
EARLIER = TODAY - timedelta(days=5)


def kinds(request) -> list[str]:
    return [e.kind for e in request.events.in_order() if e.kind != EventKind.DEADLINE_MOVED]


def test_acknowledgement_is_kept_with_its_words_files_and_number():
    request = submitted()
    file = SimpleUploadedFile("ack.pdf", b"%PDF-1.7 x", "application/pdf")

    city_progress.acknowledge(
        request,
        answer=said(text="We have it.", files=[file], city_reference="FOI-7"),
        **acting(request),
    )

    communication = request.communications.get()
    attachment = communication.attachments.get()
    assert request.state == S.ACKNOWLEDGED
    assert request.city_reference == "FOI-7"
    assert communication.text == "We have it."
    assert attachment.name == "ack.pdf"
    with attachment.file.open() as kept:
        assert kept.read() == b"%PDF-1.7 x"
    assert attachment.file.name.endswith(attachment.sha256)


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (TODAY + timedelta(days=1), "has not come yet in Stamford"),
        (EARLIER, "is before Mon Nov 2, 2026, the day it was submitted"),
    ],
)
def test_answer_on_an_impossible_day_is_refused(on, reason: str):
    request = submitted()
    before = kinds(request)

    with pytest.raises(Refused, match=reason):
        city_progress.acknowledge(request, answer=said(on), **acting(request))

    request.refresh_from_db()
    assert request.state == S.SUBMITTED
    assert kinds(request) == before


def test_empty_file_refuses_the_whole_answer():
    request = submitted()

    with pytest.raises(Refused, match=r"“nothing\.pdf” is empty"):
        answer = said(files=[SimpleUploadedFile("nothing.pdf", b"")])
        city_determinations.deny(request, answer=answer, **acting(request))

    request.refresh_from_db()
    assert request.state == S.SUBMITTED
    assert not Attachment.objects.exists()


def test_same_file_is_kept_once():
    files = [SimpleUploadedFile(name, b"the same") for name in ("a.pdf", "b.pdf")]
    request = submitted()

    city_determinations.grant(request, answer=said(files=files), **acting(request))

    first, second = Attachment.objects.order_by("pk")
    assert first.file.name == second.file.name
    assert (first.name, second.name) == ("a.pdf", "b.pdf")


def test_clarification_stops_with_the_answer():
    request = clarified()

    assert request.state == S.SUBMITTED
    assert kinds(request)[-3:] == ["clarification_requested", "clarified", "sent"]


def test_answering_what_was_not_asked_is_refused():
    request = submitted()

    with pytest.raises(Refused, match="No question of the city's is open"):
        our_letters.clarify(request, **mailed(request))


def test_fees_and_a_question_at_once_are_settled_one_by_one():
    request = in_state(S.AWAITING_CLARIFICATION)
    city_progress.estimate_fees(request, answer=said(), amount=Decimal("40.00"), **acting(request))
    assert request.state == S.AWAITING_FEES

    our_letters.accept_fees(request, **mailed(request))
    assert request.state == S.AWAITING_CLARIFICATION

    let_go(our_letters.clarify(request, **mailed(request)))
    request.refresh_from_db()
    assert request.state == S.SUBMITTED


def test_paying_what_was_never_quoted_is_refused():
    request = submitted()

    with pytest.raises(Refused, match="No fee was quoted"):
        our_letters.pay_fees(request, on=TODAY, **acting(request))


def test_fee_is_paid_once():
    request = in_state(S.AWAITING_FEES)
    our_letters.pay_fees(request, on=TODAY, **acting(request))

    with pytest.raises(Refused, match="No fee was quoted that is still unpaid"):
        our_letters.pay_fees(request, on=TODAY, **acting(request))


def test_fee_of_nothing_is_refused():
    request = submitted()

    with pytest.raises(Refused, match="above zero"):
        city_progress.estimate_fees(request, answer=said(), amount=Decimal(0), **acting(request))


def test_accepted_fee_can_still_be_paid_or_waived():
    request = in_state(S.AWAITING_FEES)
    our_letters.accept_fees(request, **mailed(request))

    city_progress.waive_fees(request, answer=said(), **acting(request))

    assert (request.fees_answered_on, request.fees_settled_on) == (TODAY, TODAY)


def test_written_denial_after_silence_is_recorded_and_a_second_is_not():
    request = in_state(S.DENIED)

    with pytest.raises(Refused, match="already recorded"):
        city_determinations.deny(request, answer=said(), **acting(request))


def test_extension_and_part_of_the_records_move_nothing():
    request = in_state(S.ACKNOWLEDGED)

    until = TODAY + timedelta(days=14)
    city_progress.extend(
        request, answer=said(), until=until, ground="voluminous", **acting(request)
    )
    city_progress.produce_in_part(request, answer=said(), **acting(request))

    assert request.state == S.ACKNOWLEDGED
    assert kinds(request)[-2:] == [EventKind.EXTENDED, EventKind.PRODUCED_IN_PART]


def test_referral_says_to_whom():
    request = submitted()

    with pytest.raises(Refused, match="to whom"):
        city_determinations.refer(request, answer=said(), to=" ", **acting(request))


def test_receipt_by_the_custodian_moves_the_clock():
    request = submitted(at=NOW - timedelta(days=7))
    before = request.deadlines.get(clock="response").due_on

    city_progress.receive(request, on=TODAY - timedelta(days=3), **acting(request))

    moved = Event.objects.get(kind=EventKind.DEADLINE_MOVED, data__clock="response")
    after = request.deadlines.get(clock="response").due_on
    assert before is not None
    assert after is not None
    assert after > before
    assert moved.data["from"] == before.isoformat()
    assert moved.data["to"] == after.isoformat()


def test_draft_cannot_be_answered():
    request = in_state(S.DRAFT)

    with pytest.raises(Refused, match="This is draft, so it cannot be granted now"):
        city_determinations.grant(request, answer=said(), **acting(request))
