"""Store every secret under a new key. The keys before it still read what was stored by them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import transaction

from config.embedded import replace_private_file
from requests_app.ledger.security.security_log import record_of_the_desk
from requests_app.models import MailSignIn, Webhook
from requests_app.stored_secrets import UnreadableSecretError, under_the_newest_key
from requests_app.vocabulary.dates_and_amounts import count
from requests_app.vocabulary.security_kinds import SecurityKind


class Command(BaseCommand):
    help = (
        "Make a new key and store every secret under it. With ENCRYPTION_KEYS set, put the new key "
        "first there, restart, and run this: no key is made then."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--forget",
            action="store_true",
            help="make no new key: store all under the newest, and drop the others",
        )

    def handle(self, **options: Any) -> None:
        path, forget = Path(settings.ENCRYPTION_KEY_FILE), options["forget"]
        in_file = not settings.ENCRYPTION_KEYS
        if in_file and not forget:
            keys = [Fernet.generate_key().decode(), *path.read_text().split()]
            replace_private_file(path, "\n".join(keys))
        try:
            stored = _store_again()
        except UnreadableSecretError as error:
            raise CommandError(f"{error} Nothing was stored anew.") from error
        if in_file and forget:
            replace_private_file(path, path.read_text().split()[0])
        record_of_the_desk(
            SecurityKind.KEYS_ROTATED,
            secrets=count(stored, "secret"),
            forgotten="; the others were dropped" if forget else "",
        )
        self.stdout.write(f"{count(stored, 'secret')} stored under the newest key.")


@transaction.atomic
def _store_again() -> int:
    stored = 0
    for authenticator in Authenticator.objects.select_for_update(no_key=True):
        for name in ("secret", "seed"):
            if name in authenticator.data:
                authenticator.data[name] = under_the_newest_key(authenticator.data[name])
                stored += 1
        if codes := authenticator.data.get("migrated_codes"):
            authenticator.data["migrated_codes"] = [under_the_newest_key(code) for code in codes]
            stored += len(codes)
        authenticator.save(update_fields=["data"])
    for webhook in Webhook.objects.select_for_update(no_key=True):
        webhook.save(update_fields=["secret", "previous_secret"])  # its fields encrypt
        stored += 1 + bool(webhook.previous_secret)
    for account in MailSignIn.objects.select_for_update(no_key=True):
        account.save(update_fields=["refresh_token", "access_token"])
        stored += bool(account.refresh_token) + bool(account.access_token)
    return stored
