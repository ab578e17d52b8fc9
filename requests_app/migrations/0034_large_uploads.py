import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import requests_app.models.mail.large_upload


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0033_letters_keep_their_copies")]

    operations = [
        migrations.AddField(
            model_name="newsroom",
            name="largest_file_mb",
            field=models.PositiveIntegerField(
                default=2000,
                validators=[
                    django.core.validators.MinValueValidator(50),
                    django.core.validators.MaxValueValidator(100000),
                ],
                verbose_name="the largest file that may be uploaded, in megabytes",
            ),
        ),
        migrations.CreateModel(
            name="LargeUpload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=requests_app.models.mail.large_upload.new_key,
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("received", models.PositiveBigIntegerField(default=0)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("touched_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "attachment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requests_app.attachment",
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "communication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requests_app.communication",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["touched_at"], name="uploads_that_wait")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received__lte", models.F("size")), ("size__gte", 1)
                        ),
                        name="an_upload_never_has_more_than_its_size",
                    )
                ],
            },
        ),
    ]
