"""Nothing any more: what is written is protected after every migrate, by `ledger.protection`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0001_initial")]
    operations = []
