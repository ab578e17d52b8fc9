"""Each kind is written by the page, the act or the command that it is about."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from requests_app.actions.mail.calls_and_letters import CallOrLetter, record_call_or_letter
from requests_app.actions.newsroom import invitations, people, webhooks
from requests_app.actions.privacy import erasing, retention
from requests_app.actions.privacy.erasing_content import Why, erase_message
from requests_app.actions.research import exporting, scorecards
from requests_app.actions.research.scorecards import Shown
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    Attachment,
    Channel,
    Invitation,
    Membership,
    Role,
    User,
)
from requests_app.views.sending import files
from requests_app.vocabulary.erasure_grounds import ErasureGround
from requests_app.vocabulary.security_kinds import SecurityKind as K
from tests.accounts.people import PASSWORD, asked_again, owner, sign_in
from tests.api.callers import token_of
from tests.factories import NOW, TODAY, member, submitted
from tests.ledger.security.walking import WALKED, check, entries

pytestmark = pytest.mark.django_db


def browser_of(user: User) -> Client:
    browser = Client()
    sign_in(browser, user)
    return browser


def colleague_of(admin: User) -> Membership:
    return member(newsroom=admin.membership.newsroom).membership


def _sign_in(admin: User) -> None:
    sign_in(Client(), admin)


def _sign_out(admin: User) -> None:
    browser_of(admin).post("/accounts/logout/")


def _wrong(admin: User) -> None:
    sign_in(Client(), admin, "not it")


def _too_often(admin: User) -> None:
    browser = Client()
    for _ in range(8):
        sign_in(browser, admin, "not it")


def _end_others(admin: User) -> None:
    browser_of(admin)
    second = browser_of(admin)
    second.post("/sign-ins/end-others/")


def _invite(admin: User) -> None:
    page = browser_of(admin)
    page.post("/members/new/", {"email": "new@ledger.example", "role": "editor"})


def _invited(admin: User) -> tuple[Invitation, str]:
    return invitations.invite(
        admin.membership.newsroom, email="b@ledger.example", role=Role.EDITOR,
        by=Attribution(admin, NOW),
    )  # fmt: skip


def _accept(admin: User) -> None:
    invitations.accept(_invited(admin)[1], name="Kim", password="look-around-freely-9", at=NOW)


def _withdraw(admin: User) -> None:
    invitations.withdraw(_invited(admin)[0], by=Attribution(admin, NOW))


def _role(admin: User) -> None:
    people.change_role(colleague_of(admin), role=Role.EDITOR, by=admin)


def _rename(admin: User) -> None:
    people.rename(colleague_of(admin).user, name="Another Name", by=admin)


def _off(admin: User) -> None:
    people.deactivate(colleague_of(admin), by=admin, at=NOW)


def _on(admin: User) -> None:
    place = colleague_of(admin)
    people.deactivate(place, by=admin, at=NOW)
    people.let_in_again(place, by=admin)


def _erase(admin: User) -> None:
    place = colleague_of(admin)
    people.deactivate(place, by=admin, at=NOW)
    erasing.erase_account(User.objects.get(pk=place.user_id), at=NOW)


def _settings(admin: User) -> None:
    people.change_settings(admin.membership.newsroom, by=admin, recall_minutes=9)


def _token(admin: User) -> None:
    page = asked_again(browser_of(admin))
    page.post("/access/token/new/", {"name": "a script", "days": 30})


def _bad_token(admin: User) -> None:
    Client().get("/api/v1/requests/", headers={"Authorization": "Bearer desk_nothing"})


def _feed(admin: User) -> None:
    asked_again(browser_of(admin)).post("/access/calendar/new/")


def _hook(admin: User) -> Any:
    return webhooks.subscribe(
        url="https://hooks.example/key-in-here", kinds=[], by=Attribution(admin, NOW)
    )


def _hook_secret(admin: User) -> None:
    webhooks.change_secret(_hook(admin), by=Attribution(admin, NOW))


def _hook_end(admin: User) -> None:
    webhooks.end(_hook(admin), by=Attribution(admin, NOW))


def _attachment(admin: User) -> Attachment:
    return Attachment.objects.create(
        records_request=submitted(member(newsroom=admin.membership.newsroom)),
        file=ContentFile(b"a file", name="a.pdf"), name="a.pdf", size=6, sha256="a" * 64,
        added_by=admin,
    )  # fmt: skip


def _read(answer: Any) -> None:
    """To its end, at which Django's client closes it and leaves the test's own connection open."""
    assert b"".join(answer.streaming_content)


def _file(admin: User) -> None:
    document = _attachment(admin)
    with mock.patch.object(files.scan_queue, "why_apart", return_value=""):
        _read(browser_of(admin).get(reverse("attachment_download", args=[document.pk])))


def _quarantined(admin: User) -> None:
    document = _attachment(admin)
    _read(browser_of(admin).post(reverse("attachment_release", args=[document.pk])))


def _again(admin: User) -> None:
    invitation, _ = _invited(admin)
    later = Attribution(admin, NOW + timedelta(hours=1))
    invitations.send_again(invitation, by=later)


def _change_password(admin: User) -> None:
    new = "seven-otters-swim"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    asked_again(browser_of(admin)).post(reverse("account_change_password"), given)


def _two_steps(admin: User, code: str = "") -> None:
    TOTP.activate(admin, generate_totp_secret())
    codes = RecoveryCodes.activate(admin).get_unused_codes()
    browser_of(admin).post(reverse("mfa_authenticate"), {"code": code or codes[0]})


def _wrong_code(admin: User) -> None:
    _two_steps(admin, "000000")


def _no_longer(admin: User) -> None:
    TOTP.activate(admin, generate_totp_secret())
    request = mock.Mock(spec=["session"], session={})
    authenticator = Authenticator.objects.get(user=admin)
    signals.authenticator_removed.send(
        Authenticator, request=request, user=admin, authenticator=authenticator
    )


def _feed_end(admin: User) -> None:
    asked_again(browser_of(admin)).post(reverse("feed_end"))


def _token_end(admin: User) -> None:
    token_of(admin)
    page = reverse("token_end", args=[admin.api_tokens.latest("pk").pk])
    asked_again(browser_of(admin)).post(page)


def _export(admin: User) -> None:
    exporting.ask(
        admin.membership.newsroom, exporting.WantedExport("csv"), by=Attribution(admin, NOW)
    )


def _purge(admin: User) -> None:
    _invited(admin)
    call_command("purge")
    retention.purge(at=NOW + timedelta(days=90))


def _operate(admin: User) -> None:
    User.objects.filter(pk=admin.pk).update(is_staff=True, is_superuser=True)
    browser_of(admin).get(reverse("admin:index"))


def _new_address(admin: User) -> None:
    asked_again(browser_of(admin)).post(reverse("own_address"), {"email": "new@ledger.example"})


def _log(admin: User) -> None:
    browser_of(admin).get(reverse("security_log_csv"))


def _own_data(admin: User) -> None:
    browser_of(admin).post("/my-data/download/")


def _erase_content(admin: User) -> None:
    request = submitted(admin)
    call = CallOrLetter(Channel.PHONE, TODAY, "Dana Ortiz", "not it")
    message = record_call_or_letter(request, call, by=Attribution(admin, NOW))
    erase_message(message, Why(ErasureGround.COURT_ORDER, "An order"), by=Attribution(admin, NOW))


def _forbidden(admin: User) -> None:
    reporter = owner(newsroom=admin.membership.newsroom)
    browser_of(reporter).get("/members/")


def _list(admin: User) -> None:
    browser_of(admin).get("/requests.csv")


def _forged(admin: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(admin)
    browser.post("/settings/", {"name": "Mine now"})


ACTS: dict[K, Callable[[User], Any]] = {
    K.SIGNED_IN: _sign_in, K.SIGNED_OUT: _sign_out, K.SIGN_IN_FAILED: _wrong,
    K.SIGN_IN_REFUSED: _too_often, K.SESSION_ENDED: _end_others, K.INVITED: _invite,
    K.INVITATION_TAKEN_UP: _accept, K.INVITATION_WITHDRAWN: _withdraw, K.ROLE_CHANGED: _role,
    K.NAME_CHANGED: _rename, K.MEMBER_SWITCHED_OFF: _off, K.MEMBER_LET_IN: _on,
    K.ACCOUNT_ERASED: _erase, K.SETTINGS_CHANGED: _settings, K.TOKEN_MADE: _token,
    K.TOKEN_REFUSED: _bad_token, K.FEED_MADE: _feed, K.WEBHOOK_MADE: _hook,
    K.WEBHOOK_SECRET_CHANGED: _hook_secret, K.WEBHOOK_ENDED: _hook_end, K.FILE_OPENED: _file,
    K.PERSONAL_DATA_FETCHED: _own_data, K.PERMISSION_REFUSED: _forbidden,
    K.FORGERY_REFUSED: _forged, K.QUARANTINED_FILE_OPENED: _quarantined, K.INVITED_AGAIN: _again,
    K.PASSWORD_CHANGED: _change_password, K.RECOVERY_CODE_USED: _two_steps,
    K.FACTOR_FAILED: _wrong_code, K.FACTOR_REMOVED: _no_longer, K.FEED_ENDED: _feed_end,
    K.TOKEN_ENDED: _token_end, K.EXPORT_ASKED: _export, K.PURGED: _purge,
    K.OPERATOR_SITE_OPENED: _operate, K.ADDRESS_ASKED: _new_address, K.SECURITY_LOG_FETCHED: _log,
    K.CONTENT_ERASED: _erase_content, K.LIST_FETCHED: _list,
}  # fmt: skip


WALKED.update(ACTS)


@pytest.mark.parametrize("kind", ACTS)
def test_act_leaves_its_entry(kind: K) -> None:
    admin = owner(role=Role.ADMIN)

    with entries() as written:
        ACTS[kind](admin)

    check(written, kind)


def test_what_is_published_for_everybody_leaves_its_entries() -> None:
    admin = member(Role.ADMIN)
    newsroom, by = admin.membership.newsroom, Attribution(admin, NOW)

    with entries() as found:
        scorecards.switch(newsroom, on=True, by=by)
        scorecards.publish(newsroom, "us-ct/stamford", Shown(["outcomes"]), by=by)
        scorecards.take_down(newsroom, "us-ct/stamford", by=by)

    assert [entry.facts["changed"] for entry in found] == [
        "scorecards are published",
        "figures of us-ct/stamford are published: outcomes",
        "figures of us-ct/stamford are published no more",
    ]
    assert {entry.kind for entry in found} == {K.SETTINGS_CHANGED}
