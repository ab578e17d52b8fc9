"""Reminders and digests: settings, choices, what was told to whom."""

import datetime
import django.db.models.deletion
import django.utils.timezone
import requests_app.models.newsroom.reminder
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('requests_app', '0006_recall_turns_and_parts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('city', 'The city’s clocks'), ('ours', 'Our own clocks'), ('last_call', 'Last calls'), ('escalation', 'What is left undone'), ('personal', 'What I asked to be reminded of'), ('digest', 'The morning digest')], max_length=12)),
                ('on', models.DateField(verbose_name="the reader's day")),
                ('message_id', models.CharField(max_length=200, unique=True)),
                ('state', models.CharField(choices=[('queued', 'Waiting to be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('silent', 'Nothing left to say'), ('failed', 'Could not be sent')], default='queued', max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('doubts', models.PositiveIntegerField(default=0)),
                ('not_before', models.DateTimeField(default=django.utils.timezone.now)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('handed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('last_answer', models.TextField(blank=True, verbose_name='what went wrong last')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('records_request', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='requests_app.recordsrequest')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PersonalReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField()),
                ('note', models.CharField(max_length=300)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(null=True)),
                ('records_request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='personal_reminders', to='requests_app.recordsrequest')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='personal_reminders', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clock', models.CharField(max_length=40)),
                ('route', models.CharField(blank=True, max_length=40)),
                ('occurrence', models.PositiveBigIntegerField(default=0)),
                ('due_on', models.DateField()),
                ('step', models.CharField(max_length=20)),
                ('step_on', models.DateField()),
                ('missed', models.JSONField(default=list)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='requests_app.notice')),
                ('records_request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='requests_app.recordsrequest')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ReminderChoices',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.BooleanField(default=True)),
                ('ours', models.BooleanField(default=True)),
                ('escalation', models.BooleanField(default=True)),
                ('personal', models.BooleanField(default=True)),
                ('digest', models.BooleanField(default=True)),
                ('time_zone', models.CharField(blank=True, max_length=60)),
                ('morning_at', models.TimeField(blank=True, null=True)),
                ('begun_on', models.DateField(null=True)),
                ('last_round_on', models.DateField(null=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reminder_choices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'reminder choices',
            },
        ),
        migrations.CreateModel(
            name='ReminderPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city_before', models.JSONField(default=requests_app.models.newsroom.reminder.a_week)),
                ('city_daily_for', models.PositiveSmallIntegerField(default=20)),
                ('ours_before', models.JSONField(default=requests_app.models.newsroom.reminder.two_weeks_and_nearer)),
                ('editors_after_late', models.PositiveSmallIntegerField(default=5)),
                ('editors_before_ours', models.PositiveSmallIntegerField(default=3)),
                ('time_zone', models.CharField(blank=True, max_length=60)),
                ('morning_at', models.TimeField(default=datetime.time(7, 30))),
                ('newsroom', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reminder_policy', to='requests_app.newsroom')),
            ],
            options={
                'verbose_name_plural': 'reminder policies',
            },
        ),
        migrations.CreateModel(
            name='ReminderProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('problem', models.TextField()),
                ('at', models.DateTimeField()),
                ('records_request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reminder_problem', to='requests_app.recordsrequest')),
            ],
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['state', 'not_before'], name='requests_ap_state_932f48_idx'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'silent', 'failed'])), name='notice_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['city', 'ours', 'last_call', 'escalation', 'personal', 'digest'])), name='notice_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'digest'), ('records_request__isnull', False), _connector='OR'), name='a_reminder_names_its_request'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'digest')), fields=('user', 'on'), name='one_digest_a_day'),
        ),
        migrations.AddIndex(
            model_name='personalreminder',
            index=models.Index(fields=['user', 'due_on'], name='requests_ap_user_id_84db39_idx'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('records_request', 'user', 'clock', 'route', 'occurrence', 'due_on', 'step'), name='a_step_is_told_once'),
        ),
    ]
