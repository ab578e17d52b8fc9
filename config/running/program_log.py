"""A program's output in a file. A disk that is full ends no program: lines are left out, and said.

The line on standard error comes once for all programs together, and once more when space is back.
"""

import contextlib
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_BYTES = 5_000_000


class DiskTrouble:
    """Which files cannot be written now; speaks when the first fails and when the last is well."""

    def __init__(self) -> None:
        self.failing: set[Path] = set()

    def failed(self, path: Path, error: OSError) -> None:
        if not self.failing:
            self._say(
                f"{path} cannot be written ({error.strerror}). The desk runs on; "
                "what its programs print is not kept until this is mended."
            )
        self.failing.add(path)

    def written(self, path: Path) -> None:
        if path in self.failing:
            self.failing.remove(path)
            if not self.failing:
                self._say(f"{path} can be written again")

    def _say(self, line: str) -> None:
        with contextlib.suppress(OSError):  # standard error may be a file on the same full disk
            print(f"desk     | {line}", file=sys.stderr, flush=True)  # noqa: T201


class ProgramLog(RotatingFileHandler):
    """Python's own rotation: at five megabytes the file becomes `….log.1`, and a new one begins."""

    def __init__(self, path: Path, trouble: DiskTrouble) -> None:
        super().__init__(
            path, maxBytes=LOG_BYTES, backupCount=1, delay=True, encoding="utf-8", errors="replace"
        )
        self.path, self.trouble = path, trouble
        self.is_failing = False

    def write(self, lines: list[str]) -> None:
        self.emit(logging.makeLogRecord({"msg": "\n".join(lines)}))

    def emit(self, record: logging.LogRecord) -> None:
        self.is_failing = False
        super().emit(record)
        if not self.is_failing:
            self.trouble.written(self.path)

    def handleError(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]
        if isinstance(error, OSError):
            self.is_failing = True
            self.close()
            self.trouble.failed(self.path, error)
        else:
            super().handleError(record)

    def close(self) -> None:
        """Closing writes what is still unwritten, and so can fail like writing."""
        with contextlib.suppress(OSError):
            super().close()
