from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("requests_app", "0047_webhooks"),
    ]

    operations = [
        migrations.CreateModel(
            name="SharedCount",
            fields=[
                ("key", models.CharField(max_length=160, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField(default=0)),
                ("words", models.CharField(blank=True, max_length=64)),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
