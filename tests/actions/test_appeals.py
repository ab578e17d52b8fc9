from datetime import timedelta

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.requests import appeals, city_determinations, ending, silence
from requests_app.demo.finished_drafts import finish
from requests_app.letters import Sending
from requests_app.models import Appeal, AppealOutcome, AppealState, Channel, EventKind, RequestState
from requests_app.policy.rights import open_routes
from tests.factories import (
    BY_EMAIL,
    NOW,
    TODAY,
    acting,
    appealed,
    deemed_denied,
    in_state,
    said,
    silent,
    submitted,
)

pytestmark = pytest.mark.django_db
S = RequestState


def routes(request, on=TODAY) -> list[str]:
    return [option.route.slug for option in open_routes(request, on=on)]


def test_routes_after_a_denial_are_the_citys_in_their_order():
    assert routes(in_state(S.DENIED))[0] == "foic"


def test_nothing_is_offered_while_the_city_has_time():
    assert routes(submitted()) == []


def test_elected_officials_denial_skips_the_district_attorney():
    """ORS 192.427: records in an elected official's custody go to court at once."""
    request = submitted(city_slug="us-or/portland", office_role="elected_official")
    city_determinations.deny(request, answer=said(), **acting(request))

    offered = routes(request)
    assert "district_attorney" not in offered
    assert any("court" in slug for slug in offered)


def test_route_that_is_not_open_cannot_be_drafted():
    request = submitted()

    with pytest.raises(Refused, match="not open"):
        appeals.draft(request, route="foic", **acting(request))


def test_appeal_has_a_letter_to_the_body():
    request = in_state(S.DENIED)

    appeal = appeals.draft(request, route="foic", **acting(request))

    assert "Freedom of Information Commission" in appeal.letter_text
    assert appeal.state == AppealState.DRAFT
    assert request.state == S.DENIED


def test_one_route_has_one_open_appeal():
    request = in_state(S.DENIED)
    appeals.draft(request, route="foic", **acting(request))

    with pytest.raises(Refused, match="already"):
        appeals.draft(request, route="foic", **acting(request))


def test_filed_appeal_meets_our_clock_only_once_it_is_sent():
    request = in_state(S.DENIED)
    appeal = appeals.draft(request, route="foic", **acting(request))
    finish(appeal, **acting(request))

    appeals.file(appeal, sending=Sending(Channel.EMAIL, "body@foic.example"), **acting(request))

    assert request.deadlines.get(clock="appeal").status == "running"


def test_sent_appeal_meets_our_clock_and_starts_the_bodys():
    request = in_state(S.DENIED)

    appealed(request)

    assert request.deadlines.get(clock="appeal").status == "met"
    assert request.deadlines.get(clock="appeal_decision").status == "running"


def test_decision_opens_the_next_route():
    request = in_state(S.UNDER_APPEAL)
    appeal = request.appeals.get()

    appeals.decide(appeal, appeals.Decision(TODAY, AppealOutcome.AFFIRMED), **acting(request))

    assert "superior_court" in routes(request)
    assert request.state == S.UNDER_APPEAL


def test_decision_before_the_filing_is_refused():
    request = in_state(S.UNDER_APPEAL)
    day = TODAY - timedelta(days=1)

    with pytest.raises(Refused, match="the day the appeal was filed"):
        appeals.decide(
            request.appeals.get(), appeals.Decision(day, AppealOutcome.AFFIRMED), **acting(request)
        )


def test_decided_appeal_cannot_be_decided_again():
    request = in_state(S.UNDER_APPEAL)
    appeal = request.appeals.get()
    appeals.decide(appeal, appeals.Decision(TODAY, AppealOutcome.AFFIRMED), **acting(request))

    with pytest.raises(Refused, match="Already decided on Nov 2, 2026"):
        appeals.decide(appeal, appeals.Decision(TODAY, AppealOutcome.REVERSED), **acting(request))


def test_records_may_come_after_a_reversal_and_then_it_is_closed():
    request = in_state(S.UNDER_APPEAL)
    appeal = request.appeals.get()
    appeals.decide(appeal, appeals.Decision(TODAY, AppealOutcome.REVERSED), **acting(request))

    city_determinations.grant(request, answer=said(), **acting(request))
    ending.close(request, on=TODAY, **acting(request))

    assert request.state == S.CLOSED


def test_request_with_an_open_appeal_is_not_closed():
    request = in_state(S.UNDER_APPEAL)

    with pytest.raises(Refused, match="An appeal is still open"):
        ending.close(request, on=TODAY, **acting(request))


def test_silence_is_a_denial_once_the_time_is_over():
    """Conn. Gen. Stat. § 1-206(a): failure to comply within four business days is a denial."""
    request = deemed_denied()

    event = request.events.get(kind=EventKind.DEEMED_DENIED)
    assert request.state == S.DENIED
    assert request.is_denied_by_silence
    assert "§ 1-206(a)" in event.data["citation"]
    assert "foic" in routes(request)


def test_silence_is_no_denial_before():
    request = submitted()

    with pytest.raises(Refused, match=r"The city has until Fri Nov 6, 2026"):
        silence.treat_as_denial(request, on=TODAY, **acting(request))


@pytest.mark.parametrize(
    ("city", "office"),
    [("us-ca/concord", "city_clerk"), ("us-mo/kansas-city", "records_custodian")],
)
def test_silence_is_no_denial_where_the_law_does_not_say_so(city: str, office: str):
    at = NOW - timedelta(days=40)
    request = submitted(at=at, city_slug=city, office_role=office)

    with pytest.raises(Refused):
        silence.treat_as_denial(request, on=TODAY, **acting(request))

    assert routes(request) != []  # but there is somewhere to go


def test_answered_silence_cannot_be_treated_as_a_denial():
    request = silent()
    city_determinations.grant(request, answer=said(), **acting(request))

    with pytest.raises(Refused, match="granted"):
        silence.treat_as_denial(request, on=TODAY, **acting(request))


def test_city_may_still_deny_in_writing_after_its_silence():
    request = deemed_denied()

    city_determinations.deny(
        request, answer=said(), exemptions=["§ 1-210(b)(1)"], **acting(request)
    )

    assert request.state == S.DENIED
    assert not request.is_denied_by_silence


def decided() -> Appeal:
    request = in_state(S.UNDER_APPEAL)
    appeal = request.appeals.get()
    appeals.decide(appeal, appeals.Decision(TODAY, AppealOutcome.AFFIRMED), **acting(request))
    return appeals.draft(request, route="superior_court", **acting(request))


def test_notice_to_the_city_files_no_case_in_court():
    appeal = decided()

    with pytest.raises(Refused, match="Enter the day on which the case was filed in court"):
        appeals.file(appeal, sending=BY_EMAIL, **acting(appeal.records_request))

    assert appeal.records_request.deadlines.get(clock="court").status == "running"


def test_case_filed_in_court_meets_the_clock_and_its_notice_goes_to_the_city():
    appeal = decided()

    delivery = appeals.file(
        appeal,
        sending=BY_EMAIL,
        in_court=appeals.CourtFiling(TODAY, "HHB-CV-26-1"),
        **acting(appeal.records_request),
    )

    appeal.records_request.refresh_from_db()
    assert appeal.records_request.state == S.IN_LITIGATION
    assert appeal.body_reference == "HHB-CV-26-1"
    assert appeal.records_request.deadlines.get(clock="court").status == "met"
    assert delivery.to_name == "City Clerk"
