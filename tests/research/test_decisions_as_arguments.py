"""A decision of our own against an exemption is offered in the next argument; one for it warns."""

from datetime import date, timedelta

import pytest

from cities.rights.claimed_exemption import find_exemption
from cities.schema.load import load_city
from requests_app.actions.errors import Refused
from requests_app.actions.filings import argument
from requests_app.actions.filings.argument import ArgumentChanges, ParagraphChange
from requests_app.actions.requests import appeals, city_determinations, corrections
from requests_app.actions.requests.appeals import DecidedExemption
from requests_app.actions.research import offered_decisions
from requests_app.actions.research.offered_decisions import Offer
from requests_app.ledger.attribution import Attribution
from requests_app.letters.facts import own_decisions
from requests_app.letters.facts.claimed_grounds import challenged
from requests_app.models import ClaimedExemption, LogDocument, LogEntry, LoggedRequest, Role
from requests_app.vocabulary.research.exemption_outcomes import Became
from tests.casefile.papers import pdf
from tests.factories import NOW, TODAY, acting, member, said, submitted
from tests.filings.papers import kept
from tests.research.test_log_rows import SECTION, decided, denied_over

pytestmark = pytest.mark.django_db
PASSAGE = "The exemption does not reach these records."
LATER = NOW + timedelta(days=31)


def won(passage: str = PASSAGE):
    """A request whose denial the Commission reversed; the log's entry of it."""
    request = denied_over()
    decided(request, DecidedExemption(SECTION, Became.REJECTED, passage, "4"))
    return LogEntry.objects.get(records_request=request)


def exemption_of(entry: LogEntry) -> ClaimedExemption:
    return entry.exemptions.get()


def offered(entry: LogEntry, document=None):
    editor = member(Role.EDITOR, entry.newsroom)
    one = exemption_of(entry)
    text = own_decisions.proposed_text(one)
    by = Attribution(editor, NOW)
    return offered_decisions.offer(entry, Offer(one.exemption, text, document), by=by)


def next_draft(newsroom, claim: str = SECTION):
    """Another denial over the same section, by the same newsroom, and its drafted appeal."""
    request = submitted(member(newsroom=newsroom))
    city_determinations.deny(request, answer=said(), exemptions=[claim], **acting(request))
    return appeals.draft(request, route="foic", **acting(request))


def choose(appeal, row) -> None:
    changes = ArgumentChanges(paragraphs={row.pk: ParagraphChange(True, row.text)})
    argument.change(appeal, changes, **acting(appeal.records_request))
    appeal.refresh_from_db()


def of_our_own(appeal):
    return list(appeal.argument_paragraphs.exclude(decision=None))


def test_a_decision_that_was_offered_stands_unchosen_in_the_next_argument():
    entry = won()
    offer = offered(entry)

    appeal = next_draft(entry.newsroom)

    [row] = of_our_own(appeal)
    assert (row.decision, row.claim, row.is_chosen) == (offer, SECTION, False)
    assert PASSAGE not in appeal.letter_text


def test_what_a_person_chooses_of_it_is_printed():
    entry = won()
    offered(entry)
    appeal = next_draft(entry.newsroom)

    choose(appeal, of_our_own(appeal)[0])

    assert f"rejected this exemption in {own_decisions.case_of(entry)}" in " ".join(
        appeal.letter_text.split()
    )
    assert f"“{PASSAGE}” (p. 4)." in " ".join(appeal.letter_text.split())


def test_a_logged_decision_serves_as_a_tracked_one_does():
    newsroom = member().membership.newsroom
    entry = logged(newsroom, Became.REJECTED)
    offered(entry)

    appeal = next_draft(newsroom)

    assert [row.decision.citation for row in of_our_own(appeal)] == [
        "FIC 2025-0123 (March 4, 2025)"
    ]


def logged(newsroom, became: Became, city: str = "us-ct/stamford") -> LogEntry:
    """A decision filed elsewhere, as somebody logged it."""
    by = member(Role.RESEARCHER, newsroom)
    request = LoggedRequest.objects.create(
        newsroom=newsroom, city_slug=city, subject="Contracts", created_by=by
    )
    entry = LogEntry(
        newsroom=newsroom,
        logged_request=request,
        city_slug=city,
        body="Freedom of Information Commission",
        state="decided",
        outcome="reversed",
        order_number="FIC 2025-0123",
        decided_on=date(2025, 3, 4),
        created_by=by,
    )
    entry.rank()
    entry.save()
    slug = exemption_slug()
    ClaimedExemption.objects.create(
        entry=entry, as_claimed=SECTION, exemption=slug, citation=SECTION, became=became
    )
    return entry


def exemption_slug() -> str:
    found = find_exemption(load_city("us-ct/stamford").statute, SECTION).exemption
    assert found is not None
    return found.slug


def test_a_decision_taken_back_is_not_offered():
    entry = won()
    offered_decisions.take_back(offered(entry), by=Attribution(entry.created_by, NOW))

    assert of_our_own(next_draft(entry.newsroom)) == []


def test_a_decision_that_is_struck_is_printed_in_no_draft():
    entry = won()
    offered(entry)
    appeal = next_draft(entry.newsroom)
    choose(appeal, of_our_own(appeal)[0])
    event = entry.appeal.events.get(kind="appeal_decided")
    corrections.strike(
        event, why="Another case.", by=Attribution(entry.records_request.created_by, LATER)
    )

    composed = own_decisions.with_offers(
        challenged(appeal, on=TODAY), list(appeal.argument_paragraphs.all())
    )

    assert [row.is_chosen for row in composed if row.decision_id] == [False]


@pytest.mark.parametrize("became", [Became.UPHELD, Became.NARROWED, Became.WITHDRAWN])
def test_only_a_decision_that_rejects_an_exemption_can_be_offered(became: Became):
    entry = logged(member().membership.newsroom, became)

    with pytest.raises(Refused, match="did not reject"):
        offered(entry)


def test_it_is_offered_once():
    entry = won()
    offered(entry)

    with pytest.raises(Refused, match="offered already"):
        offered(entry)


def test_it_is_offered_to_no_other_newsroom_and_in_no_other_state():
    entry = won()
    offered(entry)
    elsewhere = logged(entry.newsroom, Became.REJECTED, city="us-ca/stockton")
    offered(elsewhere)

    assert of_our_own(next_draft(member().membership.newsroom)) == []
    [row] = of_our_own(next_draft(entry.newsroom))
    assert row.decision.entry == entry


def test_a_decision_that_upheld_it_warns_before_filing():
    newsroom = member().membership.newsroom
    logged(newsroom, Became.UPHELD)
    lost = denied_over()
    lost.newsroom = newsroom
    appeal = next_draft(newsroom)

    [held] = own_decisions.held_against_us(challenged(appeal, on=TODAY))

    assert held.sentence == (
        "The Freedom of Information Commission upheld this exemption in FIC 2025-0123 "
        "(March 4, 2025)."
    )


def test_of_our_own_case_it_says_that_it_was_against_us():
    request = denied_over()
    decided(request, DecidedExemption(SECTION, Became.UPHELD), outcome="affirmed")

    appeal = next_draft(request.newsroom)

    [held] = own_decisions.held_against_us(challenged(appeal, on=TODAY))
    assert "upheld this exemption against us in a case without a number" in held.sentence


def test_its_document_becomes_an_exhibit_of_the_draft_that_rests_on_it():
    newsroom = member().membership.newsroom
    entry = logged(newsroom, Became.REJECTED)
    file = kept("FIC-2025-0123.pdf", pdf("FINAL DECISION"), "application/pdf")
    document = LogDocument.objects.create(
        entry=entry,
        added_by=entry.created_by,
        name=file.name,
        file=file.stored,
        size=file.size,
        sha256=file.sha256,
        content_type=file.content_type,
    )
    offer = offered(entry, document)
    appeal = next_draft(newsroom)
    with pytest.raises(Refused, match="choose it there first"):
        offered_decisions.add_exhibit(appeal, offer, **acting(appeal.records_request))
    choose(appeal, of_our_own(appeal)[0])

    exhibit = offered_decisions.add_exhibit(appeal, offer, **acting(appeal.records_request))

    assert exhibit.title == "FIC 2025-0123 (March 4, 2025)"
    assert exhibit.attachment.sha256 == document.sha256
    assert exhibit.page_count == 1
