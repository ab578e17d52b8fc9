"""Whether a person has to say what a message is stands on its row: counted on every page."""

from django.db import migrations, models


def mark_what_may_be_an_answer(apps, schema_editor):
    """Mail that no machine wrote of itself, as it was filed until now."""
    messages = apps.get_model("requests_app", "Communication").objects
    messages.filter(mail__isnull=False, event__kind="mail_received").update(is_to_be_read=True)


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0020_office_cut_off_hour")]

    operations = [
        migrations.AddField(
            "communication", "is_to_be_read", models.BooleanField(default=False)
        ),
        migrations.RemoveIndex("communication", "messages_nobody_has_read"),
        migrations.AddIndex(
            "communication",
            models.Index(
                fields=["records_request"],
                condition=models.Q(is_to_be_read=True, read_at=None, taken_out_at=None),
                name="messages_to_be_read",
            ),
        ),
        migrations.RunPython(mark_what_may_be_an_answer, migrations.RunPython.noop),
    ]
