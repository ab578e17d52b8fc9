"""Who has a copy of a letter is written down with it; of replies that are out, who had one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WITH_THE_MAIL = "with_the_mail"


def write_down(apps, schema_editor):
    Delivery = apps.get_model("requests_app", "Delivery")
    LetterCopy = apps.get_model("requests_app", "LetterCopy")
    copied = Delivery.objects.filter(part=1).exclude(copies=[]).order_by("letter_id", "-pk")
    written = set()
    for letter, addresses in copied.values_list("letter_id", "copies"):
        if letter in written:
            continue
        written.add(letter)
        LetterCopy.objects.bulk_create(
            LetterCopy(
                letter_id=letter, number=number, name=address, to=address, way=WITH_THE_MAIL
            )
            for number, address in enumerate(addresses, start=1)
        )


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0033_large_uploads")]

    operations = [
        migrations.CreateModel(
            name="LetterCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=320)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("with_the_mail", "in the same e-mail"),
                            ("printed", "printed, by post"),
                            ("by_hand", "by your own hand"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "to",
                    models.TextField(
                        blank=True,
                        verbose_name="the address, of the way's kind; empty where none is known",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        blank=True,
                        max_length=80,
                        verbose_name="the pack's rule; empty: a person's own",
                    ),
                ),
                ("why", models.TextField(blank=True)),
                (
                    "is_required",
                    models.BooleanField(default=False, verbose_name="the law looks to this office"),
                ),
                ("given_on", models.DateField(blank=True, null=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="requests_app.letter",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "letter copies",
                "ordering": ["letter", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=["letter", "number"], name="one_copy_a_number"),
                    models.CheckConstraint(
                        condition=models.Q(way__in=["with_the_mail", "printed", "by_hand"]),
                        name="a_copys_way_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(given_on=None, given_by=None)
                        | models.Q(given_on__isnull=False, given_by__isnull=False),
                        name="a_given_copy_says_when_and_by_whom",
                    ),
                ],
            },
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]
