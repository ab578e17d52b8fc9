"""Sign-in by a real OpenID Connect provider, a process of its own on this machine."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from requests_app.models import User
from tests.accounts.people import is_signed_in, owner
from tests.views.conftest import flat, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("oidc")]


@pytest.fixture(autouse=True)
def _monday() -> None:
    """Not here: the provider signs with the time that it is."""


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://localhost:{port}"
    try:
        for _ in range(600):
            try:
                httpx.get(f"{url}/.well-known/openid-configuration").raise_for_status()
                break
            except httpx.TransportError:
                assert program.poll() is None
                time.sleep(0.1)
        yield url
    finally:
        program.terminate()
        program.wait(10)


@pytest.fixture(autouse=True)
def _configured(settings: Any, provider: str) -> None:
    app = {
        "provider_id": "newsroom",
        "name": "Ledger Staff",
        "client_id": "desk",
        "secret": "a secret",
        "settings": {"server_url": provider},
    }
    settings.OIDC_NAME = "Ledger Staff"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
    }


def through_provider(
    provider: str, browser: Client, sub: str, query: str = "", **claims: Any
) -> Any:
    """What a person does: press our button, sign in there, and be led back."""
    httpx.put(f"{provider}/users/{sub}", json=claims).raise_for_status()
    begun = browser.post(reverse("openid_connect_login", args=["newsroom"]) + query)
    back = httpx.post(begun.headers["Location"], data={"sub": sub}).headers["Location"]
    address = urlsplit(back)
    return browser.get(f"{address.path}?{address.query}")


def test_a_person_who_was_invited_signs_in_by_the_provider(provider: str) -> None:
    user, browser = owner(), Client()

    answer = through_provider(
        provider, browser, "ana", email=user.email.upper(), email_verified=True
    )

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert browser.session["_auth_user_id"] == str(user.pk)


def test_their_password_and_second_factor_stay_as_they_were(provider: str) -> None:
    user = owner()

    through_provider(provider, Client(), "ben", email=user.email, email_verified=True)

    before = user.password
    user.refresh_from_db()
    assert user.password == before
    assert SocialAccount.objects.get().user == user


@pytest.mark.parametrize("verified", [False, None, "false"])
def test_an_address_that_the_provider_does_not_vouch_for_opens_nothing(
    provider: str, verified: Any
) -> None:
    user, browser = owner(), Client()
    claims = {} if verified is None else {"email_verified": verified}

    answer = through_provider(provider, browser, "cam", email=user.email, **claims)

    assert (answer.status_code, is_signed_in(browser)) == (403, False)
    assert "You have no account here" in flat(answer)
    assert not SocialAccount.objects.exists()


def test_nobody_gets_an_account_by_signing_in_there(provider: str) -> None:
    owner()
    browser, before = Client(), User.objects.count()

    answer = through_provider(
        provider, browser, "dee", email="dee@elsewhere.example", email_verified=True
    )

    assert (answer.status_code, is_signed_in(browser)) == (403, False)
    assert User.objects.count() == before


def test_a_person_who_left_is_not_let_in_by_the_provider(provider: str) -> None:
    user = owner()
    through_provider(provider, Client(), "eve", email=user.email, email_verified=True)
    user.is_active = False
    user.save()
    browser = Client()

    through_provider(provider, browser, "eve", email=user.email, email_verified=True)

    assert not is_signed_in(browser)


def test_an_open_session_cannot_link_a_strangers_account(provider: str) -> None:
    victim = owner()
    browser = signed_in(victim)

    answer = through_provider(
        provider,
        browser,
        "fox",
        "?process=connect",
        email="fox@elsewhere.example",
        email_verified=True,
    )

    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()


def test_the_sign_in_page_names_the_provider() -> None:
    owner()

    assert "Sign in with Ledger Staff" in flat(Client().get(reverse("account_login")))


def test_an_answer_that_nobody_asked_for_signs_nobody_in(provider: str) -> None:
    browser = Client()
    callback = reverse("openid_connect_callback", args=["newsroom"])

    browser.get(callback, {"code": "made-up", "state": "made-up"})

    assert not is_signed_in(browser)
