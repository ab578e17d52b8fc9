"""How long a sign-in lasts, where else it is, and what ends with it."""

import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bootstrap.paths import ROOT
from requests_app.accounts.sessions import device_words
from requests_app.actions.newsroom import access, people
from requests_app.ledger.attribution import Attribution
from requests_app.models import ApiToken, CalendarFeed, User
from tests.accounts.people import PASSWORD, owner, sign_in
from tests.api.callers import token_of
from tests.factories import NOW, member
from tests.views.conftest import flat

pytestmark = pytest.mark.django_db
NEW = "another-one-now"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def browser_of(user: User, **headers: str) -> Client:
    browser = Client(headers=headers or None)
    sign_in(browser, user)
    return browser


def works(browser: Client) -> bool:
    return browser.get("/").status_code == 200


def test_a_session_ends_after_an_hour_without_use() -> None:
    used, unused = (browser_of(owner()) for _ in range(2))

    for minutes in (40, 80):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            assert works(used)
    with time_machine.travel(NOW + timedelta(minutes=81), tick=False):
        assert (works(used), works(unused)) == (True, False)


def test_a_session_ends_after_twelve_hours_however_much_it_is_used() -> None:
    browser = browser_of(owner())
    found = {}

    for quarter in range(1, 51):
        with time_machine.travel(NOW + timedelta(minutes=15 * quarter), tick=False):
            found[quarter / 4] = works(browser)

    assert (found[12.0], found[12.25]) == (True, False)


def test_a_session_that_is_over_is_gone_from_the_database() -> None:
    user = owner()
    browser = browser_of(user)
    key = browser.session.session_key
    assert key

    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        assert not works(browser)
        assert not browser.session.exists(key)
        assert len(UserSession.objects.purge_and_list(user)) == 0


def test_use_is_written_once_a_minute_and_not_with_each_page() -> None:
    browser = browser_of(owner())
    written = []

    for seconds in (10, 20, 61, 70):
        with (
            time_machine.travel(NOW + timedelta(seconds=seconds), tick=False),
            CaptureQueriesContext(connection) as asked,
        ):
            browser.get(reverse("account_inactive"))
        written.append(any("UPDATE" in one["sql"] for one in asked))

    assert written == [False, False, True, False]


def test_over_https_cookies_are_this_hosts_alone() -> None:
    names = "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "DEVICE_COOKIE_NAME", "SESSION_COOKIE_SECURE"
    asked = f"from config import settings as s; print(*(getattr(s, n) for n in {names}))"
    env = {**os.environ, "BASE_URL": "https://desk.example.org", "SECRET_KEY": "x"}
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )

    assert said.stdout.split() == ["__Host-session", "__Host-csrf", "__Host-known-device", "True"]


def test_no_cookie_names_a_domain_or_a_path(settings: Any) -> None:
    browser = browser_of(owner())

    cookies = {name: (one["domain"], one["path"]) for name, one in browser.cookies.items()}

    ours = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.DEVICE_COOKIE_NAME)
    assert cookies == dict.fromkeys((*ours, "messages"), ("", "/"))


@pytest.mark.parametrize("page", ["board", "sign_in_list", "account_change_password", "mfa_index"])
def test_a_page_for_one_person_is_stored_nowhere(page: str) -> None:
    answer = browser_of(owner()).get(reverse(page))

    assert "no-store" in answer.headers["Cache-Control"]


def test_a_person_sees_where_they_are_signed_in() -> None:
    user = owner()
    browser_of(owner(), user_agent="Mozilla/5.0 (iPhone) Safari/605")
    browser_of(user, user_agent="Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36")
    here = browser_of(user, user_agent=FIREFOX)

    page = here.get(reverse("sign_in_list"))

    shown = [(one.device, one.address, one.is_this) for one in page.context["sign_ins"]]
    assert shown == [
        ("Firefox on Linux", "127.0.0.1", True),
        ("Chrome on Windows", "127.0.0.1", False),
    ]
    assert "This one, now" in flat(page)


def test_a_person_ends_another_sign_in() -> None:
    user = owner()
    here, there = browser_of(user), browser_of(user)
    [other] = UserSession.objects.filter(session_key=there.session.session_key)

    here.post(reverse("sign_in_end", args=[other.pk]))

    assert (works(here), works(there)) == (True, False)


def test_a_person_ends_all_others_at_once() -> None:
    user = owner()
    here, *others = (browser_of(user) for _ in range(3))

    here.post(reverse("sign_in_end_others"))

    assert [works(one) for one in (here, *others)] == [True, False, False]


def test_nobody_ends_a_colleagues_sign_in() -> None:
    theirs = browser_of(owner())
    [row] = UserSession.objects.all()

    browser_of(owner()).post(reverse("sign_in_end", args=[row.pk]))

    assert works(theirs)


def _keys(user: User) -> tuple[bool, bool]:
    at = Attribution(user, NOW).at
    return (
        ApiToken.objects.working(at=at).filter(user=user).exists(),
        CalendarFeed.objects.working(at=at).filter(user=user).exists(),
    )


def test_with_a_changed_password_ends_all_but_this_sign_in() -> None:
    user = owner()
    token_of(user)
    access.open_feed(by=Attribution(user, NOW))
    here, there = browser_of(user), browser_of(user)
    assert _keys(user) == (True, True)

    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    here.post(reverse("account_change_password"), given)

    assert (works(here), works(there), _keys(user)) == (True, False, (False, False))
    assert UserSession.objects.filter(user=user).count() == 1


def test_a_person_who_is_switched_off_has_nothing_left_even_when_let_in_again() -> None:
    admin = member("admin")
    user = owner(newsroom=admin.membership.newsroom)
    token_of(user)
    access.open_feed(by=Attribution(user, NOW))
    browser = browser_of(user)

    people.deactivate(user.membership, by=admin, at=NOW)
    user.membership.refresh_from_db()
    people.let_in_again(user.membership, by=admin)

    assert (works(browser), _keys(user)) == (False, (False, False))
    assert not UserSession.objects.filter(user=user).exists()


def test_who_founds_the_newsroom_sees_that_sign_in_too() -> None:
    browser = Client()
    given = {"name": "The Ledger", "admin_name": "Ada", "admin_email": "ada@ledger.example"}
    browser.post("/setup/", {**given, "admin_password": PASSWORD})

    [one] = browser.get(reverse("sign_in_list")).context["sign_ins"]

    assert one.is_this


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18 Safari/605", "Safari on macOS"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537", "Chrome on Android"),
        ("curl/8", "An unknown device"),
    ],
)
def test_a_device_is_named_by_what_its_browser_says(said: str, words: str) -> None:
    assert device_words(said) == words
