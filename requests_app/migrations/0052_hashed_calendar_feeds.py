"""Of a calendar's address only a hash is kept from now on. Those that are in use go on working."""

from datetime import timedelta
from hashlib import sha256

from django.db import migrations, models
from django.utils import timezone

WORKS_FOR = timedelta(days=365)


def hash_tokens(apps, schema_editor):
    for feed in apps.get_model("requests_app", "CalendarFeed").objects.all():
        feed.digest = sha256(feed.token.encode()).hexdigest()
        feed.expires_at = timezone.now() + WORKS_FOR
        feed.save(update_fields=["digest", "expires_at"])


class Migration(migrations.Migration):

    dependencies = [
        ("requests_app", "0048_foia_log_format"),
    ]

    operations = [
        migrations.AddField("calendarfeed", "digest", models.CharField(max_length=64, null=True)),
        migrations.AddField("calendarfeed", "expires_at", models.DateTimeField(null=True)),
        migrations.AddField("calendarfeed", "last_used_at", models.DateTimeField(null=True)),
        migrations.RunPython(hash_tokens, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("calendarfeed", "token"),
        migrations.AlterField("calendarfeed", "digest", models.CharField(max_length=64, unique=True)),
        migrations.AlterField("calendarfeed", "expires_at", models.DateTimeField()),
    ]
