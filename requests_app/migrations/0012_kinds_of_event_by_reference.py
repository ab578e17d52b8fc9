"""The kinds of event are named by reference, so that a new kind needs no migration."""

from django.db import migrations, models

import requests_app.vocabulary.event_kinds


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0011_what_the_scanner_said")]

    operations = [
        migrations.RemoveConstraint(model_name="event", name="event_kind_is_known"),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=requests_app.vocabulary.event_kinds.event_kinds, max_length=40
            ),
        ),
    ]
