"""A reply in one's own words: the message that it answers, its files, and copies of it."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("records_request", "Records request"),
    ("dataset_request", "Dataset request"),
    ("correction_request", "Dataset correction"),
    ("access_request", "Access request"),
    ("clarification_answer", "Answer to a clarification"),
    ("fee_acceptance", "Acceptance of fees"),
    ("fee_refusal", "Objection to fees"),
    ("fee_waiver_request", "Request to waive fees"),
    ("grounds_request", "Request for the grounds"),
    ("follow_up", "Follow-up"),
    ("narrowing", "Narrowing of the request"),
    ("notice_of_suit", "Notice of intent to sue"),
    ("thanks", "Thanks"),
    ("withdrawal", "Withdrawal"),
    ("reply", "Reply"),
    ("appeal", "Appeal"),
]


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0022_messages_told_at_once")]

    operations = [
        migrations.AddField(
            "letter",
            "answers",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="requests_app.communication",
            ),
        ),
        migrations.AddField(
            "letter",
            "chosen_files",
            models.ManyToManyField(blank=True, related_name="+", to="requests_app.attachment"),
        ),
        migrations.AlterField("letter", "kind", models.CharField(choices=KINDS, max_length=40)),
        migrations.RemoveConstraint("letter", "letter_kind_is_known"),
        migrations.AddConstraint(
            "letter",
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind for kind, _ in KINDS]),
                name="letter_kind_is_known",
            ),
        ),
        migrations.AddField(
            "delivery",
            "copies",
            models.JSONField(
                blank=True, default=list, verbose_name="addresses that have a copy"
            ),
        ),
    ]
