"""A token does what its scopes say, as long as it lasts and its person works in the newsroom."""

from datetime import timedelta
from importlib import import_module
from secrets import token_hex
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from requests_app.actions.errors import Refused
from requests_app.actions.newsroom import access, people
from requests_app.actions.newsroom.access import TokenWanted
from requests_app.ledger.attribution import Attribution
from requests_app.models import ApiToken, Role, Scope, User
from tests.api.callers import token_of, with_token
from tests.factories import NOW, NewsroomFactory, UserFactory, draft, member
from tests.views.conftest import _monday, _plain_http, signed_in  # noqa: F401  as for the pages

pytestmark = pytest.mark.django_db
PASSWORD = "look-around-freely"


def who_just_gave_their_password(user: User) -> Client:
    user.set_password(PASSWORD)
    user.save()
    client = signed_in(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def status_of(client: Client) -> int:
    return client.get(reverse("api_me")).status_code


def test_token_is_shown_once_and_kept_as_a_hash() -> None:
    client = who_just_gave_their_password(member())

    shown = client.post(reverse("token_new"), {"name": "Sheet", "days": "30"})
    again = client.get(reverse("access")).content.decode()

    key = shown.context["key"]
    kept = ApiToken.objects.get()
    assert key in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert key not in again
    assert f"{key[:9]}…" in again
    assert key not in str(vars(kept))
    assert kept.scopes == ["read"]
    assert kept.expires_at == NOW + timedelta(days=30)


def test_who_did_not_just_give_their_password_is_asked_for_it() -> None:
    answer = signed_in(member()).post(reverse("token_new"), {"name": "Sheet", "days": "30"})

    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]
    assert not ApiToken.objects.exists()


def test_ended_token_is_refused_from_the_next_call_on() -> None:
    user = member()
    client = with_token(user)
    assert status_of(client) == 200

    token = ApiToken.objects.get()
    who_just_gave_their_password(user).post(reverse("token_end", args=[token.pk]))
    answer = client.get(reverse("api_me"))

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "Make a new one" in answer.json()["detail"]


def test_token_expires() -> None:
    client = with_token(member())

    with time_machine.travel(NOW + timedelta(days=90), tick=False):
        assert status_of(client) == 401


def test_token_ends_with_its_person_and_with_the_membership() -> None:
    admin = member(Role.ADMIN)
    leaver, mover = (member(newsroom=admin.membership.newsroom) for _ in range(2))
    of_leaver, of_mover = with_token(leaver), with_token(mover)

    people.deactivate(leaver.membership, by=admin, at=NOW)
    mover.membership.newsroom = NewsroomFactory.create()
    mover.membership.save()

    assert (status_of(of_leaver), status_of(of_mover)) == (401, 401)


def test_old_word_in_the_header_is_read_too_and_nonsense_is_not() -> None:
    key = token_of(member())
    old = Client(headers={"Authorization": f"Token {key}"})
    two = Client(headers={"Authorization": f"Bearer {key} {key}"})
    strange = Client(headers={"Authorization": "Bearer \u00ff\u00fe"})

    assert (status_of(old), status_of(two), status_of(strange)) == (200, 401, 401)


def test_token_without_the_scope_changes_nothing_and_says_which_it_needs() -> None:
    request = draft()
    client = with_token(request.created_by, Scope.READ)

    answer = client.post(reverse("api_review", args=[request.public_id]))

    assert answer.status_code == 403
    assert "no scope “write”" in answer.json()["detail"]
    request.refresh_from_db()
    assert request.state == "draft"


def test_use_is_noted_to_the_minute() -> None:
    client = with_token(member())
    with time_machine.travel(NOW, tick=False) as clock:
        for seconds in (0, 30, 61):
            clock.move_to(NOW + timedelta(seconds=seconds))
            status_of(client)
            noted = ApiToken.objects.get().last_used_at
            assert noted == NOW + timedelta(seconds=61 if seconds == 61 else 0)


def test_a_person_has_no_more_than_twenty_tokens() -> None:
    user = member()
    for _ in range(20):
        token_of(user)

    with pytest.raises(Refused, match="end one"):
        access.issue_token(TokenWanted("one more"), by=Attribution(user, NOW))


def test_calls_beyond_the_limit_wait(settings) -> None:
    settings.API_PER_MINUTE = 2
    client = with_token(member())

    found = [client.get(reverse("api_me")) for _ in range(3)]

    assert [answer.status_code for answer in found] == [200, 200, 429]
    assert 1 <= int(found[2].headers["Retry-After"]) <= 61
    assert found[2].headers["Content-Type"] == "application/problem+json"


def test_tokens_are_not_guessed_at(settings) -> None:
    settings.API_STRANGERS_PER_MINUTE = 2
    here = f"2001:db8::{token_hex(2)}"
    guessing = Client(headers={"Authorization": "Bearer desk_guess"}, REMOTE_ADDR=here)

    assert [status_of(guessing) for _ in range(3)] == [401, 401, 429]


def test_token_of_before_is_kept_as_a_hash_and_reads_for_a_year() -> None:
    user, operator = member(), UserFactory.create()
    old = "0123456789abcdef0123456789abcdef01234567"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE authtoken_token (key varchar(40), user_id bigint)")
        cursor.execute(
            "INSERT INTO authtoken_token VALUES (%s, %s), (%s, %s)",
            [old, user.pk, "f" * 40, operator.pk],
        )

    migration = import_module("requests_app.migrations.0044_api_tokens")
    migration.take_over(apps, SimpleNamespace(connection=connection))

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM authtoken_token")
        assert cursor.fetchone() == (0,)
    kept = ApiToken.objects.get()
    assert (kept.user, kept.scopes) == (user, ["read"])
    assert status_of(Client(headers={"Authorization": f"Token {old}"})) == 200
