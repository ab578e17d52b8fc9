"""A challenge of the past is logged, corrected, followed by a further step and taken out."""

from datetime import date
from typing import get_args

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cities.schema.grievances import GrievanceKind
from requests_app.actions.errors import Refused
from requests_app.actions.research import log_entries
from requests_app.actions.research.log_entries import Claim
from requests_app.ledger.attribution import Attribution
from requests_app.models import LogDocument, LogEntry, LoggedRequest, RequestState
from requests_app.vocabulary.research.grounds import Challenged
from requests_app.vocabulary.research.imprecise_days import ImpreciseDay, Precision
from tests.factories import NOW, in_state, member
from tests.research.entries import a_logged_appeal, logged

pytestmark = pytest.mark.django_db


def test_words_find_the_city_the_route_and_the_exemption_of_its_law():
    entry = logged(member(), claims=(Claim("§ 1-210(b)(3)", "rejected", "No.", "4"),))

    [exemption] = entry.exemptions.all()
    assert (entry.city_slug, entry.route, entry.days) == ("us-ct/stamford", "foic", 184)
    assert exemption.citation.startswith("Conn. Gen. Stat. § 1-210(b)(3)")
    assert (exemption.became, exemption.passage, exemption.page) == ("rejected", "No.", "4")


def test_what_is_none_of_ours_stays_in_words():
    entry = logged(member(), place="Hartford, CT", body="FOIC", claims=(Claim("§ 1-210(b)(3)"),))

    [exemption] = entry.exemptions.all()
    assert (entry.city_slug, entry.place, entry.route) == ("", "Hartford, CT", "")
    assert (entry.body, exemption.exemption) == ("FOIC", "")


def test_days_are_not_counted_from_a_month():
    month = ImpreciseDay(date(2019, 3, 1), Precision.MONTH)

    entry = logged(member(), filed=month)

    assert (entry.filed, entry.days) == (month, None)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"state": "filed", "outcome": ""}, "A day of decision is entered: choose “decided”"),
        ({"state": "filed", "decided": None}, "An outcome is chosen: choose “decided”"),
        ({"outcome": ""}, "It is decided: choose the outcome."),
        (
            {"decided": ImpreciseDay(date(2018, 1, 1), Precision.YEAR)},
            "The day of the decision, 2018, is before that of the filing, March 4, 2019",
        ),
        (
            {"requested": ImpreciseDay(date(2020, 1, 1))},
            "The day of the filing, March 4, 2019, is before that of the request",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(said, sentence):
    with pytest.raises(Refused, match=sentence):
        logged(member(), **said)

    assert (LogEntry.objects.count(), LoggedRequest.objects.count()) == (0, 0)


def test_a_year_that_may_hold_both_days_is_taken():
    year = ImpreciseDay(date(2019, 1, 1), Precision.YEAR)

    assert logged(member(), decided=year).decided == year


def test_a_further_step_is_of_the_same_request():
    reporter = member()
    review = logged(reporter, outcome="affirmed")

    court = logged(reporter, follows=review, body="Superior Court", filed=None, decided=None)

    assert (court.logged_request, court.follows) == (review.logged_request, review)
    assert LoggedRequest.objects.count() == 1


def test_a_further_step_before_its_first_is_refused():
    reporter = member()
    review = logged(reporter)

    with pytest.raises(Refused, match="before that of the step before"):
        logged(reporter, follows=review, filed=ImpreciseDay(date(2018, 1, 1)), decided=None)


def test_a_correction_keeps_the_files_and_replaces_the_rest():
    reporter = member()
    file = SimpleUploadedFile("decision.pdf", b"%PDF-1.7", "application/pdf")
    entry = logged(reporter, files=(file,), claims=(Claim("Drafts"), Claim("Privacy")))

    corrected = a_logged_appeal(outcome="affirmed", claims=(Claim("Privacy", "upheld"),))
    log_entries.correct(entry, corrected, by=Attribution(reporter, NOW))

    entry.refresh_from_db()
    assert (entry.outcome, LogDocument.objects.get().name) == ("affirmed", "decision.pdf")
    assert [(one.as_claimed, one.became) for one in entry.exemptions.all()] == [
        ("Privacy", "upheld")
    ]


def test_what_is_tracked_is_corrected_on_its_request():
    request = in_state(RequestState.UNDER_APPEAL)
    by = Attribution(request.created_by, NOW)
    tracked = LogEntry.objects.get()

    with pytest.raises(Refused, match="This appeal is tracked"):
        log_entries.correct(tracked, a_logged_appeal(), by=by)
    with pytest.raises(Refused, match="This appeal is tracked"):
        log_entries.take_out(tracked)


def test_a_step_that_another_follows_stays_until_that_is_gone():
    reporter = member()
    review = logged(reporter)
    court = logged(reporter, follows=review, filed=None, decided=None)

    with pytest.raises(Refused, match="take that out first"):
        log_entries.take_out(review)
    log_entries.take_out(court)
    log_entries.take_out(review)

    assert (LogEntry.objects.count(), LoggedRequest.objects.count()) == (0, 0)


def test_every_kind_of_grievance_has_a_word():
    assert set(Challenged.values) == set(get_args(GrievanceKind))
