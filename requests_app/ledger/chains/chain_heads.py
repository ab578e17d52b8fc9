"""Where a chain stands, as a line that is kept outside the database and held against it later."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from requests_app.models import ChainHead
from requests_app.models.chain.chained_tables import LEDGER, SECURITY, chain_name
from requests_app.models.chain.hash_chain import first_hash

SHOWN = 32  # of the 64 letters of a head: on paper and in a mail nobody wants more
LINE = re.compile(
    r"chain\s+((?:ledger|security)-(?:\d+|desk)),\s+([\d,]+)\s+entr(?:y|ies),\s+head\s+"
    r"([0-9a-f]{16,64})\b"
)


class HeadError(ValueError):
    """A text in which no head is to be found."""


@dataclass(frozen=True, slots=True)
class KnownHead:
    """A chain had so many entries and this head; of the head perhaps only the beginning."""

    chain: str
    length: int
    head: str

    def __str__(self) -> str:
        entries = "entry" if self.length == 1 else "entries"
        return f"chain {self.chain}, {self.length:,} {entries}, head {self.head[:SHOWN]}"


def head_line(newsroom_id: int) -> str:
    """Where its ledger stands, "chain ledger-3, 1,204 entries, head 9f2c…": one query."""
    return head_lines(newsroom_id, books=(LEDGER,))[0]


def head_lines(newsroom_id: int, *, books: Sequence[str] = (LEDGER, SECURITY)) -> list[str]:
    """Where a newsroom's ledger and its security log stand: one query."""
    names = [chain_name(book, newsroom_id) for book in books]
    rows = {row.name: row for row in ChainHead.objects.filter(name__in=names)}
    return [
        str(KnownHead(name, rows[name].length, rows[name].head))
        if name in rows
        else str(KnownHead(name, 0, first_hash(name)))
        for name in names
    ]


def heads_in(texts: Iterable[str]) -> list[KnownHead]:
    """All that such texts name, each a line or a whole mail or file. Raises HeadError."""
    found = []
    for text in texts:
        lines = LINE.findall(text)
        if not lines:
            shown = " ".join(text.split())[:80]
            raise HeadError(
                f"“{shown}” names no head. Give the line as it is printed: "
                "“chain ledger-1, 1,204 entries, head 9f2c…”, or a file that holds it."
            )
        found += [KnownHead(name, int(n.replace(",", "")), head) for name, n, head in lines]
    return found
