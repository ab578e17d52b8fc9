from typing import Any

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.requests import drafting, submission
from requests_app.ledger.attribution import Attribution
from requests_app.models import EventKind, RecordsRequest, RequestState
from tests.factories import (
    BY_EMAIL,
    NOW,
    acting,
    content_of,
    draft,
    in_state,
    member,
    rewritten,
)

pytestmark = pytest.mark.django_db


def test_draft_has_a_letter_from_the_citys_wording():
    request = draft()

    assert "Connecticut Freedom of Information Act" in request.letter_text
    assert "every use-of-force report of 2025" in request.letter_text
    assert request.letter_template
    assert [e.kind for e in request.events.all()] == [EventKind.DRAFTED]


def test_references_count_by_city_and_year_within_a_newsroom():
    reporter = member()

    references = [draft(reporter).reference for _ in range(2)]
    elsewhere = draft(reporter, city_slug="us-or/portland", office_role="records_custodian")
    other_newsroom = draft()

    assert references == ["STAM-2026-0001", "STAM-2026-0002"]
    assert elsewhere.reference == "PORT-2026-0001"
    assert other_newsroom.reference == "STAM-2026-0001"


def test_reply_addresses_differ():
    assert draft().public_id != draft().public_id


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"city_slug": "us-ct/atlantis"}, "no city pack"),
        ({"office_role": "mayor_of_nowhere"}, "has no office"),
        ({"subject": "   "}, "subject"),
        ({"particulars": {}}, "what"),
        ({"particulars": {"what": "x", "colour": "red"}}, "colour"),
        ({"particulars": {"what": "x", "from_on": "2026-02-01", "to_on": "2026-01-01"}}, "period"),
        ({"track": "secret_track"}, "no separate track"),
    ],
)
def test_wrong_details_are_refused_and_nothing_is_kept(changed: dict[str, Any], reason: str):
    with pytest.raises(Refused, match=reason):
        draft(**changed)

    assert not RecordsRequest.objects.exists()


def test_untouched_letter_follows_the_details():
    request = draft()

    drafting.save(
        request,
        content_of(request, subject="Towing", particulars={"what": "towing contracts"}),
        **acting(request),
    )

    assert "towing contracts" in request.letter_text


def test_untouched_letter_follows_the_details_whatever_a_browser_makes_of_its_lines():
    request = draft()
    sent_back = request.letter_text.replace("\n", "\r\n")

    drafting.save(
        request,
        content_of(request, particulars={"what": "towing contracts"}, text=sent_back),
        **acting(request),
    )

    assert "towing contracts" in request.letter_text


def test_edited_letter_is_left_alone():
    request = rewritten(draft(), "Dear Clerk: our own words.")

    drafting.save(
        request,
        content_of(request, subject="Towing", particulars={"what": "towing contracts"}),
        **acting(request),
    )

    assert (request.subject, request.letter_text) == ("Towing", "Dear Clerk: our own words.\n")


def test_letter_and_details_that_were_both_changed_are_both_saved():
    request = draft()

    drafting.save(
        request,
        content_of(request, subject="Towing", text="Dear Clerk: our own words."),
        **acting(request),
    )

    request.refresh_from_db()
    assert (request.subject, request.letter_text) == ("Towing", "Dear Clerk: our own words.\n")


def test_empty_letter_is_refused():
    request = draft()

    with pytest.raises(Refused, match="empty"):
        drafting.save(request, content_of(request, text=" \n "), **acting(request))


def test_submitted_letter_cannot_be_edited():
    request = in_state(RequestState.SUBMITTED)

    with pytest.raises(Refused, match="only a draft can be edited"):
        drafting.save(request, content_of(request, text="Never mind."), **acting(request))


def test_stale_copy_cannot_edit_what_was_submitted_meanwhile():
    request = draft()
    stale = RecordsRequest.objects.get(pk=request.pk)
    submission.submit(request, by=Attribution(request.created_by, NOW), sending=BY_EMAIL)

    with pytest.raises(Refused):
        drafting.save(stale, content_of(stale, text="Never mind."), **acting(stale))


def test_numbers_go_on_past_ten_thousand():
    """Text alone puts -9999 behind -10000: the next would be a number that is given already."""
    by = member()
    for number in ("9999", "10000"):
        RecordsRequest.objects.filter(pk=draft(by).pk).update(reference=f"STAM-2026-{number}")

    assert [draft(by).reference for _ in range(2)] == ["STAM-2026-10001", "STAM-2026-10002"]


def test_numbers_are_counted_by_city_year_and_newsroom():
    by = member()
    others = {
        "PDX-2026-77777": draft(by),
        "STAM-2025-88888": draft(by),
        "STAM-2026-99999": draft(member()),
    }
    for reference, request in others.items():
        RecordsRequest.objects.filter(pk=request.pk).update(reference=reference)

    assert draft(by).reference == "STAM-2026-0001"
