"""Accounts: what somebody at an open session of another person's can not do with them."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import Resolver404, resolve

from tests.factories import member
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db

# Of allauth's pages, those that the desk does not offer: an address is an admin's matter, accounts
# are made by invitation, and a password is set by the link that an invitation carries.
NOT_OFFERED = (
    "/accounts/email/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/any-key/",
    "/accounts/signup/",
    "/accounts/password/set/",
    "/accounts/login/code/",
    "/accounts/login/code/confirm/",
    "/accounts/",
)


@pytest.mark.parametrize("path", NOT_OFFERED)
def test_a_page_of_allauths_that_is_not_offered_is_not_there(path: str) -> None:
    client = signed_in(member())

    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)
    with pytest.raises(Resolver404):
        resolve(path)


@pytest.mark.parametrize("action", ["action_add", "action_primary", "action_remove", "action_send"])
def test_an_open_session_cannot_change_the_address_of_an_account(action: str) -> None:
    owner = member()
    EmailAddress.objects.create(user=owner, email=owner.email, primary=True, verified=True)

    answer = signed_in(owner).post(
        "/accounts/email/", {"email": "thief@elsewhere.example", action: ""}
    )

    assert answer.status_code == 404
    [address] = EmailAddress.objects.filter(user=owner)
    assert (address.email, address.primary, address.verified) == (owner.email, True, True)
    owner.refresh_from_db()
    assert owner.email == address.email


def test_an_open_session_cannot_change_the_password_without_knowing_it() -> None:
    owner = member()
    owner.set_password("look-around-freely")
    owner.save()
    session = signed_in(owner)

    answer = session.post(
        "/accounts/password/change/",
        {
            "oldpassword": "a-guess-of-it",
            "password1": "taken-over-now",
            "password2": "taken-over-now",
        },
    )

    owner.refresh_from_db()
    assert (answer.status_code, owner.check_password("look-around-freely")) == (200, True)


@pytest.mark.parametrize("page", ["totp/deactivate/", "recovery-codes/generate/"])
def test_an_open_session_must_give_the_password_before_it_changes_the_second_factor(
    page: str,
) -> None:
    owner = member()
    owner.set_password("look-around-freely")
    owner.save()
    TOTP.activate(owner, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

    answer = signed_in(owner).get(f"/accounts/2fa/{page}")

    assert answer.headers["Location"].startswith("/accounts/reauthenticate/?next=")


def test_a_sign_in_that_failed_at_the_provider_is_said_to_who_is_not_signed_in() -> None:
    assert Client().get("/accounts/oidc/error/").status_code == 401
