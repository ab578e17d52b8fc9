"""The kinds of letter are named by reference, so that a new kind needs no migration."""

from django.db import migrations, models

import requests_app.vocabulary.letter_kinds


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0026_drafts_of_appeals_keep_their_facts")]

    operations = [
        migrations.RemoveConstraint(model_name="letter", name="letter_kind_is_known"),
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(
                choices=requests_app.vocabulary.letter_kinds.letter_kinds, max_length=40
            ),
        ),
    ]
