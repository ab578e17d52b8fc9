"""What stands in front of every page: the token of a form, and what a browser may run and show."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.module_loading import import_string

from requests_app.models import Newsroom, Role
from tests.factories import member
from tests.views.conftest import BACKEND
from tests.views.test_every_url import OPERATOR, UNNAMED, _names

pytestmark = pytest.mark.django_db

# In the order in which they see a request; whoever takes one out says so here.
MIDDLEWARE = [
    "requests_app.accounts.hosts.OnlyBaseUrl",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "requests_app.accounts.origin.NoteOrigin",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "requests_app.views.text_that_can_be_kept.RefuseTextThatCannotBeKept",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "requests_app.accounts.sessions.SignedInPages",
    "requests_app.views.drafts.signed_out.KeepWordsOfTheSignedOut",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "requests_app.accounts.second_factor.RequireSecondFactor",
]
CONTENT_SECURITY_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
# Mail programs send "unsubscribe" themselves, with nothing but the address (RFC 8058).
WITHOUT_TOKEN = {"unsubscribe"}
NO_TOKEN = re.compile(r"<h1>Send it again</h1>|CSRF Failed: ")


def _asks_for_the_token(answer: Any) -> bool:
    """Or, of the API to somebody it does not know, for who they are."""
    missing = answer.status_code == 403 and NO_TOKEN.search(answer.content.decode())
    return bool(missing) or answer.status_code == 401


def _addresses() -> dict[str, str]:
    """Every address that is served, of made-up things: the token is asked for before any."""
    found = {}
    for name in set(_names(get_resolver().url_patterns)) - UNNAMED:
        if name in OPERATOR:
            arguments = OPERATOR[name]
        else:
            [(_, parameters)] = get_resolver().reverse_dict.getlist(name)[0][0]
            arguments = [1] * len(parameters)
        found[name] = reverse(name, args=arguments)
    return found


def _careful(role: str | None = None) -> Client:
    """A client that is asked for the token of a form, as every browser is."""
    client = Client(enforce_csrf_checks=True)
    if role:
        client.force_login(member(role), backend=BACKEND)
    return client


@pytest.mark.parametrize("role", [None, Role.REPORTER, Role.ADMIN])
def test_a_post_without_the_forms_token_is_refused_everywhere(role: str | None) -> None:
    client = _careful(role)

    taken = {
        name
        for name, address in _addresses().items()
        if not _asks_for_the_token(client.post(address))
    }

    assert taken == WITHOUT_TOKEN


SETTINGS = {"name": "The New Ledger", "recall_minutes": "5", "largest_file_mb": "800"}


def test_a_post_with_the_forms_token_is_taken() -> None:
    client = _careful(Role.ADMIN)
    page = client.get("/settings/").content.decode()
    [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page))
    told = {**SETTINGS, "csrfmiddlewaretoken": token}

    answer = client.post("/settings/", told)

    assert (answer.status_code, Newsroom.objects.get().name) == (303, "The New Ledger")


def test_a_form_that_another_site_sends_is_refused_even_with_the_token() -> None:
    client = _careful(Role.ADMIN)
    client.get("/settings/")
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    told = {**SETTINGS, "csrfmiddlewaretoken": token}

    answer = client.post("/settings/", told, headers={"origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert Newsroom.objects.get().name != "The New Ledger"


@pytest.mark.parametrize(
    "path",
    ["/", "/requests/", "/settings/", "/accounts/2fa/", "/nowhere/", "/health/", "/api/requests/"],
)
def test_a_browser_runs_and_shows_only_what_comes_from_here(path: str) -> None:
    answer = _careful(Role.ADMIN).get(path)

    policy = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    assert {name: sources for name, *sources in policy} == CONTENT_SECURITY_POLICY
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_other_site_may_read_an_answer_nor_any_method_echo_a_request() -> None:
    client = _careful(Role.ADMIN)

    answers = [
        client.get(path, headers={"origin": "https://elsewhere.example"})
        for path in ("/", "/api/requests/", "/health/")
    ]
    echo = client.trace("/requests/", headers={"x-told": "to nobody else"}).content

    assert [name for one in answers for name in one.headers if "access-control" in name] == []
    assert b"to nobody else" not in echo


def test_the_way_out_stands_on_a_page_of_every_role() -> None:
    for role in Role:
        page = _careful(role).get("/requests/").content.decode()
        assert f'action="{reverse("account_logout")}"' in page


def test_nothing_that_stands_in_front_of_the_pages_was_taken_away() -> None:
    assert settings.MIDDLEWARE == MIDDLEWARE
    assert all(import_string(path) for path in MIDDLEWARE)


def test_cookies_stay_with_the_browser_and_off_plain_http() -> None:
    member(email="rosa@ledger.example")
    client = _careful()

    page = client.get("/accounts/login/", secure=True)

    cookie = page.cookies[settings.CSRF_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    is_secure = settings.BASE_URL.startswith("https://")
    assert settings.SESSION_COOKIE_SECURE is settings.CSRF_COOKIE_SECURE is is_secure
    assert bool(cookie["secure"]) is is_secure
