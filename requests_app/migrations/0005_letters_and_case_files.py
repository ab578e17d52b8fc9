"""Letters of more kinds, stationery, city forms, case files; mail that came in."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('requests_app', '0004_calendar_feed'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('whole', 'The whole case file, as one PDF'), ('bundle', 'What goes with an appeal, as one PDF'), ('archive', 'Everything as it came, as a ZIP')], max_length=10)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for the worker'), ('making', 'Being made'), ('ready', 'Ready'), ('failed', 'Could not be made')], default='waiting', max_length=10)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('step', models.CharField(blank=True, max_length=120, verbose_name='what is being done')),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.TextField(blank=True, verbose_name='why it could not be made')),
                ('file', models.FileField(blank=True, max_length=200, upload_to='')),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('page_count', models.PositiveIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CityForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=80)),
                ('office', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=200, verbose_name='file name')),
                ('source', models.CharField(max_length=300, verbose_name='where you found it')),
                ('pdf', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='FilledForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pdf', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('left_empty', models.JSONField(default=list, verbose_name='fields that could not be filled, with the reason')),
            ],
        ),
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('png', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField(verbose_name='width, in pixels')),
                ('height', models.PositiveIntegerField(verbose_name='height, in pixels')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Paragraph',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(choices=[('who_we_are', 'Who we are'), ('fee_waiver', 'Why fees should be waived'), ('format', 'The form in which we want records'), ('other', 'Something else')], max_length=20)),
                ('title', models.CharField(max_length=80)),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['about', 'title'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('png', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField(verbose_name='width, in pixels')),
                ('height', models.PositiveIntegerField(verbose_name='height, in pixels')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='event_kind_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='letter',
            name='letter_kind_is_known',
        ),
        migrations.AddField(
            model_name='letter',
            name='departures',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('drafted', 'Drafted'), ('sent_to_review', 'Sent To Review'), ('approved', 'Approved'), ('returned', 'Returned'), ('assigned', 'Assigned'), ('shared', 'Shared'), ('noted', 'Noted'), ('submitted', 'Submitted'), ('sent', 'Sent'), ('delivered', 'Delivered'), ('bounced', 'Bounced'), ('recalled', 'Recalled'), ('sending_failed', 'Sending Failed'), ('sending_in_doubt', 'Sending In Doubt'), ('sending_retried', 'Sending Retried'), ('received', 'Received'), ('acknowledged', 'Acknowledged'), ('clarification_requested', 'Clarification Requested'), ('clarified', 'Clarified'), ('fees_estimated', 'Fees Estimated'), ('fees_accepted', 'Fees Accepted'), ('fees_refused', 'Fees Refused'), ('fees_paid', 'Fees Paid'), ('fees_waived', 'Fees Waived'), ('fee_waiver_denied', 'Fee Waiver Denied'), ('extended', 'Extended'), ('produced_in_part', 'Produced In Part'), ('granted', 'Granted'), ('granted_in_part', 'Granted In Part'), ('denied', 'Denied'), ('deemed_denied', 'Deemed Denied'), ('no_records', 'No Records'), ('referred', 'Referred'), ('grounds_requested', 'Grounds Requested'), ('grounds_given', 'Grounds Given'), ('followed_up', 'Followed Up'), ('fee_waiver_requested', 'Fee Waiver Requested'), ('narrowed', 'Narrowed'), ('thanked', 'Thanked'), ('suit_announced', 'Suit Announced'), ('mail_received', 'Mail Received'), ('auto_reply_received', 'Auto Reply Received'), ('mail_taken_out', 'Mail Taken Out'), ('appeal_drafted', 'Appeal Drafted'), ('appeal_filed', 'Appeal Filed'), ('appeal_received', 'Appeal Received'), ('appeal_decided', 'Appeal Decided'), ('appeal_withdrawn', 'Appeal Withdrawn'), ('complied', 'Complied'), ('lawsuit', 'Lawsuit'), ('closed', 'Closed'), ('withdrawn', 'Withdrawn'), ('lapsed', 'Lapsed'), ('deadline_moved', 'Deadline Moved')], max_length=40),
        ),
        migrations.AlterField(
            model_name='letter',
            name='kind',
            field=models.CharField(choices=[('records_request', 'Records request'), ('dataset_request', 'Dataset request'), ('correction_request', 'Dataset correction'), ('access_request', 'Access request'), ('clarification_answer', 'Answer to a clarification'), ('fee_acceptance', 'Acceptance of fees'), ('fee_refusal', 'Objection to fees'), ('fee_waiver_request', 'Request to waive fees'), ('grounds_request', 'Request for the grounds'), ('follow_up', 'Follow-up'), ('narrowing', 'Narrowing of the request'), ('notice_of_suit', 'Notice of intent to sue'), ('thanks', 'Thanks'), ('withdrawal', 'Withdrawal'), ('appeal', 'Appeal')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['drafted', 'sent_to_review', 'approved', 'returned', 'assigned', 'shared', 'noted', 'submitted', 'sent', 'delivered', 'bounced', 'recalled', 'sending_failed', 'sending_in_doubt', 'sending_retried', 'received', 'acknowledged', 'clarification_requested', 'clarified', 'fees_estimated', 'fees_accepted', 'fees_refused', 'fees_paid', 'fees_waived', 'fee_waiver_denied', 'extended', 'produced_in_part', 'granted', 'granted_in_part', 'denied', 'deemed_denied', 'no_records', 'referred', 'grounds_requested', 'grounds_given', 'followed_up', 'fee_waiver_requested', 'narrowed', 'thanked', 'suit_announced', 'mail_received', 'auto_reply_received', 'mail_taken_out', 'appeal_drafted', 'appeal_filed', 'appeal_received', 'appeal_decided', 'appeal_withdrawn', 'complied', 'lawsuit', 'closed', 'withdrawn', 'lapsed', 'deadline_moved'])), name='event_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['records_request', 'dataset_request', 'correction_request', 'access_request', 'clarification_answer', 'fee_acceptance', 'fee_refusal', 'fee_waiver_request', 'grounds_request', 'follow_up', 'narrowing', 'notice_of_suit', 'thanks', 'withdrawal', 'appeal'])), name='letter_kind_is_known'),
        ),
        migrations.AddField(
            model_name='casefile',
            name='appeal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_files', to='requests_app.appeal'),
        ),
        migrations.AddField(
            model_name='casefile',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='casefile',
            name='records_request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='case_files', to='requests_app.recordsrequest'),
        ),
        migrations.AddField(
            model_name='cityform',
            name='newsroom',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='city_forms', to='requests_app.newsroom'),
        ),
        migrations.AddField(
            model_name='cityform',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='filledform',
            name='city_form',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filled', to='requests_app.cityform'),
        ),
        migrations.AddField(
            model_name='filledform',
            name='letter',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='filled_form', to='requests_app.letter'),
        ),
        migrations.AddField(
            model_name='logo',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='logo',
            name='newsroom',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='logo', to='requests_app.newsroom'),
        ),
        migrations.AddField(
            model_name='paragraph',
            name='newsroom',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paragraphs', to='requests_app.newsroom'),
        ),
        migrations.AddField(
            model_name='paragraph',
            name='written_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signature',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signature',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='casefile',
            index=models.Index(fields=['state', 'claimed_at'], name='requests_ap_state_e50775_idx'),
        ),
        migrations.AddConstraint(
            model_name='casefile',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'making', 'ready', 'failed'])), name='case_file_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='casefile',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['whole', 'bundle', 'archive'])), name='case_file_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='casefile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(('file', ''), _negated=True), _connector='OR'), name='a_case_file_that_is_ready_has_a_file'),
        ),
        migrations.AddConstraint(
            model_name='cityform',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at__isnull', True)), fields=('newsroom', 'city', 'office'), name='one_form_in_use_for_an_office'),
        ),
        migrations.AddConstraint(
            model_name='paragraph',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at__isnull', True)), fields=('newsroom', 'title'), name='one_paragraph_of_a_title'),
        ),
    ]
