"""The operator's pages: our own rows, to read; no key on any of them, and none can be made."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.admin import site as unserved_site
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, reverse

from requests_app.actions.newsroom import access, invitations
from requests_app.admin import SECRET, operator_site
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    ApiToken,
    CalendarFeed,
    FileLink,
    Invitation,
    Role,
    Scope,
    User,
    Webhook,
)
from tests.factories import NOW, member
from tests.views.conftest import signed_in
from tests.views.world import build

pytestmark = pytest.mark.django_db
PASSWORD = "seven-otters-swim"


@pytest.fixture
def operator() -> User:
    user = member(Role.ADMIN, is_staff=True, is_superuser=True)
    user.set_password(PASSWORD)
    user.save()
    return user


def freshly_signed_in(user: User) -> Client:
    """As by the sign-in page, which writes down how and when."""
    client = Client()
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content
    return client


def test_only_our_own_models_are_among_them_and_none_can_be_changed(operator: User, rf: Any):
    request = rf.get("/operator/")
    request.user = operator

    for model, admin in operator_site._registry.items():
        assert model._meta.app_label == "requests_app", model
        assert not admin.has_add_permission(request)
        assert not admin.has_change_permission(request)
        assert not admin.has_delete_permission(request)
        assert not admin.get_actions(request)
        shown = {name for name in admin.get_fields(request) if isinstance(name, str)}
        assert not shown & SECRET, model
        assert not set(admin.list_display) & SECRET, model


def test_what_other_apps_registered_is_not_served(operator: User):
    client = freshly_signed_in(operator)

    for model in unserved_site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("authtoken/token/", "auth/group/", "mfa/authenticator/", "account/emailaddress/"):
        assert client.get(f"/operator/{path}").status_code == 404


def secrets_of_everybody(people: list[User]) -> set[str]:
    """Every value that opens something, or that such a thing is recognized by."""
    found = set()
    for user in people:
        by = Attribution(user, NOW)
        found.add(access.issue_token(access.TokenWanted("x", (Scope.READ,), 30), by=by))
        found.add(access.open_feed(by=by))
        Webhook.objects.create(
            user=user, newsroom=user.membership.newsroom, url="https://x.example/", made_at=NOW
        )
        found.add(TOTP.activate(user, f"TOTPSECRET{user.pk}").instance.data["secret"])
        signed_in(user)
    found.add(
        invitations.invite(
            people[0].membership.newsroom,
            email="nia@x.example",
            role="editor",
            by=Attribution(people[0], NOW),
        )[1]
    )

    for model, field in [
        (User, "password"), (ApiToken, "digest"), (Invitation, "digest"), (FileLink, "token"),
        (Webhook, "secret"), (CalendarFeed, "digest"), (Session, "session_key"),
    ]:  # fmt: skip
        found.update(model.objects.values_list(field, flat=True))  # type: ignore[attr-defined]
    found.update(one.data["secret"] for one in Authenticator.objects.all())
    return {secret for secret in found if len(secret) > 8}


def test_no_secret_is_on_any_of_their_pages(operator: User):
    build()
    client = freshly_signed_in(operator)
    secrets = secrets_of_everybody(list(User.objects.exclude(membership=None)))
    assert len(secrets) > 20
    pages = [reverse("admin:index"), reverse("admin:app_list", args=["requests_app"])]
    for model in operator_site._registry:
        row = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.append(reverse(f"{row}_changelist"))
        for pk in model._default_manager.values_list("pk", flat=True)[:20]:
            pages += [reverse(f"{row}_change", args=[pk]), reverse(f"{row}_history", args=[pk])]
            for refused in (reverse(f"{row}_delete", args=[pk]), reverse(f"{row}_add")):
                assert client.get(refused).status_code == 403
                assert client.post(refused, {}).status_code == 403
            assert client.post(reverse(f"{row}_change", args=[pk]), {}).status_code == 403

    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200, address
        shown = answer.content.decode()
        assert [secret for secret in secrets if secret in shown] == [], address


def test_an_old_session_is_asked_for_the_password_again(operator: User):
    client = freshly_signed_in(operator)
    assert client.get(reverse("admin:index")).status_code == 200

    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        asked = client.get(reverse("admin:requests_app_user_changelist"), follow=True)
        onward = asked.request["PATH_INFO"]
        client.post(onward, {"password": PASSWORD})
        again = client.get(reverse("admin:requests_app_user_changelist"))

    assert onward == reverse("account_reauthenticate")
    assert again.status_code == 200


def test_a_session_that_says_nothing_of_how_it_began_is_not_enough(operator: User):
    answer = signed_in(operator).get(reverse("admin:index"), follow=True)

    assert answer.request["PATH_INFO"] == reverse("account_reauthenticate")


def test_a_second_factor_of_this_session_is_enough(operator: User):
    client = freshly_signed_in(operator)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session.save()

    assert client.get(reverse("admin:index")).status_code == 200


def test_who_does_not_operate_the_desk_is_refused():
    assert signed_in(member(Role.ADMIN)).get(reverse("admin:index"), follow=True).status_code == 403
