"""Secrets that are read again are encrypted from now on; a newsroom may require second factors."""

from django.db import migrations, models

import requests_app.models.newsroom.webhook
import requests_app.stored_secrets
from requests_app.stored_secrets import decrypt, encrypt


def encrypt_all(apps, schema_editor):
    rewrite_secrets(apps, encrypt)


def decrypt_all(apps, schema_editor):
    rewrite_secrets(apps, decrypt)


def rewrite_secrets(apps, rewritten):
    for authenticator in apps.get_model("mfa", "Authenticator").objects.all():
        data = authenticator.data
        for name in ("secret", "seed"):
            if name in data:
                data[name] = rewritten(data[name])
        if "migrated_codes" in data:
            data["migrated_codes"] = [rewritten(code) for code in data["migrated_codes"]]
        authenticator.save(update_fields=["data"])
    for webhook in apps.get_model("requests_app", "Webhook").objects.all():
        webhook.secret = rewritten(webhook.secret)
        if webhook.previous_secret:
            webhook.previous_secret = rewritten(webhook.previous_secret)
        webhook.save(update_fields=["secret", "previous_secret"])


class Migration(migrations.Migration):

    dependencies = [
        ("mfa", "0003_authenticator_type_uniq"),
        ("requests_app", "0052_hashed_calendar_feeds"),
    ]

    operations = [
        migrations.AddField(
            "newsroom",
            "requires_second_factor",
            models.BooleanField(
                default=False,
                verbose_name="everybody signs in with a second factor",
            ),
        ),
        migrations.AlterField("webhook", "secret", models.TextField()),
        migrations.AlterField("webhook", "previous_secret", models.TextField(blank=True)),
        migrations.RunPython(encrypt_all, decrypt_all, elidable=True),
        migrations.AlterField(
            "webhook",
            "secret",
            requests_app.stored_secrets.SecretField(
                default=requests_app.models.newsroom.webhook.new_secret
            ),
        ),
        migrations.AlterField(
            "webhook", "previous_secret", requests_app.stored_secrets.SecretField(blank=True)
        ),
    ]
