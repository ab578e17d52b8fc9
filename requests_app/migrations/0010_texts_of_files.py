"""The words of files, for search."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('requests_app', '0009_notes_in_a_case_file'),
    ]

    operations = [
        migrations.CreateModel(
            name='FileText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('stored', models.CharField(max_length=200, verbose_name='where storage has it')),
                ('stage', models.CharField(choices=[('waiting', 'Waiting to be read'), ('reading', 'Being read'), ('read', 'Read'), ('nothing', 'No words to be read in it'), ('failed', 'Could not be read')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('text', models.TextField(blank=True)),
                ('is_cut', models.BooleanField(default=False, verbose_name='longer than what is kept')),
                ('problem', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'indexes': [models.Index(fields=['stage'], name='requests_ap_stage_6062d1_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['waiting', 'reading', 'read', 'nothing', 'failed'])), name='file_text_stage_is_known')],
            },
        ),
    ]
