"""A person's own name and address: who may change them, what proves it, and who hears of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from requests_app.models import User
from tests.accounts.people import PASSWORD, asked_again, owner, sign_in
from tests.factories import NOW
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db
NEW = "new@ledger.example"


def ask_for(new: str, browser: Client) -> Any:
    return browser.post(reverse("own_address"), {"email": new})


def mailed_link(to: str = NEW) -> str:
    [message] = [one for one in mail.outbox if one.to == [to]]
    link = re.search(r"https://localhost(\S+/me/address/\S+|/me/address/\S+)", str(message.body))
    assert link
    return link[1]


def told(address: str) -> list[str]:
    return [str(one.body) for one in mail.outbox if one.to == [address]]


@pytest.mark.parametrize("page", ["own_name", "own_address", "feed_end", "feed_new", "token_new"])
def test_an_open_session_is_asked_for_the_password_before_each_change(page: str) -> None:
    user = owner()

    answer = signed_in(user).post(reverse(page), {"email": NEW, "name": "Somebody Else"})

    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    user.refresh_from_db()
    assert (user.email != NEW, user.name != "Somebody Else", mail.outbox) == (True, True, [])


def test_an_address_counts_once_its_mailed_link_was_opened() -> None:
    user = owner()
    old, browser = user.email, asked_again(signed_in(user))

    ask_for(NEW, browser)
    user.refresh_from_db()
    assert user.email == old
    link = mailed_link()
    page = browser.get(link)
    user.refresh_from_db()
    assert ("Use it" in flat(page), user.email) == (True, old)
    browser.post(link)

    user.refresh_from_db()
    [address] = EmailAddress.objects.filter(user=user)
    assert user.email == address.email == NEW
    assert (address.verified, address.primary) == (True, True)
    assert sign_in(Client(), user).status_code == 302


def test_the_old_address_is_told_when_it_is_asked_and_when_it_is_done() -> None:
    user = owner()
    old, browser = user.email, asked_again(signed_in(user))

    ask_for(NEW, browser)
    browser.post(mailed_link())

    asked, done = told(old)
    assert f"Somebody asked to sign in as you with {NEW} instead of this address." in asked
    assert f"You now sign in with {NEW} instead of this address." in done
    assert "127.0.0.1" in done
    assert "https://localhost/sign-ins/" in done


def test_the_link_is_no_good_to_another_person_or_to_nobody() -> None:
    user = owner()
    ask_for(NEW, asked_again(signed_in(user)))
    link = mailed_link()

    assert signed_in(owner()).post(link).status_code == 404
    assert Client().post(link).status_code == 302
    user.refresh_from_db()
    assert user.email != NEW


def test_the_link_works_once_and_for_a_day() -> None:
    user = owner()
    browser = asked_again(signed_in(user))
    ask_for(NEW, browser)
    link = mailed_link()

    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        assert signed_in(user).post(link).status_code == 404
    browser.post(link)
    again = browser.post(link)

    assert again.status_code == 422
    assert "was changed since this link was mailed" in flat(again)


def test_an_address_that_somebody_has_is_refused_and_nobody_is_mailed() -> None:
    user, colleague = owner(), owner()

    answer = ask_for(colleague.email.upper(), asked_again(signed_in(user)))

    assert answer.status_code == 422
    assert "has an account already. Nothing was changed." in flat(answer)
    assert mail.outbox == []


def test_an_address_taken_between_the_mail_and_its_link_is_refused() -> None:
    user = owner()
    browser = asked_again(signed_in(user))
    ask_for(NEW, browser)
    owner(email=NEW)

    answer = browser.post(mailed_link())

    assert answer.status_code == 422
    assert User.objects.filter(email=NEW).count() == 1


def test_a_person_changes_their_name_and_is_told() -> None:
    user = owner(name="Ana Ruz")

    asked_again(signed_in(user)).post(reverse("own_name"), {"name": " Ana Ruiz "})

    user.refresh_from_db()
    assert user.name == "Ana Ruiz"
    assert "Your name is now “Ana Ruiz”; it was “Ana Ruz”." in told(user.email)[0]


@pytest.mark.parametrize(
    ("page", "given", "words"),
    [
        ("feed_new", {}, "An address for your calendar was made."),
        ("feed_end", {}, "Your calendar’s address was ended."),
        ("token_new", {"name": "Sheet", "days": "30"}, "An API token was made: “Sheet”."),
        (
            "webhook_new",
            {"url": "https://chat.paper.example/a-key"},
            "chat.paper.example is told of events that you see.",
        ),
        (
            "account_change_password",
            {
                "oldpassword": PASSWORD,
                "password1": "another-one-now",
                "password2": "another-one-now",
            },
            "Your password has been changed",
        ),
    ],
)
def test_a_person_is_told_of_each_change(page: str, given: dict[str, str], words: str) -> None:
    user = owner()

    asked_again(signed_in(user)).post(reverse(page), given)

    [body] = told(user.email)
    assert words in body
    assert "If it was not you" in body


def test_a_mail_server_that_is_away_is_said_and_the_change_stands(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    user = owner()

    answer = asked_again(signed_in(user)).post(reverse("own_name"), {"name": "Ana"}, follow=True)

    user.refresh_from_db()
    assert user.name == "Ana"
    assert "The mail server did not take the mail." in flat(answer)
