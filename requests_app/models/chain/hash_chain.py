"""The chains: a head for each newsroom, and a link for each row that entered."""

from hashlib import sha256

from django.db import models

from requests_app.models.chain.chained_tables import DESK


def first_hash(name: str) -> str:
    """What the first link of that chain is linked to: no chain begins as another does."""
    return sha256(f"records desk chain 1: {name}".encode()).hexdigest()


def linked(previous: str, number: int, table: str, row: int, digest: str) -> str:
    """The hash of a link: of all before it, its place, and what it stands for."""
    return sha256(f"{previous}:{number}:{table}:{row}:{digest}".encode()).hexdigest()


class ChainHead(models.Model):
    """How long a chain is and where it ends. Whoever adds to it holds this row until they commit.

    A newsroom has one for its ledger and one for its security log, made with it; what belongs to
    no newsroom is in the desk's own.
    """

    name = models.CharField(max_length=60, unique=True)  # see `chained_tables.chain_name`
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64)
    # Rows from before there was a chain wait to enter it; afterwards none ever enters unseen.
    takes_earlier_rows = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"chain {self.name}, {self.length} entries, head {self.head}"

    @property
    def book(self) -> str:
        return self.name.partition("-")[0]

    @property
    def newsroom_id(self) -> int | None:
        whose = self.name.partition("-")[2]
        return None if whose == DESK else int(whose)


class ChainEntry(models.Model):
    """One link: the `number`th row that entered, its digest, and the hash of all up to it."""

    chain = models.ForeignKey(ChainHead, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    table = models.CharField(max_length=20)  # see `chained_tables.CHAINED_TABLES`
    row = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="one_link_a_number"),
            models.UniqueConstraint(fields=["table", "row"], name="a_row_enters_once"),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id}, {self.number}: {self.table} {self.row}"
