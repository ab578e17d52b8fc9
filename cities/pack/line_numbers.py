"""On which line of a TOML file a key stands, for errors. tomllib does not say."""

import re
from collections.abc import Sequence


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line of the deepest part of `path` that can be found, from 1; 0 where none can.

    `path` is such as ("routes", 2, "deadline", "source"): the third `[[routes]]`, its
    `[routes.deadline]` or `deadline = {…}`, and in there `source`.
    """
    lines = text.splitlines()
    at, end, table = -1, len(lines), ""
    for depth, part in enumerate(path):
        if isinstance(part, int):
            continue
        table = f"{table}.{part}".lstrip(".")
        nth = path[depth + 1] if depth + 1 < len(path) else 0
        found = _find(lines, at, end, table, part, nth if isinstance(nth, int) else 0)
        if found is None:
            break
        at, is_header = found
        if is_header:
            end = _end_of_table(lines, at, end, table)
    return at + 1


def _find(
    lines: list[str], at: int, end: int, table: str, key: str, nth: int
) -> tuple[int, bool] | None:
    """Line number of the nth header of that table, or of that key, after `at`; and which it is."""
    header = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]")
    headers = [i for i in range(at + 1, end) if header.match(lines[i])]
    if nth < len(headers):
        return headers[nth], True
    assignment = re.compile(rf"\s*{re.escape(key)}\s*[=.]")  # also the `expect` of expect.response
    for i in range(at + 1, end):
        if assignment.match(lines[i]):
            return i, False
    return None


def _end_of_table(lines: list[str], at: int, end: int, table: str) -> int:
    """Where the next table begins that is not inside this one."""
    inside = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\.")
    for i in range(at + 1, end):
        if lines[i].lstrip().startswith("[") and not inside.match(lines[i]):
            return i
    return end
