"""The database itself refuses to change or delete an event or an issued letter, whoever asks."""

from django.db import migrations

from requests_app.migrations._protection import stands


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0001_initial")]
    operations = [stands("requests_app_event", "requests_app_letter")]
