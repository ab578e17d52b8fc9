"""What comes of a sign-in by the newsroom's provider."""

import pytest
from django.test import Client

from requests_app.models import SecurityEvent
from requests_app.vocabulary.security_kinds import SecurityKind as K
from tests.accounts.people import owner
from tests.accounts.test_provider import _configured, provider, through_provider
from tests.ledger.security.walking import walks

__all__ = ["_configured", "provider"]

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("oidc")]


@pytest.fixture(autouse=True)
def _monday() -> None:
    """Not here: the provider signs with the time that it is."""


@walks(K.PROVIDER_LINKED)
def test_a_person_comes_in_by_the_provider_the_first_time(provider: str) -> None:
    user = owner()

    through_provider(provider, Client(), "ana", email=user.email, email_verified=True)

    assert SecurityEvent.objects.get(kind=K.PROVIDER_LINKED).about == user


@walks(K.PROVIDER_REFUSED)
def test_the_provider_sends_somebody_who_has_no_account(provider: str) -> None:
    through_provider(provider, Client(), "eve", email="eve@elsewhere.example")
