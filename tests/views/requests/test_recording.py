"""Recording what the city did, by the page of each act."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.models import Role
from requests_app.policy.acts import ACTS
from tests.factories import TODAY, member, submitted
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


def _html(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_recording_an_answer_before_the_request_is_refused_on_the_form() -> None:
    rr = submitted()
    client = signed_in(rr.created_by)
    early = {"on": str(TODAY - timedelta(days=30)), "channel": "email"}

    answer = client.post(reverse("record_act", args=[rr.public_id, "denied"]), early)

    assert answer.status_code == 422
    assert "check the date" in answer.content.decode()
    rr.refresh_from_db()
    assert rr.state == "submitted"


def test_recording_a_denial_keeps_its_exemptions_and_offers_the_routes() -> None:
    rr = submitted()
    client = signed_in(rr.created_by)
    claimed = rr.city.statute.exemptions[0].citation
    told = {"on": str(TODAY), "channel": "email", "exemptions": [claimed], "text": "We decline."}

    client.post(reverse("record_act", args=[rr.public_id, "denied"]), told)

    page = _html(client, f"/requests/{rr.public_id}/")
    assert f"denied the request, claiming {claimed}" in page
    assert "We decline." in page
    assert "Appeal to the Freedom of Information Commission" in page


@pytest.mark.parametrize("act", sorted(ACTS))
def test_every_act_has_a_page_for_a_pending_request(act: str) -> None:
    rr = submitted()
    editor = member(Role.EDITOR, rr.newsroom)

    page = signed_in(editor).get(reverse("record_act", args=[rr.public_id, act]))

    assert page.status_code == 200
    assert ACTS[act].title in page.content.decode()
