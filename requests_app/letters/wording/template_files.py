"""Where the files of wording lie: general ones in rooms by what they are, others by their place.

A template goes by its name, `thanks.md` or `us-ct/thanks.md`, whichever room its file is in: issued
letters keep that name, and a room may be cut anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

WHERE = "templates/letters/"  # as errors name the folder
ROOMS = ("requests", "replies", "challenges", "parts")


@dataclass(frozen=True)
class TemplateFiles:
    """The files of wording under one folder."""

    root: Path

    @cached_property
    def folders(self) -> tuple[Path, ...]:
        """Where a name is looked up, in order."""
        return (self.root, *(self.root / room for room in ROOMS))

    def find(self, name: str) -> Path | None:
        """The file of that name; None where there is none, or it is outside the folder.

        Most names are looked for where they are not, so links are followed only of what is there.
        """
        for folder in self.folders:
            file = folder / name
            if file.is_file() and file.resolve().is_relative_to(self.root.resolve()):
                return file
        return None

    def place(self, name: str) -> str:
        """The file of that name, as errors name it."""
        file = self.find(name)
        return f"{WHERE}{file.relative_to(self.root) if file else name}"

    def names(self) -> Iterator[str]:
        """Every file by its name; a name comes twice where two rooms have it."""
        for file in sorted(self.root.rglob("*.md")):
            path = file.relative_to(self.root)
            yield str(path.relative_to(path.parts[0]) if path.parts[0] in ROOMS else path)
