"""What of a second factor is stored, and newsrooms in which everybody has one."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from requests_app.models import Newsroom, User
from tests.accounts.people import is_signed_in, owner, sign_in
from tests.api.callers import with_token
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def in_a_strict_newsroom(user: User) -> User:
    Newsroom.objects.filter(pk=user.membership.newsroom_id).update(requires_second_factor=True)
    user.refresh_from_db()
    return user


def test_what_an_authenticator_shares_is_stored_encrypted_and_still_signs_in() -> None:
    user, secret = owner(), generate_totp_secret()
    TOTP.activate(user, secret)
    browser = Client()

    sign_in(browser, user)
    before = is_signed_in(browser)
    browser.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert (before, is_signed_in(browser)) == (False, True)


def test_recovery_codes_are_stored_encrypted_and_each_signs_in_once() -> None:
    user = owner()
    TOTP.activate(user, generate_totp_secret())
    codes = RecoveryCodes.activate(user)
    one = codes.get_unused_codes()[0]
    found = []

    for _ in range(2):
        browser = Client()
        sign_in(browser, user)
        browser.post(reverse("mfa_authenticate"), {"code": one})
        found.append(is_signed_in(browser))

    assert found == [True, False]


def test_a_member_without_a_second_factor_is_led_to_it_before_anything_else() -> None:
    browser = signed_in(in_a_strict_newsroom(owner()))

    for name in ("board", "request_list", "member_list", "access"):
        answer = browser.get(reverse(name))
        assert answer.headers["Location"] == reverse("mfa_index"), name
    posted = browser.post(reverse("sign_in_end_others"))
    api = browser.get(reverse("api_requests"))

    assert posted.headers["Location"] == reverse("sign_in_list")
    assert (api.status_code, "second factor" in api.json()["detail"]) == (403, True)
    assert "add a passkey or an authenticator app first" in flat(browser.get(reverse("mfa_index")))


def test_a_form_that_is_sent_without_a_second_factor_does_nothing() -> None:
    user = in_a_strict_newsroom(owner(role="admin"))
    newsroom = user.membership.newsroom

    signed_in(user).post(reverse("newsroom_settings"), {"name": "Taken over"})

    newsroom.refresh_from_db()
    assert newsroom.name != "Taken over"


def test_a_member_with_a_second_factor_works_as_always() -> None:
    user = in_a_strict_newsroom(owner())
    TOTP.activate(user, generate_totp_secret())

    assert signed_in(user).get(reverse("board")).status_code == 200


def test_recovery_codes_alone_are_no_second_factor() -> None:
    user = in_a_strict_newsroom(owner())
    RecoveryCodes.activate(user)

    assert signed_in(user).get(reverse("board")).status_code == 302


def test_pages_for_everybody_and_the_way_out_stay_open() -> None:
    browser = signed_in(in_a_strict_newsroom(owner()))

    assert browser.get(reverse("health")).status_code == 200
    assert browser.post(reverse("account_logout")).headers["Location"] == "/"
    assert not is_signed_in(browser)


def test_a_token_that_its_person_made_works_on() -> None:
    user = owner()
    program = with_token(in_a_strict_newsroom(user))

    assert program.get(reverse("api_me")).status_code == 200


def test_other_newsrooms_are_not_asked() -> None:
    in_a_strict_newsroom(owner())

    assert signed_in(owner()).get(reverse("board")).status_code == 200


def test_an_admin_asks_a_second_factor_of_everybody() -> None:
    admin = owner(role="admin")
    given = {"name": "The Ledger", "recall_minutes": "3", "largest_file_mb": "2000"}

    answer = signed_in(admin).post(
        reverse("newsroom_settings"), {**given, "requires_second_factor": "on"}
    )

    assert answer.status_code == 303
    assert Newsroom.objects.get().requires_second_factor


def test_a_founder_is_offered_a_passkey_in_the_first_minute() -> None:
    browser = Client()
    given = {"name": "The Ledger", "admin_name": "Ada", "admin_email": "ada@ledger.example"}
    answer = browser.post("/setup/", {**given, "admin_password": "look-around-freely"}, follow=True)

    add = reverse("mfa_add_webauthn")

    assert f'<a href="{add}">Add a passkey</a>' in flat(answer)
    assert browser.get(add).status_code == 200  # without giving the password again


def test_passkeys_are_this_desks_and_no_other_hosts(settings: Any) -> None:
    settings.BASE_URL, settings.BASE_URL_IS_LOOPBACK = "https://desk.example.org", False

    asked = Client().get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})

    assert asked.json()["request_options"]["publicKey"]["rpId"] == "desk.example.org"
