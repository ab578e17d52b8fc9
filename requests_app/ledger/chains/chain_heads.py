"""Where a chain stands, as a line that is kept outside the database and held against it later."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from requests_app.models import ChainHead
from requests_app.models.chain.chained_tables import LEDGER, SECURITY, chain_name
from requests_app.models.chain.hash_chain import first_hash

SHOWN = 32  # of the 64 letters of a head: on paper and in a mail nobody wants more
LINE = re.compile(
    r"chain\s+((?:ledger|security)-(?:\d+|desk)),\s+([\d,]+)\s+entr(?:y|ies),\s+head\s+"
    r"([0-9a-f]{16,64})\b(?:,\s+on\s+(\d{4}-\d\d-\d\d)\b)?"
)


class HeadError(ValueError):
    """A text in which no head is to be found."""


@dataclass(frozen=True, slots=True)
class KnownHead:
    """A chain had so many entries and this head; of the head perhaps only the beginning.

    `on` a day, where it is known: a log that was cut is held against it. A ledger never is.
    """

    chain: str
    length: int
    head: str
    on: date | None = None

    def __str__(self) -> str:
        entries = "entry" if self.length == 1 else "entries"
        said = f"chain {self.chain}, {self.length:,} {entries}, head {self.head[:SHOWN]}"
        return f"{said}, on {self.on}" if self.on else said


def head_line(newsroom_id: int) -> str:
    """Where its ledger stands, "chain ledger-3, 1,204 entries, head 9f2c…": one query."""
    return _lines(newsroom_id, {LEDGER: None})[0]


def security_head_line(newsroom_id: int, *, on: date) -> str:
    """Where its security log stands: one query."""
    return _lines(newsroom_id, {SECURITY: on})[0]


def head_lines(newsroom_id: int, *, on: date) -> list[str]:
    """Where a newsroom's ledger and its security log stand: one query."""
    return _lines(newsroom_id, {LEDGER: None, SECURITY: on})


def _lines(newsroom_id: int, books: Mapping[str, date | None]) -> list[str]:
    names = {chain_name(book, newsroom_id): on for book, on in books.items()}
    rows = {row.name: row for row in ChainHead.objects.filter(name__in=names)}
    return [
        str(KnownHead(name, rows[name].length, rows[name].head, on))
        if name in rows
        else str(KnownHead(name, 0, first_hash(name), on))
        for name, on in names.items()
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
        found += [_known(*line) for line in lines]
    return found


def _known(name: str, length: str, head: str, on: str) -> KnownHead:
    try:
        day = date.fromisoformat(on) if on else None
    except ValueError as error:
        raise HeadError(f"“{on}” is no day: give the line as it is printed.") from error
    return KnownHead(name, int(length.replace(",", "")), head, day)
