"""What a letter encloses is written down with it; of letters that are out, from what went."""

import django.db.models.deletion
from django.db import migrations, models

BATCH = 500


def write_down(apps, schema_editor):
    Letter = apps.get_model("requests_app", "Letter")
    LetterEnclosure = apps.get_model("requests_app", "LetterEnclosure")
    for letter in Letter.objects.only("pk").order_by("pk").iterator(chunk_size=BATCH):
        LetterEnclosure.objects.bulk_create(
            LetterEnclosure(letter_id=letter.pk, attachment_id=pk, number=number, title=name[:400])
            for number, (pk, name) in enumerate(sorted(_sent_with(apps, letter).items()), start=1)
        )


def _sent_with(apps, letter):
    """By its key, the name of each file that was chosen for it, went in a message or by link."""
    Delivery = apps.get_model("requests_app", "Delivery")
    FileLink = apps.get_model("requests_app", "FileLink")
    deliveries = Delivery.objects.filter(letter=letter.pk)
    linked = FileLink.objects.filter(delivery__in=deliveries)
    return {
        **dict(letter.chosen_files.values_list("pk", "name")),
        **dict(deliveries.exclude(files=None).values_list("files__pk", "files__name")),
        **dict(linked.values_list("attachment__pk", "attachment__name")),
    }


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0023_replies_in_our_own_words")]

    operations = [
        migrations.CreateModel(
            name="LetterEnclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=400)),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enclosed_in",
                        to="requests_app.attachment",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enclosures",
                        to="requests_app.letter",
                    ),
                ),
            ],
            options={"ordering": ["letter", "number"]},
        ),
        migrations.AddConstraint(
            "letterenclosure",
            models.UniqueConstraint(fields=["letter", "number"], name="one_enclosure_a_number"),
        ),
        migrations.AddConstraint(
            "letterenclosure",
            models.UniqueConstraint(
                fields=["letter", "attachment"], name="a_file_is_enclosed_once"
            ),
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]
