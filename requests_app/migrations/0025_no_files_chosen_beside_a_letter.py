"""The files chosen for a reply are among what its letter encloses."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0024_letters_keep_their_enclosures")]

    operations = [migrations.RemoveField("letter", "chosen_files")]
