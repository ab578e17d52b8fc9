"""A correction strikes an earlier entry of the ledger, which stays; see ADR 22."""

import django.db.models.deletion
from django.db import migrations, models

CORRECTIONS = ("entry_struck", "entry_restored")


def to_an_entry(related_name):
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="requests_app.event",
    )


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0013_enclosures_of_every_request")]

    operations = [
        migrations.AddField("event", "in_place_of", to_an_entry("replacements")),
        migrations.AddField("event", "strikes", to_an_entry("corrections")),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                condition=models.Q(kind__in=CORRECTIONS, strikes__isnull=False)
                | (~models.Q(kind__in=CORRECTIONS) & models.Q(strikes__isnull=True)),
                name="a_correction_strikes_an_entry",
            ),
        ),
        migrations.AddConstraint(
            "event",
            models.UniqueConstraint(
                fields=["strikes"],
                condition=models.Q(kind="entry_restored"),
                name="a_strike_is_taken_back_once",
            ),
        ),
    ]
