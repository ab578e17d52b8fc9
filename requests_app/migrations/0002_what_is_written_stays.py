"""Nothing any more: what is written is protected after every migrate, by `ledger.triggers`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0001_initial")]
    operations = []
