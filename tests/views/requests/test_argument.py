"""The page on which a challenge is argued, and the checklist of its body, as a person uses them."""

import pytest
from django.test import Client

from requests_app.actions.requests import appeals, city_determinations
from requests_app.models import Appeal
from tests.factories import acting, said, submitted
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db

DRAFTS = "Conn. Gen. Stat. § 1-210(b)(1)"


def drafted(*claims: str) -> tuple[Client, Appeal]:
    request = submitted()
    city_determinations.deny(request, answer=said(), exemptions=list(claims), **acting(request))
    appeal = appeals.draft(request, route="foic", **acting(request))
    return signed_in(request.created_by), appeal


def test_the_page_shows():
    client, appeal = drafted(DRAFTS, "§ 99")

    page = client.get(f"/appeals/{appeal.pk}/argument/").content.decode()

    assert "The city must show" in page
