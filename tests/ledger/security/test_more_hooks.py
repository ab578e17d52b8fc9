"""Acts that need more than an admin: the provider, mailed links, commands, what was made before."""

import io
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image

from requests_app.actions.catalog import own_portal
from requests_app.ledger.attribution import Attribution
from requests_app.models import CaseFile, CaseFileState, Role, SecurityEvent, User
from requests_app.vocabulary.security_kinds import SecurityKind as K
from tests.accounts.people import asked_again, owner, sign_in
from tests.accounts.test_second_factor import code_of
from tests.actions.catalog.test_own_portal import LIST, OURS, STAMFORD
from tests.factories import NOW, member, submitted
from tests.inbound.messages import answer_to, taken_in
from tests.ledger.security import (
    test_hooks,
    test_provider_hooks,
)
from tests.ledger.security.walking import WALKED, walks
from tests.research.exporting.logs import exported, full_log
from tests.storage.test_backups import desk, spare
from tests.test_stored_secrets import key_file
from tests.views.conftest import signed_in
from tests.webhooks.test_webhooks import note, sent, told

__all__ = ["desk", "key_file", "spare", "test_hooks", "test_provider_hooks"]

pytestmark = pytest.mark.django_db


def last(kind: K) -> SecurityEvent:
    return SecurityEvent.objects.filter(kind=kind).latest("pk")


def to_its_end(answer: Any) -> None:
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)


# -- one's own access --
@walks(K.PASSWORD_SET_BY_MAIL)
def test_a_password_set_by_the_mailed_link() -> None:
    user, browser = owner(), Client()
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    form = browser.get(f"/accounts/password/reset/key/{key}/").headers["Location"]

    browser.post(form, {"password1": "seven-otters-swim", "password2": "seven-otters-swim"})

    assert (
        last(K.PASSWORD_SET_BY_MAIL).sentence == f"{user} chose a new password by the mailed link."
    )


@walks(K.ADDRESS_CHANGED)
def test_an_address_changed_by_the_mailed_link() -> None:
    user = owner()
    old, browser = user.email, asked_again(signed_in(user))
    browser.post(reverse("own_address"), {"email": "new@ledger.example"})
    [message] = [one for one in mail.outbox if one.to == ["new@ledger.example"]]
    link = re.search(r"/me/address/\S+", str(message.body))
    assert link

    browser.post(link[0])

    assert last(K.ADDRESS_CHANGED).facts == {"old": old, "new": "new@ledger.example"}


@pytest.mark.django_db(transaction=True)  # allauth tells of it once it is committed
@walks(K.FACTOR_ADDED, K.RECOVERY_CODES_MADE, K.FACTOR_REMOVED)
def test_an_authenticator_added_and_removed_on_its_page() -> None:
    user = owner()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    browser = Client()
    sign_in(browser, user)
    asked_again(browser)
    page = browser.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    browser.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    browser.post(reverse("mfa_generate_recovery_codes"))
    browser.post(reverse("mfa_deactivate_totp"))

    kinds = (K.FACTOR_ADDED, K.RECOVERY_CODES_MADE, K.FACTOR_REMOVED)
    assert {last(kind).about for kind in kinds} == {user}


# -- the newsroom --
@walks(K.NEWSROOM_FOUNDED)
def test_a_newsroom_founded_at_the_first_visit() -> None:
    given = {
        "name": "The Ledger", "admin_name": "Ada Admin", "admin_email": "ada@ledger.example",
        "admin_password": "seven-otters-swim",
    }  # fmt: skip

    Client().post("/setup/", given)

    assert last(K.NEWSROOM_FOUNDED).by == User.objects.get()


def a_picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue(), "image/png")


@walks(K.STATIONERY_CHANGED)
def test_a_logo_a_signature_and_a_paragraph_of_the_newsrooms_own() -> None:
    browser = signed_in(member(Role.ADMIN))

    browser.post(reverse("letterhead"), {"picture": a_picture()})
    browser.post(reverse("logo_remove"))
    browser.post(reverse("signature"), {"picture": a_picture()})
    browser.post(reverse("signature_remove"))
    paragraph = {"about": "other", "title": "Thanks", "text": "Thank you."}
    browser.post(reverse("paragraph_new"), paragraph)

    entries = SecurityEvent.objects.filter(kind=K.STATIONERY_CHANGED).order_by("pk")
    assert [one.facts["changed"] for one in entries] == [
        "the logo", "the logo, removed", "their own scanned signature",
        "their own scanned signature, removed", "the paragraph “Thanks”",
    ]  # fmt: skip


@walks(K.PORTAL_CHANGED)
def test_a_portal_set_a_list_loaded_and_the_desks_own_used_again() -> None:
    by = Attribution(member(Role.EDITOR), NOW)
    newsroom = by.user.membership.newsroom

    own_portal.set_portal(newsroom, STAMFORD, OURS, by=by)
    own_portal.load_list(newsroom, STAMFORD, LIST, by=by)
    own_portal.use_the_packs(newsroom, STAMFORD, by=by)

    entries = SecurityEvent.objects.filter(kind=K.PORTAL_CHANGED).order_by("pk")
    assert [one.facts["changed"] for one in entries] == [
        "https://data.franklin.example", "a list of 2 datasets", "the portal that the desk knows",
    ]  # fmt: skip


@walks(K.WEBHOOK_ENDED)
def test_a_webhook_that_the_desk_ends_itself() -> None:
    request = submitted()
    webhook = told(request.created_by)
    note(request)

    sent(lambda _: httpx.Response(410))
    sent(lambda _: httpx.Response(410))

    [entry] = SecurityEvent.objects.filter(kind=K.WEBHOOK_ENDED)
    assert (entry.newsroom, entry.by) == (request.newsroom, None)
    assert entry.sentence == f"The desk ended the webhook to {webhook.host}."


# -- what left the desk --
@walks(K.MAIL_OPENED)
def test_a_message_downloaded_as_it_came() -> None:
    request = submitted()
    message = taken_in(answer_to(request))

    to_its_end(signed_in(request.created_by).get(reverse("mail_raw", args=[message.pk])))


@walks(K.EXPORT_FETCHED)
def test_an_export_downloaded() -> None:
    person = full_log()
    export = exported(person, "csv")

    to_its_end(signed_in(person).get(reverse("log_export_download", args=[export.pk])))


@walks(K.CASE_FILE_FETCHED)
def test_a_case_file_downloaded() -> None:
    request = submitted()
    case_file = CaseFile.objects.create(
        records_request=request, kind="whole", asked_by=request.created_by,
        state=CaseFileState.READY, finished_at=NOW, size=4, page_count=1, sha256="a" * 64,
        file=ContentFile(b"%PDF", name="a.pdf"),
    )  # fmt: skip

    to_its_end(
        signed_in(request.created_by).get(reverse("case_file_download", args=[case_file.pk]))
    )


# -- whoever operates the desk --
@walks(K.BACKUP_MADE, K.BACKUP_RESTORED)
def test_a_backup_made_and_restored(desk: Path, spare: Any) -> None:
    member()
    archive = desk.parent / "desk.tar"
    call_command("backup", str(archive), unencrypted=True)
    spare()

    call_command("restore", str(archive))

    assert last(K.BACKUP_MADE).sentence == "A backup was made, NOT encrypted."
    assert last(K.BACKUP_RESTORED).sentence.startswith("The backup of 20")


@walks(K.KEYS_ROTATED)
def test_keys_replaced(key_file: Path) -> None:
    member()

    call_command("rotate_keys")


def test_every_kind_is_written_by_an_act_that_a_test_does() -> None:
    """A new kind needs its act: here, in `test_hooks` or in `test_provider_hooks`."""
    assert set(K) - WALKED == set()
