"""A draft of an appeal remembers the wording it was made from, and the ledger's last entry then."""

from django.db import migrations, models
from django.db.models import Max


def as_of_their_making(apps, schema_editor):
    """Drafts that are there already: as if nobody had edited them since they were made."""
    Appeal = apps.get_model("requests_app", "Appeal")
    Event = apps.get_model("requests_app", "Event")
    for appeal in Appeal.objects.filter(state="draft"):
        known = Event.objects.filter(
            records_request=appeal.records_request_id, recorded_at__lte=appeal.created_at
        )
        last = known.aggregate(last=Max("pk"))["last"] or 0
        Appeal.objects.filter(pk=appeal.pk).update(
            composed_text=appeal.letter_text, composed_through=last
        )


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0025_no_files_chosen_beside_a_letter")]

    operations = [
        migrations.AddField("appeal", "composed_text", models.TextField(blank=True)),
        migrations.AddField(
            "appeal", "composed_through", models.PositiveBigIntegerField(default=0)
        ),
        migrations.RunPython(as_of_their_making, migrations.RunPython.noop),
    ]
