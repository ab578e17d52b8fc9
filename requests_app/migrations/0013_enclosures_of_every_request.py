"""What is attached to any request goes with its letter; a file that is being scanned says so."""

from django.db import migrations, models

STAGES = [
    ("waiting", "Not scanned yet"),
    ("scanning", "Being scanned"),
    ("clean", "Nothing found"),
    ("infected", "Infected"),
    ("not_taken", "The scanner does not take it"),
]


def write_down_what_goes_by_hand(apps, schema_editor):
    """A letter that a person hands over has its enclosures with it, as an e-mail had already."""
    Attachment = apps.get_model("requests_app", "Attachment")
    Delivery = apps.get_model("requests_app", "Delivery")
    by_hand = Delivery.objects.filter(letter__kind="correction_request", files=None)
    for delivery in by_hand.exclude(channel="email"):
        delivery.files.set(
            Attachment.objects.filter(
                records_request=delivery.records_request_id, is_enclosure=True, quarantined=""
            )
        )


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0012_kinds_of_event_by_reference")]

    operations = [
        migrations.RenameField("attachment", "is_evidence", "is_enclosure"),
        migrations.AddField(
            "filescan", "claimed_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.RemoveConstraint("filescan", "file_scan_stage_is_known"),
        migrations.AlterField(
            "filescan",
            "stage",
            models.CharField(choices=STAGES, default="waiting", max_length=10),
        ),
        migrations.AddConstraint(
            "filescan",
            models.CheckConstraint(
                condition=models.Q(stage__in=[stage for stage, _ in STAGES]),
                name="file_scan_stage_is_known",
            ),
        ),
        migrations.RunPython(write_down_what_goes_by_hand, migrations.RunPython.noop),
    ]
