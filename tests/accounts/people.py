"""Somebody who signs in, and the browser they do it with."""

from typing import Any

from django.test import Client

from requests_app.models import User
from tests.factories import member

PASSWORD = "look-around-freely"
STRANGER, OFFICE = "203.0.113.9", "198.51.100.7"


def owner(**given: Any) -> User:
    user = member(**given)
    user.set_password(PASSWORD)
    user.save()
    return user


def browser_at(address: str) -> Client:
    """A browser without cookies, behind one proxy that says where it is."""
    return Client(headers={"X-Forwarded-For": address})


def sign_in(browser: Client, user: User, password: str = PASSWORD, **headers: str) -> Any:
    given = {"login": user.email, "password": password}
    return browser.post("/accounts/login/", given, headers=headers or None)


def is_signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def asked_again(browser: Client) -> Client:
    """With the password just given once more, as before each change to one's own access."""
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser
