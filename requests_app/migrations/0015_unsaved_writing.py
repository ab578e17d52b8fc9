"""Versions of a draft, words not yet saved, an editor's comments; a draft can be discarded."""

import django.db.models.deletion
import django.utils.timezone
import django_fsm
from django.conf import settings
from django.db import migrations, models


def keep_each_draft_as_it_stands(apps, schema_editor):
    """Its first version, so that the next save has something to be compared with."""
    RecordsRequest = apps.get_model("requests_app", "RecordsRequest")
    DraftVersion = apps.get_model("requests_app", "DraftVersion")
    drafts = RecordsRequest.objects.filter(state__in=["draft", "in_review", "approved"])
    DraftVersion.objects.bulk_create(
        [
            DraftVersion(
                records_request=draft,
                number=1,
                kind="begun",
                text=draft.letter_text,
                details={
                    "office_role": draft.office_role,
                    "subject": draft.subject,
                    "track": draft.track,
                    "particulars": draft.particulars,
                },
                saved_by_id=draft.created_by_id,
                saved_at=draft.changed_at,
            )
            for draft in drafts.iterator()
        ]
    )


class Migration(migrations.Migration):

    dependencies = [
        ('requests_app', '0014_corrections_strike_entries'),
    ]

    operations = [
        migrations.CreateModel(
            name='DraftVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('begun', 'Begun'), ('saved', 'Saved'), ('sent_to_review', 'Sent to review'), ('returned', 'Returned to the reporter'), ('set_aside', 'Set aside, never the draft’s own text')], max_length=20)),
                ('text', models.TextField(blank=True)),
                ('details', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='ReviewComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paragraph', models.TextField()),
                ('text', models.TextField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='UnsavedWriting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=80)),
                ('tab', models.CharField(max_length=32)),
                ('count', models.PositiveBigIntegerField()),
                ('base', models.CharField(blank=True, max_length=64)),
                ('fields', models.JSONField(default=dict)),
                ('is_closed', models.BooleanField(default=False)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('written_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='recordsrequest',
            name='state_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='recordsrequest',
            name='what_is_filed_says_when',
        ),
        migrations.RemoveConstraint(
            model_name='recordsrequest',
            name='what_is_over_says_when',
        ),
        migrations.AlterField(
            model_name='recordsrequest',
            name='state',
            field=django_fsm.FSMField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('approved', 'Approved'), ('submitted', 'Submitted'), ('acknowledged', 'Acknowledged'), ('awaiting_clarification', 'Awaiting clarification'), ('awaiting_fees', 'Awaiting fees'), ('granted', 'Granted'), ('granted_in_part', 'Granted in part'), ('denied', 'Denied'), ('no_records', 'No records'), ('referred', 'Referred'), ('under_appeal', 'Under appeal'), ('in_litigation', 'In litigation'), ('closed', 'Closed'), ('withdrawn', 'Withdrawn'), ('lapsed', 'Lapsed'), ('discarded', 'Discarded')], default='draft', max_length=50, protected=True),
        ),
        migrations.AddConstraint(
            model_name='recordsrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'approved', 'submitted', 'acknowledged', 'awaiting_clarification', 'awaiting_fees', 'granted', 'granted_in_part', 'denied', 'no_records', 'referred', 'under_appeal', 'in_litigation', 'closed', 'withdrawn', 'lapsed', 'discarded'])), name='state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='recordsrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'approved', 'withdrawn', 'discarded']), ('submitted_on__isnull', False), _connector='OR'), name='what_is_filed_says_when'),
        ),
        migrations.AddConstraint(
            model_name='recordsrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('state__in', ('closed', 'withdrawn', 'lapsed', 'discarded'))), models.Q(models.Q(('state__in', ('closed', 'withdrawn', 'lapsed', 'discarded')), _negated=True), ('ended_on__isnull', True)), _connector='OR'), name='what_is_over_says_when'),
        ),
        migrations.AddField(
            model_name='draftversion',
            name='records_request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draft_versions', to='requests_app.recordsrequest'),
        ),
        migrations.AddField(
            model_name='draftversion',
            name='saved_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='requests_app.draftversion'),
        ),
        migrations.AddField(
            model_name='unsavedwriting',
            name='records_request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='requests_app.recordsrequest'),
        ),
        migrations.AddField(
            model_name='unsavedwriting',
            name='writer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='draftversion',
            constraint=models.UniqueConstraint(fields=('records_request', 'number'), name='one_draft_version_a_number'),
        ),
        migrations.AddConstraint(
            model_name='draftversion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['begun', 'saved', 'sent_to_review', 'returned', 'set_aside'])), name='draft_version_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='reviewcomment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='what_is_settled_says_when_and_by_whom'),
        ),
        migrations.AddIndex(
            model_name='unsavedwriting',
            index=models.Index(fields=['records_request', 'page', 'seen_at'], name='writing_by_request'),
        ),
        migrations.AddIndex(
            model_name='unsavedwriting',
            index=models.Index(fields=['writer', 'page'], name='writing_by_person'),
        ),
        migrations.AddConstraint(
            model_name='unsavedwriting',
            constraint=models.UniqueConstraint(fields=('writer', 'tab'), name='one_writing_a_tab'),
        ),
        migrations.RunPython(keep_each_draft_as_it_stands, migrations.RunPython.noop),
    ]
