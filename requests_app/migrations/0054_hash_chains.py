import hashlib

import django.db.models.deletion
from django.db import migrations, models


def begin(apps, schema_editor):
    """A chain for each newsroom and the desk, which takes the rows there are: see `chain_ledger`."""
    Newsroom = apps.get_model("requests_app", "Newsroom")
    ChainHead = apps.get_model("requests_app", "ChainHead")
    whose = [*Newsroom.objects.order_by("pk").values_list("pk", flat=True), "desk"]
    names = [f"{book}-{one}" for one in whose for book in ("ledger", "security")]
    ChainHead.objects.bulk_create(
        ChainHead(
            name=name,
            head=hashlib.sha256(f"records desk chain 1: {name}".encode()).hexdigest(),
            takes_earlier_rows=name.startswith("ledger"),
        )
        for name in names
    )


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0053_encrypted_secrets_and_second_factors")]

    operations = [
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True)),
                ("length", models.PositiveBigIntegerField(default=0)),
                ("head", models.CharField(max_length=64)),
                ("takes_earlier_rows", models.BooleanField(default=False)),
            ],
            options={"ordering": ["name"]},
        ),
        migrations.CreateModel(
            name="ChainEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField()),
                ("table", models.CharField(max_length=20)),
                ("row", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("chain", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="requests_app.chainhead")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "number"), name="one_link_a_number"),
                    models.UniqueConstraint(fields=("table", "row"), name="a_row_enters_once"),
                ],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
