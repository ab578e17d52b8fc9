from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0008_inbound_mail")]

    operations = [
        migrations.AddField(
            model_name="casefile",
            name="has_notes",
            field=models.BooleanField(default=False, verbose_name="with the newsroom's own notes"),
        ),
    ]
