"""A letter by e-mail can be recalled, waits its turn at a host, goes in parts or by link."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('requests_app', '0005_letters_and_case_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='FileLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('fetches', models.PositiveIntegerField(default=0)),
                ('fetched_at', models.DateTimeField(blank=True, null=True, verbose_name='fetched last')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='HostPace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=255, unique=True)),
                ('free_at', models.DateTimeField(verbose_name='the next turn nobody has taken')),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='delivery',
            name='delivery_state_is_known',
        ),
        migrations.AddField(
            model_name='delivery',
            name='files',
            field=models.ManyToManyField(blank=True, related_name='+', to='requests_app.attachment'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='first_part',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='other_parts', to='requests_app.delivery'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='leased_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='part',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='delivery',
            name='parts',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='delivery',
            name='server',
            field=models.CharField(blank=True, max_length=255, verbose_name='the mail server that answered'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='turn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='newsroom',
            name='recall_minutes',
            field=models.PositiveSmallIntegerField(default=3, verbose_name='minutes for which a letter by e-mail can be recalled'),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='state',
            field=models.CharField(choices=[('queued', 'Waiting to be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('delivered', 'Delivered'), ('bounced', 'Came back'), ('failed', 'Sending failed'), ('in_doubt', 'The mail server may already have it'), ('by_hand', 'To be handed over'), ('recalled', 'Recalled: not sent'), ('canceled', 'Not sent')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'delivered', 'bounced', 'failed', 'in_doubt', 'by_hand', 'recalled', 'canceled'])), name='delivery_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('part__gte', 1), ('part__lte', models.F('parts'))), name='a_part_is_one_of_its_parts'),
        ),
        migrations.AddField(
            model_name='filelink',
            name='attachment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='requests_app.attachment'),
        ),
        migrations.AddField(
            model_name='filelink',
            name='delivery',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='requests_app.delivery'),
        ),
        migrations.AddField(
            model_name='filelink',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
