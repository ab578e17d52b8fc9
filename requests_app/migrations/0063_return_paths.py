"""Each sending has a return path of its own, and what it went under before is kept. Of mail that
comes in it is kept what proves who sent it.

A letter that went before this went under its request's reply address; its token is in no bounce.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from requests_app.models.letters.delivery import new_return_token

AT_ONCE = 1000


def give_tokens(apps, schema_editor):
    deliveries = apps.get_model("requests_app", "Delivery").objects
    given = []
    for delivery in deliveries.only("pk").order_by("pk").iterator(AT_ONCE):
        delivery.return_token = new_return_token()
        given.append(delivery)
        if len(given) == AT_ONCE:
            deliveries.bulk_update(given, ["return_token"])
            given = []
    if given:
        deliveries.bulk_update(given, ["return_token"])


class Migration(migrations.Migration):

    dependencies = [
        ("requests_app", "0061_security_log_cuts"),
    ]

    operations = [
        migrations.AddField("delivery", "return_token", models.CharField(max_length=40, null=True)),
        migrations.RunPython(give_tokens, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "delivery",
            "return_token",
            models.CharField(max_length=40, unique=True, default=new_return_token),
        ),
        migrations.CreateModel(
            name="EarlierSending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.TextField(verbose_name="address it went to")),
                ("message_id", models.CharField(max_length=200, unique=True)),
                ("return_token", models.CharField(max_length=40, unique=True)),
                ("replaced_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("delivery", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="earlier_sendings", to="requests_app.delivery")),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.AddField(
            "inboundmail",
            "sender_proofs",
            models.JSONField(blank=True, default=list, verbose_name="what proves who sent it"),
        ),
    ]
