"""A mail at once to whose request it is that a city wrote about, and the choice not to have it."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("message", "What a city writes"),
    ("city", "The city’s clocks"),
    ("ours", "Our own clocks"),
    ("last_call", "Last calls"),
    ("escalation", "What is left undone"),
    ("personal", "What I asked to be reminded of"),
    ("digest", "The morning digest"),
]


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0021_messages_to_be_read")]

    operations = [
        migrations.AddField("reminderchoices", "message", models.BooleanField(default=True)),
        migrations.AddField(
            "notice",
            "communication",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="requests_app.communication",
            ),
        ),
        migrations.AlterField("notice", "kind", models.CharField(choices=KINDS, max_length=12)),
        migrations.RemoveConstraint("notice", "notice_kind_is_known"),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind for kind, _ in KINDS]),
                name="notice_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=models.Q(kind="message", communication__isnull=False)
                | (~models.Q(kind="message") & models.Q(communication__isnull=True)),
                name="a_notice_of_a_message_names_it",
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.UniqueConstraint(
                fields=["user", "communication"], name="a_message_is_mailed_once"
            ),
        ),
    ]
