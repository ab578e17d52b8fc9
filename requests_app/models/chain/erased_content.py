"""What was erased of one row, and the digests that stay in its place."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from requests_app.models.chain.chained_model import Chained, ChainedQuerySet

if TYPE_CHECKING:
    from requests_app.models.requests.event import Event


class ErasedContent(Chained):
    """One row that lost its words or its file. The database lets a protected row lose them only
    while this stands in a chain, and only for this `notice`.

    `table` is the row's as `models.guards` calls it (`erased_as`), `columns` those that say the
    notice now, `kept` the SHA-256 of what each held ({"text": …, "file": …}). Of a row that stands
    in a chain, `before` is the digest that it entered with, `after` that of what is left of it.
    """

    event: models.ForeignKey["Event"] = models.ForeignKey(
        "Event", on_delete=models.PROTECT, related_name="erased"
    )
    table = models.CharField(max_length=20)
    row = models.PositiveBigIntegerField()
    notice = models.CharField(max_length=300)
    columns = models.JSONField(default=list)
    kept = models.JSONField(default=dict)
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager["ErasedContent"]] = models.Manager.from_queryset(
        ChainedQuerySet["ErasedContent"]
    )()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["table", "row"], name="a_row_is_erased_once"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}, erased"
