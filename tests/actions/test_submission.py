from datetime import timedelta
from importlib import import_module

import pytest

from requests_app import letters
from requests_app.actions.errors import Refused
from requests_app.actions.requests import review, submission
from requests_app.ledger.attribution import Attribution
from requests_app.letters import FoundAddress, Sending
from requests_app.letters.paper import layout
from requests_app.models import (
    Channel,
    Delivery,
    DeliveryState,
    EventKind,
    Letter,
    Newsroom,
    OfficeEntry,
    RecordsRequest,
    RequestState,
)
from tests.factories import BY_EMAIL, CLERK, NOW, TODAY, acting, draft, in_state, office_known

pytestmark = pytest.mark.django_db
S = RequestState


def by_email(request: RecordsRequest, to: str = CLERK) -> Delivery:
    return submission.submit(request, sending=Sending(Channel.EMAIL, to), **acting(request))


def check_still_a_draft(request: RecordsRequest) -> None:
    request.refresh_from_db()
    assert request.state == S.DRAFT
    assert not Letter.objects.exists()
    assert not Delivery.objects.exists()
    assert [e.kind for e in request.events.all()] == [EventKind.DRAFTED]


def test_submitting_by_email_promises_one_sending_of_one_frozen_letter():
    request = draft()

    delivery = by_email(request)

    letter = request.letters.get()
    assert request.state == S.SUBMITTED
    assert delivery.state == DeliveryState.QUEUED
    assert delivery.letter == letter
    assert "every use-of-force report of 2025" in letter.text
    assert "Friday, November 6, 2026" in letter.text  # the day its answer is due, filled in
    assert bytes(letter.pdf).startswith(b"%PDF-")
    assert len(letter.sha256) == 64


def test_second_submission_is_told_when_the_first_was_made():
    request = draft()
    stale = RecordsRequest.objects.get(pk=request.pk)
    by_email(request)

    with pytest.raises(Refused, match=r"Already submitted on Nov 2, 2026\. Nothing was changed\."):
        by_email(stale)

    assert request.deliveries.count() == 1


def test_letter_that_cannot_be_made_leaves_a_draft(monkeypatch: pytest.MonkeyPatch):
    request = draft()

    def broken(*_: object) -> bytes:
        raise letters.LetterError("The fonts are missing: install fonts-sil-charis.")

    monkeypatch.setattr(import_module("requests_app.letters.issue"), "render_pdf", broken)
    with pytest.raises(Refused, match="fonts are missing"):
        by_email(request)

    check_still_a_draft(request)


@pytest.mark.parametrize("to", ["", "  ", "clerk", "clerk@", "a@b.example\nBcc: c@d.example"])
def test_address_that_is_none_leaves_a_draft(to: str):
    request = draft()

    with pytest.raises(Refused):
        by_email(request, to=to)

    check_still_a_draft(request)


def test_letter_that_takes_too_long_to_lay_out_leaves_a_draft(monkeypatch):
    def ended(page: str, **named: object) -> bytes:
        raise layout.TooLongError("time")

    monkeypatch.setattr(layout, "lay_out", ended)
    request = draft()

    with pytest.raises(Refused, match="takes too long to lay out"):
        by_email(request)

    check_still_a_draft(request)


def test_address_found_on_the_way_is_kept_with_the_submission_or_not_at_all():
    request = draft(city_slug="us-ca/concord")
    found = FoundAddress(source="a call to City Hall", checked_on=TODAY)
    Newsroom.objects.update(reviews_before_filing=True)

    with pytest.raises(Refused):
        submission.submit(
            request,
            sending=Sending(Channel.EMAIL, "clerk@concord.example", found=found),
            **acting(request),
        )
    assert not OfficeEntry.objects.exists()

    Newsroom.objects.update(reviews_before_filing=False)
    submission.submit(
        request,
        sending=Sending(Channel.EMAIL, "clerk@concord.example", found=found),
        **acting(request),
    )
    assert OfficeEntry.objects.get().value == "clerk@concord.example"


def test_newsroom_that_reviews_does_not_file_a_draft():
    request = draft()
    Newsroom.objects.update(reviews_before_filing=True)

    with pytest.raises(Refused, match="send it to an editor first"):
        by_email(request)

    check_still_a_draft(request)


def test_approved_request_is_filed_where_the_newsroom_reviews():
    request = draft()
    Newsroom.objects.update(reviews_before_filing=True)
    office_known(request.newsroom)
    review.send_to_review(request, **acting(request))
    review.approve(request, **acting(request))

    by_email(request)

    assert request.state == S.SUBMITTED


def test_returning_a_draft_needs_a_reason():
    request = in_state(S.IN_REVIEW)

    with pytest.raises(Refused, match="Say what should change"):
        review.return_to_draft(request, note=" ", **acting(request))


@pytest.mark.parametrize(
    ("channel", "to"),
    [
        (Channel.IN_PERSON, "888 Washington Boulevard"),
        (Channel.PORTAL, "https://portal.example/requests"),
        (Channel.PHONE, "203-555-0100"),
    ],
)
def test_handing_over_on_a_day_starts_the_clock_on_that_day(channel: Channel, to: str):
    request = draft()
    day = TODAY - timedelta(days=3)

    delivery = submission.submit(
        request,
        sending=Sending(channel, to, handed_over_on=day, confirmation="C-9"),
        **acting(request),
    )

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT
    assert delivery.confirmation == "C-9"
    assert request.submitted_on == day
    assert request.deadlines.get(clock="response").starts_on == day


def test_handing_over_later_leaves_it_waiting_with_no_clock():
    request = draft()

    delivery = submission.submit(
        request, sending=Sending(Channel.IN_PERSON, "888 Washington Boulevard"), **acting(request)
    )

    assert delivery.state == DeliveryState.BY_HAND
    assert not request.deadlines.exists()


def test_handing_over_tomorrow_is_refused():
    request = draft()

    with pytest.raises(Refused, match="has not come yet in Stamford"):
        submission.submit(
            request,
            sending=Sending(
                Channel.IN_PERSON,
                "888 Washington Boulevard",
                handed_over_on=TODAY + timedelta(days=1),
            ),
            **acting(request),
        )

    check_still_a_draft(request)


def test_a_late_evening_in_portland_is_still_that_day_there():
    """23:30 on Nov 1 in Portland is Nov 2 in Greenwich and on the east coast."""
    at = NOW.replace(day=2, hour=7, minute=30)
    request = draft(at=at, city_slug="us-or/portland", office_role="records_custodian")

    submission.submit(request, by=Attribution(request.created_by, at), sending=BY_EMAIL)

    assert request.submitted_on == TODAY - timedelta(days=1)
