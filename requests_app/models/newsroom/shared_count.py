"""What all processes of the desk count together where there is no Redis: calls, and tokens seen."""

from datetime import datetime
from typing import ClassVar

from django.db import connection, models

DROPPED_AT_ONCE = 100
UPSERT = """
    INSERT INTO requests_app_sharedcount (key, count, words, ends_at) VALUES (%s, 1, %s, %s)
    ON CONFLICT (key) DO UPDATE SET count = requests_app_sharedcount.count + 1
    RETURNING count, words
"""


class SharedCountQuerySet(models.QuerySet["SharedCount"]):
    def add_one(
        self, key: str, *, ends_at: datetime, at: datetime, words: str = ""
    ) -> tuple[int, str]:
        """How often it was counted, now too, and the words of the first time; in one statement."""
        with connection.cursor() as cursor:
            cursor.execute(UPSERT, [key, words, ends_at])
            count, first = cursor.fetchone()
        if count == 1:
            past = self.filter(ends_at__lt=at).values_list("pk", flat=True)
            self.filter(pk__in=list(past[:DROPPED_AT_ONCE])).delete()
        return count, first


class SharedCount(models.Model):
    """`key` says what is counted and in which span of time; after `ends_at` the row means nothing.

    `words` are those that it was first counted with.
    """

    key = models.CharField(max_length=160, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=64, blank=True)
    ends_at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager["SharedCount"]] = models.Manager.from_queryset(
        SharedCountQuerySet
    )()

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
