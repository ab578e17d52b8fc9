"""The first of a file, for whoever says what its columns mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class FoundWords:
    """Words of the file's column at this place, which means the log's column of that name."""

    place: int
    name: str
    words: Sequence[str]


def words(log_import: LogImport, columns: Mapping[str, str]) -> list[FoundWords]:
    """The file's words where we have some of our own; `columns`: by heading what it means."""
    places = {
        place: name
        for place, heading in enumerate(log_import.headings)
        if (name := columns.get(heading))
        and name in BY_NAME
        and BY_NAME[name].choices
        and name not in NOT_A_PERSONS
    }
    found: dict[int, dict[str, str]] = {place: {} for place in places}
    if not places:
        return []
    for _, cells, _ in islice(lines(log_import), LOOKED_AT):
        for place, seen in found.items():
            text = str(cells[place] or "").strip() if place < len(cells) else ""
            if text and is_storable(text) and len(seen) < MOST_WORDS:
                seen.setdefault(text.casefold(), text)
    return [
        FoundWords(place, places[place], sorted(seen.values())) for place, seen in found.items()
    ]
