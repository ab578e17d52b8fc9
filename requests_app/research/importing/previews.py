"""The first of a file, for whoever says what its columns mean."""

from collections.abc import Sequence
from itertools import islice

from requests_app.models import LogImport
from requests_app.research.importing.kept_rows import lines
from requests_app.research.log_table.cells import is_storable
from requests_app.research.log_table.columns import BY_NAME

SAMPLES = 4
LOOKED_AT = 5_000
MOST_WORDS = 40
SHOWN = 60
NOT_A_PERSONS = {"requested_precision", "filed_precision", "decided_precision"}


def samples(log_import: LogImport) -> list[list[str]]:
    """By column, its first values that are others."""
    found: list[list[str]] = [[] for _ in log_import.headings]
    for _, cells, _ in islice(lines(log_import), LOOKED_AT):
        for seen, cell in zip(found, cells, strict=False):
            text = "" if cell is None else str(cell).strip()[:SHOWN]
            if text and is_storable(text) and text not in seen and len(seen) < SAMPLES:
                seen.append(text)
        if all(len(seen) == SAMPLES for seen in found):
            break
    return found


def words(log_import: LogImport) -> dict[str, Sequence[str]]:
    """By the log's column, the file's words where we have some of our own for it."""
    places = {
        place: name
        for place, heading in enumerate(log_import.headings)
        if (name := log_import.columns.get(heading))
        and name in BY_NAME
        and BY_NAME[name].choices
        and name not in NOT_A_PERSONS
    }
    found: dict[str, dict[str, str]] = {name: {} for name in places.values()}
    if not places:
        return {}
    for _, cells, _ in islice(lines(log_import), LOOKED_AT):
        for place, name in places.items():
            text = str(cells[place] or "").strip() if place < len(cells) else ""
            if text and is_storable(text) and len(found[name]) < MOST_WORDS:
                found[name].setdefault(text.casefold(), text)
    return {name: sorted(seen.values()) for name, seen in found.items()}
