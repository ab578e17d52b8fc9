"""Secrets that are read again: encrypted by keys outside the database, which can be changed."""

import stat
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from config.embedded import embedded_key_file
from requests_app.actions.newsroom import webhooks
from requests_app.ledger.attribution import Attribution
from requests_app.models import User, Webhook
from requests_app.stored_secrets import UnreadableSecretError, decrypt, encrypt
from tests.factories import NOW, member

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def key_file(settings: Any, tmp_path: Path) -> Path:
    settings.ENCRYPTION_KEYS = []
    path = embedded_key_file(tmp_path)
    settings.ENCRYPTION_KEY_FILE = str(path)
    return path


def subscribed(user: User) -> Webhook:
    by = Attribution(user, NOW)
    webhook = webhooks.subscribe(url="https://hooks.example/desk", kinds=[], by=by)
    webhooks.change_secret(webhook, by=by)
    webhook.refresh_from_db()
    return webhook


def stored() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret, previous_secret FROM requests_app_webhook")
        secrets = [text for row in cursor.fetchall() for text in row]
    return [*secrets, *(one.data["secret"] for one in Authenticator.objects.all())]


def test_the_key_is_its_owners_alone(key_file: Path) -> None:
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert embedded_key_file(key_file.parent).read_text() == key_file.read_text()


def test_the_database_never_sees_a_secret() -> None:
    user = member()
    webhook = subscribed(user)
    TOTP.activate(user, SECRET)

    clear = {webhook.secret, webhook.previous_secret, SECRET}
    assert len(clear) == 3
    assert not clear & set(stored())
    assert {decrypt(text) for text in stored()} == clear


def test_a_secret_is_read_by_no_other_key(key_file: Path, settings: Any) -> None:
    text = encrypt("a secret")
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(UnreadableSecretError, match="Add the key it was stored under"):
        decrypt(text)


def test_keys_are_rotated_and_the_old_one_reads_on_until_it_is_forgotten(key_file: Path) -> None:
    user = member()
    webhook = subscribed(user)
    TOTP.activate(user, SECRET)
    clear = {webhook.secret, webhook.previous_secret, SECRET}
    old, before = key_file.read_text(), stored()

    call_command("rotate_keys")

    assert not set(before) & set(stored())
    assert {decrypt(text) for text in [*before, *stored()]} == clear
    assert key_file.read_text().split()[1] == old

    call_command("rotate_keys", "--forget")

    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert old not in key_file.read_text()
    assert {decrypt(text) for text in stored()} == clear
    with pytest.raises(UnreadableSecretError):
        decrypt(before[0])


def test_keys_of_the_environment_are_rotated_too(settings: Any) -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    settings.ENCRYPTION_KEYS = [old]
    secret = subscribed(member()).secret

    settings.ENCRYPTION_KEYS = [new, old]
    call_command("rotate_keys")
    settings.ENCRYPTION_KEYS = [new]

    assert Webhook.objects.get().secret == secret


def test_a_secret_that_no_key_reads_stops_the_rotation_and_changes_nothing(
    settings: Any,
) -> None:
    subscribed(member())
    before = stored()
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises((CommandError, UnreadableSecretError)):
        call_command("rotate_keys")

    assert stored() == before
