"""The worker's application: `celery -A config worker`, `celery -A config beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("records_desk")
app.config_from_object("django.conf:settings", namespace="CELERY")
PARTS = ("delivery", "casefile", "inbound", "reminders", "research", "webhooks")
STORAGE_PARTS = ("reading_files", "scanning")
CATALOG_PARTS = ("reading",)
app.autodiscover_tasks(
    [
        "requests_app",
        *(f"requests_app.{part}" for part in PARTS),
        *(f"requests_app.storage.{part}" for part in STORAGE_PARTS),
        *(f"requests_app.catalog.{part}" for part in CATALOG_PARTS),
    ]
)
