"""What became of each exemption is asked with the decision, and serves the next filing."""

import pytest
from django.urls import reverse

from requests_app.models import ClaimedExemption, OfferedDecision, Role
from requests_app.vocabulary.research.exemption_outcomes import Became
from tests.factories import TODAY, appealed, member
from tests.research.test_decisions_as_arguments import PASSAGE, logged, next_draft, offered, won
from tests.research.test_log_rows import SECTION, denied_over
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


def test_a_decision_says_of_every_exemption_what_became_of_it():
    request = denied_over()
    appeal = appealed(request)
    client = signed_in(request.created_by)
    address = reverse("appeal_decide", args=[appeal.pk])
    decision = {"on": TODAY.isoformat(), "outcome": "reversed", "channel": "email"}

    page = flat(client.get(address))
    without = client.post(address, decision | {"passage_0": PASSAGE})
    answer = client.post(
        address, decision | {"became_0": "rejected", "passage_0": PASSAGE, "page_0": "4"}
    )

    assert f"What became of “{SECTION}”?" in page
    assert f"Say what became of “{SECTION}”." in flat(without)
    assert answer.status_code == 303
    one = ClaimedExemption.objects.get()
    assert (one.became, one.passage, one.page) == ("rejected", PASSAGE, "4")


def test_an_editor_offers_a_decision_in_words_that_the_desk_began():
    entry = won()
    editor = member(Role.EDITOR, entry.newsroom)
    client = signed_in(editor)
    slug = entry.exemptions.get().exemption
    address = reverse("decision_offer", args=[entry.pk, slug])

    page = flat(client.get(address))
    answer = client.post(address, {"text": "It was rejected."})

    assert PASSAGE in page
    assert answer["Location"] == reverse("decision_list")
    assert OfferedDecision.objects.get().text == "It was rejected."


def test_the_argument_marks_it_as_our_own_and_one_offered_since_the_draft_can_be_chosen():
    entry = won()
    appeal = next_draft(entry.newsroom)
    offer = offered(entry)
    client = signed_in(appeal.records_request.created_by)
    address = reverse("appeal_argument", args=[appeal.pk])

    form = client.get(address).context["form"]
    data = {
        name: value
        for name, field in form.fields.items()
        if (value := form.get_initial_for_field(field, name)) not in (None, False)
    }
    [key] = [
        one.key for ground in form.shown_grounds() for one in ground.paragraphs if one.decision
    ]
    answer = client.post(address, data | {f"chosen_{key}": "on"})

    assert f"Our own source: {offer.citation}" in flat(client.get(address))
    assert answer.status_code == 303
    assert appeal.argument_paragraphs.get(decision=offer).is_chosen


def test_before_filing_it_says_what_was_decided_against_us():
    newsroom = member().membership.newsroom
    logged(newsroom, Became.UPHELD)
    appeal = next_draft(newsroom)
    client = signed_in(appeal.records_request.created_by)

    page = client.get(reverse("appeal_file", args=[appeal.pk]))

    assert "The Freedom of Information Commission upheld this exemption in FIC 2025-0123" in (
        flat(page)
    )
    assert "Nothing keeps you from filing it as it stands." in flat(page)


def test_a_reporter_offers_nothing():
    entry = won()
    client = signed_in(entry.records_request.created_by)
    slug = entry.exemptions.get().exemption

    answer = client.get(reverse("decision_offer", args=[entry.pk, slug]))

    assert answer.status_code == 403
