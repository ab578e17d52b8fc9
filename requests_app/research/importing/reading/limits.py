"""What a file may have, and how it is said that one has too much."""

from requests_app.storage.cage.limits import MEGABYTE, Limits

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 250_000
MOST_COLUMNS = 200
LONGEST_LINE = 1024 * 1024  # characters of a line of text
CHUNK = 1024 * 1024
LONGEST_CELL = 131_072  # what Python's own reader of CSV takes
MOST_UNPACKED = 400 * 1024 * 1024  # of what a ZIP says that it holds
MOST_PACKED_FILES = 2_000
IN_THE_CAGE = Limits(
    cpu_seconds=120, wall_seconds=180, memory=1536 * MEGABYTE, output=512 * MEGABYTE
)


class FileError(Exception):
    """Why a file cannot be read, in a sentence for the person who brought it."""


def check_columns(count: int, number: int) -> None:
    if count > MOST_COLUMNS:
        raise FileError(
            f"Row {number:,} has {count:,} cells, and a file may have {MOST_COLUMNS} columns. If "
            "it has fewer, its cells are separated by something else: save it as CSV with commas."
        )


def check_rows(count: int) -> None:
    if count > MOST_ROWS:
        raise FileError(
            f"The file has more than {MOST_ROWS:,} rows: split it, and import one part after the "
            "other."
        )
