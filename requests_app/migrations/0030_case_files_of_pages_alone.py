from django.db import migrations, models

NAME = "with files that have no pages inside"


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0029_arguments_reliefs_checklists")]

    operations = [
        # What was made before has such files inside; what is asked for from now on says so itself.
        migrations.AddField(
            model_name="casefile",
            name="embeds_files",
            field=models.BooleanField(default=True, verbose_name=NAME),
        ),
        migrations.AlterField(
            model_name="casefile",
            name="embeds_files",
            field=models.BooleanField(default=False, verbose_name=NAME),
        ),
    ]
