"""What the virus scanner said of a content, and files kept apart for it."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('requests_app', '0010_texts_of_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='quarantined',
            field=models.CharField(blank=True, max_length=200, verbose_name='why it is kept apart'),
        ),
        migrations.CreateModel(
            name='FileScan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('stored', models.CharField(max_length=200, verbose_name='where storage has it')),
                ('stage', models.CharField(choices=[('waiting', 'Not scanned yet'), ('clean', 'Nothing found'), ('infected', 'Infected'), ('not_taken', 'The scanner does not take it')], default='waiting', max_length=10)),
                ('found', models.CharField(blank=True, max_length=150, verbose_name="the signature's name")),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='why it could not be scanned')),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('scanned_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('stage', 'waiting')), fields=['next_at'], name='file_scan_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['waiting', 'clean', 'infected', 'not_taken'])), name='file_scan_stage_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('found__gt', ''), ('stage', 'infected')), models.Q(models.Q(('stage', 'infected'), _negated=True), ('found', '')), _connector='OR'), name='what_is_infected_says_by_what')],
            },
        ),
    ]
