"""Every address of the desk, as everybody and as nobody. An address that is not listed fails."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from requests_app.models import CalendarFeed
from tests.views.conftest import signed_in
from tests.views.world import ROLES, World, build

pytestmark = pytest.mark.django_db

# nobody, reporter (whose requests they are), other reporter, researcher, editor, admin, and an
# admin of another newsroom
OPEN = (200, 200, 200, 200, 200, 200, 200)
MEMBERS = (302, 200, 200, 200, 200, 200, 200)
FILERS = (302, 200, 200, 403, 200, 200, 200)
READERS = (302, 200, 404, 200, 200, 200, 404)
WORKERS = (302, 200, 404, 403, 200, 200, 404)
ADMINS = (302, 403, 403, 403, 403, 200, 200)
OWN_ADMIN = (302, 403, 403, 403, 403, 200, 404)
DOES = (302, 303, 404, 403, 303, 303, 404)  # a button of those who work on it
LOGS = (302, 303, 404, 303, 303, 303, 404)  # and of a researcher
EDITS = (302, 403, 404, 403, 303, 303, 404)
EACH = (302, 303, 303, 303, 303, 303, 303)  # a button for oneself
API = (401, 200, 200, 200, 200, 200, 200)
API_READERS = (401, 200, 404, 200, 200, 200, 404)

Arguments = Callable[[World], list[Any]]


def _none(world: World) -> list[Any]:
    return []


def _denied(world: World) -> list[Any]:
    return [world.denied.public_id]


def _draft(world: World) -> list[Any]:
    return [world.draft.public_id]


def _appeal(world: World) -> list[Any]:
    return [world.appeal.pk]


def _by_hand(world: World) -> list[Any]:
    return [world.by_hand.pk]


def _feed(world: World) -> list[Any]:
    return [CalendarFeed.objects.get_or_create(user=world.people["editor"])[0].token]


def _stamford(world: World) -> list[Any]:
    return ["us-ct", "stamford"]


GET: dict[str, tuple[Arguments, tuple[int, ...]]] = {
    "board": (_none, MEMBERS),
    "first_newsroom": (_none, (303,) * 7),  # there is one already
    "health": (_none, OPEN),
    "account_login": (_none, (200, 302, 302, 302, 302, 302, 302)),
    "keys": (_none, MEMBERS),
    "request_list": (_none, MEMBERS),
    "request_new": (_none, FILERS),
    "request_page": (_denied, READERS),
    "deadline_text": (
        lambda w: [w.denied.public_id, w.denied.deadlines.get(clock="response").pk],
        READERS,
    ),
    "request_edit": (_draft, WORKERS),
    "request_preview": (_draft, READERS),
    "request_preview_page": (lambda w: [w.draft.public_id, 1], READERS),
    "request_submit": (_draft, WORKERS),
    "record_act": (lambda w: [w.denied.public_id, "closed"], WORKERS),
    "appeal_list": (_none, MEMBERS),
    "appeal_page": (_appeal, READERS),
    "appeal_edit": (_appeal, READERS),
    "appeal_preview": (_appeal, READERS),
    "appeal_file": (_appeal, WORKERS),
    "appeal_decide": (_appeal, READERS),
    "appeal_received": (_appeal, READERS),
    "appeal_withdraw": (_appeal, READERS),
    "letter_pdf": (lambda w: [w.letter.pk], READERS),
    "attachment_download": (lambda w: [w.attachment.pk], READERS),
    "delivery_list": (_none, MEMBERS),
    "delivery_hand_over": (_by_hand, WORKERS),
    "city_list": (_none, MEMBERS),
    "city_page": (_stamford, MEMBERS),
    "city_calendar": (_stamford, MEMBERS),
    "access": (_none, MEMBERS),
    "calendar_feed": (_feed, OPEN),  # its token is the key
    "api_schema": (_none, API),
    "api_requests": (_none, API),
    "api_request": (_denied, API_READERS),
    "api_deadlines": (_denied, API_READERS),
    "office_entry": (lambda w: ["us-ct", "stamford", "city_clerk"], MEMBERS),
    "closure_new": (_stamford, MEMBERS),
    "member_list": (_none, ADMINS),
    "member_new": (_none, ADMINS),
    "member_edit": (lambda w: [w.people["reporter"].membership.pk], OWN_ADMIN),
    "newsroom_settings": (_none, ADMINS),
}
POST: dict[str, tuple[Arguments, tuple[int, ...]]] = {
    "send_to_review": (_draft, DOES),
    "approve": (_draft, EDITS),
    "return_to_draft": (_draft, EDITS),
    "assign": (_draft, EDITS),
    "share": (_draft, DOES),
    "appeal_new": (lambda w: [w.denied.public_id, w.route], LOGS),
    "feed_new": (_none, EACH),
    "feed_end": (_none, EACH),
    "token_new": (_none, EACH),
    "token_end": (_none, EACH),
    "delivery_retry": (_by_hand, DOES),
    "delivery_confirm": (_by_hand, DOES),
}
# allauth's and the admin's pages have their own tests; here, that no stranger gets in.
THEIRS = ("account_", "mfa_", "admin:")


def _names(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or ''}"


def test_every_url_name_is_listed_here() -> None:
    names = set(_names(get_resolver().url_patterns))
    ours = {name for name in names if name in GET or not name.startswith(THEIRS)}

    assert ours - {""} == set(GET) | set(POST)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_answers_each_role_as_listed(role: str) -> None:
    world = build()
    column = ROLES.index(role)
    client = signed_in(world.people[role])

    # Closing an answer ends a connection that is older than its settings allow, as after any
    # request; in a test that would end the test's own transaction with it.
    connection.close_at = None
    found = {}
    for name, (arguments, _) in GET.items():
        with transaction.atomic():
            answer = client.get(reverse(name, args=arguments(world)))
            # Read to its end, as a browser does; the test client closes it then.
            if answer.streaming:
                b"".join(answer.streaming_content)  # type: ignore[attr-defined]
            found[name] = answer.status_code
            if answer.headers["Content-Type"].startswith("text/html"):
                assert _inline(answer.content.decode()) == [], name
            transaction.set_rollback(True)

    assert found == {name: expected[column] for name, (_, expected) in GET.items()}


@pytest.mark.parametrize("role", ROLES)
def test_every_button_answers_each_role_as_listed(role: str) -> None:
    world = build()
    column = ROLES.index(role)
    client = signed_in(world.people[role])

    found = {}
    for name, (arguments, _) in POST.items():
        with transaction.atomic():
            url = reverse(name, args=arguments(world))
            assert client.get(url).status_code == (302 if role == "nobody" else 405), name
            found[name] = client.post(url).status_code
            transaction.set_rollback(True)

    assert found == {name: expected[column] for name, (_, expected) in POST.items()}


# What allauth shows to somebody who has not signed in; everything else of it asks them to.
DOORS = {
    "account_inactive",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_signup",  # says that it is closed
    "account_email_verification_sent",
}


def test_allauths_pages_let_nobody_past_the_door() -> None:
    build()
    names = {name for name in _names(get_resolver().url_patterns) if name.startswith(THEIRS[:2])}

    shown = set()
    for name in names:
        try:
            url = reverse(name)
        except NoReverseMatch:  # it needs a key from a mail
            continue
        answer = signed_in(None).get(url)
        assert answer.status_code in {200, 302}, name
        if answer.status_code == 200:
            assert _inline(answer.content.decode()) == [], name
            shown.add(name)

    assert shown == DOORS


def test_a_member_can_open_every_page_of_their_own_account() -> None:
    client = signed_in(build().people["reporter"])

    for name in ("account_change_password", "account_logout", "account_email", "mfa_index"):
        answer = client.get(reverse(name))
        assert answer.status_code == 200, name
        assert _inline(answer.content.decode()) == [], name


@pytest.mark.parametrize("name", ["admin:index", "admin:requests_app_event_changelist"])
def test_the_operators_pages_are_closed_to_a_newsrooms_admin(name: str) -> None:
    world = build()

    answer = signed_in(world.people["admin"]).get(reverse(name))

    assert answer.status_code in {302, 403}


def _inline(html: str) -> list[str]:
    """What the content security policy would not run or draw."""
    return re.findall(
        r'\sstyle="|<style|\son\w+="|<script(?![^>]*\s(?:src=|type="application/json"))[^>]*>', html
    )
