"""Wrong passwords: who waits for them, how long, and who does not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from config.shared_cache import SharedFileCache
from requests_app.accounts.throttles import (
    FROM_ONE_ADDRESS_TO_ONE_ACCOUNT,
    Counter,
    TooManyTries,
)
from requests_app.models import User
from tests.accounts.people import (
    OFFICE,
    STRANGER,
    browser_at,
    is_signed_in,
    owner,
    sign_in,
)
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _behind_one_proxy(settings: Any, tmp_path: Path) -> None:
    """And counting in files, whose time is the one that the test says."""
    settings.TRUSTED_PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    files = {"BACKEND": "config.shared_cache.SharedFileCache", "LOCATION": tmp_path / "counts"}
    settings.CACHES = {"default": files}


def flood(user: User, times: int = 80, at: str = STRANGER) -> list[int]:
    return [sign_in(browser_at(at), user, "a wrong one").status_code for _ in range(times)]


def test_a_strangers_flood_keeps_nobody_out_who_is_elsewhere() -> None:
    admin, colleague = owner(role="admin"), owner()

    flood(admin)

    for person in (admin, colleague):
        browser = browser_at(OFFICE)
        assert sign_in(browser, person).status_code == 302
        assert is_signed_in(browser)


def test_a_flood_from_the_same_address_keeps_nobody_out_on_a_device_they_know() -> None:
    user = owner()
    browser = browser_at(OFFICE)
    sign_in(browser, user)
    browser.post("/accounts/logout/")

    flood(user, at=OFFICE)

    assert not is_signed_in(browser)
    assert sign_in(browser, user).status_code == 302
    assert is_signed_in(browser)


def test_the_stranger_waits_even_with_the_right_password_and_is_told_how_long() -> None:
    user = owner()
    flood(user, 6)

    answer = sign_in(browser_at(STRANGER), user)

    assert answer.status_code == 200
    assert "Try again in 15 seconds" in answer.content.decode()


def test_what_a_client_writes_itself_before_the_proxys_entry_does_not_help_it() -> None:
    user = owner()
    for n in range(20):
        sign_in(browser_at(f"192.0.2.{n}, {STRANGER}"), user, "a wrong one")

    stranger = browser_at(f"192.0.2.99, {STRANGER}")
    sign_in(stranger, user)

    assert not is_signed_in(stranger)


def test_guesses_from_many_addresses_at_once_delay_strangers_and_no_known_device() -> None:
    user = owner()
    at_home = browser_at(OFFICE)
    sign_in(at_home, user)
    at_home.post("/accounts/logout/")
    for n in range(60):
        sign_in(browser_at(f"192.0.2.{n}"), user, "a wrong one")

    elsewhere = browser_at("203.0.113.200")
    sign_in(elsewhere, user)
    sign_in(at_home, user)

    assert (is_signed_in(elsewhere), is_signed_in(at_home)) == (False, True)


def test_who_set_a_password_by_the_mailed_link_waits_for_no_strangers_tries() -> None:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    user = owner()
    browser = browser_at(OFFICE)
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    form = browser.get(f"/accounts/password/reset/key/{key}/").headers["Location"]
    browser.post(form, {"password1": "a new one, and long", "password2": "a new one, and long"})
    flood(user, at=OFFICE)

    sign_in(browser, user, "a new one, and long")

    assert is_signed_in(browser)


def test_a_device_that_is_known_to_one_person_is_a_strangers_to_another() -> None:
    user, colleague = owner(), owner()
    browser = browser_at(OFFICE)
    sign_in(browser, colleague)
    browser.post("/accounts/logout/")
    flood(user, at=OFFICE)

    sign_in(browser, user)

    assert not is_signed_in(browser)


def test_a_device_cookie_that_nobody_signed_is_none(settings: Any) -> None:
    user = owner()
    flood(user, at=OFFICE)
    browser = browser_at(OFFICE)
    browser.cookies[settings.DEVICE_COOKIE_NAME] = "W1sxLCJ4IiwieSJdXQ:1vF:made-up"

    sign_in(browser, user)

    assert not is_signed_in(browser)


def test_a_known_device_may_not_guess_for_ever_either() -> None:
    user = owner()
    browser = browser_at(OFFICE)
    sign_in(browser, user)
    browser.post("/accounts/logout/")
    for _ in range(11):
        sign_in(browser, user, "a wrong one")

    sign_in(browser, user)

    assert not is_signed_in(browser)


def test_a_device_is_forgotten_with_the_password() -> None:
    user = owner()
    browser = browser_at(OFFICE)
    sign_in(browser, user)
    browser.post("/accounts/logout/")
    user.set_password("another-one-now")
    user.save()
    flood(user, at=OFFICE)

    sign_in(browser, user, "another-one-now")

    assert not is_signed_in(browser)


def test_each_further_wrong_password_costs_a_longer_wait() -> None:
    user, waits = owner(), []
    flood(user, FROM_ONE_ADDRESS_TO_ONE_ACCOUNT.free)
    at = NOW
    for _ in range(5):
        with time_machine.travel(at, tick=False):
            flood(user, 1)  # looked at, and wrong
            with pytest.raises(TooManyTries) as wait:
                Counter(FROM_ONE_ADDRESS_TO_ONE_ACCOUNT, f"{user.email} {STRANGER}").take()
            waits.append(wait.value.seconds)
        at += timedelta(seconds=waits[-1] + 1)

    assert waits == [15, 30, 60, 120, 240]


def test_a_right_password_is_not_counted_however_often() -> None:
    user = owner()

    for _ in range(30):
        browser = browser_at(OFFICE)
        sign_in(browser, user)
        assert is_signed_in(browser)


def test_a_right_password_does_not_wipe_out_the_tries_of_others_at_that_address() -> None:
    """Else whoever has an account signs in between guesses at another."""
    user, thief = owner(), owner()
    for _ in range(6):
        flood(user, 1)
        sign_in(browser_at(STRANGER), thief)

    browser = browser_at(STRANGER)
    sign_in(browser, user)

    assert not is_signed_in(browser)


def test_tries_at_the_same_moment_count_like_tries_in_a_row() -> None:
    counter = Counter(FROM_ONE_ADDRESS_TO_ONE_ACCOUNT, "somebody")

    def one(_: int) -> bool:
        try:
            counter.take()
        except TooManyTries:
            return False
        return True

    with ThreadPoolExecutor(16) as many:
        let_through = list(many.map(one, range(64)))

    assert sum(let_through) == FROM_ONE_ADDRESS_TO_ONE_ACCOUNT.free + 1


def test_without_a_proxy_what_a_client_says_of_its_address_is_not_believed(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 0
    user = owner()
    for n in range(20):
        sign_in(browser_at(f"192.0.2.{n}"), user, "a wrong one")

    stranger = browser_at("192.0.2.99")
    sign_in(stranger, user)

    assert not is_signed_in(stranger)


def test_an_address_with_fewer_proxies_than_are_set_is_read_without_them(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 2
    browser = Client(headers={"X-Forwarded-For": "not an address"})

    assert sign_in(browser, owner()).status_code == 302


def test_what_one_process_counts_the_others_know(tmp_path: Path) -> None:
    one, another = (SharedFileCache(str(tmp_path / "shared"), {}) for _ in range(2))

    one.add("tries", 0, 60)
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda n: (one, another)[n % 2].incr("tries"), range(40)))

    assert (one.get("tries"), another.get("tries")) == (40, 40)
    assert one.add("tries", 0, 60) is False


def test_counts_are_not_dropped_for_room_and_go_when_they_expire(tmp_path: Path) -> None:
    kept = SharedFileCache(str(tmp_path / "many"), {"max_entries": 10})
    for n in range(40):
        kept.set(f"key{n}", n, 60)
    assert [kept.get(f"key{n}") for n in range(40)] == list(range(40))

    with time_machine.travel(NOW + timedelta(seconds=61), tick=False):
        kept._swept_at = float("-inf")
        kept.set("one-more", 1, 60)

    assert len(list((tmp_path / "many").glob("*.djcache"))) == 1


def test_the_cache_is_one_that_processes_share() -> None:
    from config import settings as configured

    backend = configured.CACHES["default"]["BACKEND"]

    assert backend in {
        "config.shared_cache.SharedFileCache",
        "django.core.cache.backends.redis.RedisCache",
    }
