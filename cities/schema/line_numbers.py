"""On which line of a TOML file a key stands, for errors. tomllib does not say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Section:
    """A file's lines after `start` and before `end`: all of them, or those of one table."""

    lines: list[str]
    start: int
    end: int

    def headers(self, table: str, *, end: str = r"\]") -> list[int]:
        """The lines of `[table]` or `[[table]]`; with another end, of the tables inside it."""
        header = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*{end}")
        return [i for i in range(self.start + 1, self.end) if header.match(self.lines[i])]

    def assignment(self, key: str) -> int | None:
        assignment = re.compile(rf"\s*{re.escape(key)}\s*[=.]")  # also `expect` of expect.response
        lines = range(self.start + 1, self.end)
        return next((i for i in lines if assignment.match(self.lines[i])), None)

    def of_table(self, table: str, header: int) -> "_Section":
        """From that header to the next one that is not of a table inside it."""
        inside = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\.")
        for i in range(header + 1, self.end):
            if self.lines[i].lstrip().startswith("[") and not inside.match(self.lines[i]):
                return _Section(self.lines, header, i)
        return _Section(self.lines, header, self.end)


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line of the deepest part of `path` that can be found, from 1; 0 where none can.

    `path` is such as ("routes", 2, "deadline", "source"): the third `[[routes]]`, its
    `[routes.deadline]` or `deadline = {…}`, and in there `source`.
    """
    lines = text.splitlines()
    section = _Section(lines, -1, len(lines))
    line, table, has_header = -1, "", True
    for depth, part in enumerate(path):
        if isinstance(part, int):
            continue
        table = f"{table}.{part}".lstrip(".")
        nth = _number_after(path, depth)
        if nth < len(headers := section.headers(table)):
            line, section, has_header = headers[nth], section.of_table(table, headers[nth]), True
        elif has_header and (assigned := section.assignment(part)) is not None:
            line, section = assigned, _Section(lines, assigned, section.end)
        elif has_header and (inner := section.headers(table, end=r"\.")):
            line, has_header = inner[0], False  # `[a.b]` without an `[a]`: only what is in it
        else:
            break
    return line + 1


def _number_after(path: Sequence[str | int], depth: int) -> int:
    number = path[depth + 1] if depth + 1 < len(path) else 0
    return number if isinstance(number, int) else 0
