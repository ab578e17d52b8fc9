"""Entries → runs of our own pages, a letter's frozen pages after each run that ends in one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from requests_app.casefile.content.dossier import Dossier, Entry, LetterPages
from requests_app.casefile.pdf import pages
from requests_app.casefile.pdf.assembling import Piece

# What is laid out at once: memory stays bounded however long a request goes on.
CHUNK_CHARACTERS, CHUNK_ENTRIES = 60_000, 40


@dataclass(frozen=True, slots=True)
class Run:
    """Entries that flow one after the other; the last may be a letter."""

    number: int
    entries: tuple[Entry, ...]

    @property
    def key(self) -> str:
        return f"run-{self.number}"

    @property
    def size(self) -> int:
        return sum(len(entry.text) + 300 for entry in self.entries)


def runs(entries: Sequence[Entry]) -> Iterator[Run]:
    """A new run after each letter, at each part, and where one grows too long."""
    held: list[Entry] = []
    number = 0
    for entry in entries:
        is_full = len(held) >= CHUNK_ENTRIES or sum(len(e.text) for e in held) > CHUNK_CHARACTERS
        if held and (held[-1].letter or held[-1].part != entry.part or is_full):
            yield Run(number, tuple(held))
            held, number = [], number + 1
        held.append(entry)
    if held:
        yield Run(number, tuple(held))


def chunks(all_runs: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    """Runs that are laid out together."""
    held: list[Run] = []
    for run in all_runs:
        size = sum(r.size for r in held) + run.size
        count = sum(len(r.entries) for r in held) + len(run.entries)
        if held and (size > CHUNK_CHARACTERS or count > CHUNK_ENTRIES):
            yield tuple(held)
            held = []
        held.append(run)
    if held:
        yield tuple(held)


@dataclass(frozen=True, slots=True)
class LetterFiles:
    """A letter's PDF as it was issued, and what was filed behind it, drawn above our stamp."""

    letter: Path
    behind: Path | None = None


def pieces(
    dossier: Dossier, chunk: Sequence[Run], path: Path, letters: dict[int, LetterFiles]
) -> list[Piece]:
    """Lay a chunk out at `path`; its pages and the letters' between them."""
    starts = _part_starts(dossier)
    printed = pages.render("entries.html", dossier=dossier, runs=chunk, part_starts=starts)
    path.write_bytes(printed.pdf)
    made: list[Piece] = []
    for run, piece in zip(chunk, split(printed, path, [run.key for run in chunk]), strict=True):
        made.append(piece)
        last = run.entries[-1]
        if last.letter:
            made += _letter_pieces(last.letter, letters[last.letter.pk], f"no. {last.number}")
    return made


def _letter_pieces(letter: LetterPages, files: LetterFiles, label: str) -> Iterator[Piece]:
    count = letter.page_count
    yield Piece(files.letter, 0, count, label=label, anchors={letter.key: (0, 0.0)})
    if letter.filing and files.behind:
        starts = {
            letter.key_of_exhibit(exhibit.number): (exhibit.first_page - 1 - count, 0.0)
            for exhibit in letter.filing.exhibits
        }
        yield Piece(
            path=files.behind,
            first=count,
            count=letter.filing.page_count - count,
            label=f"{label}, as filed",
            is_placed=True,
            anchors={letter.key_of_exhibits: (0, 0.0)} | starts,
        )


def split(printed: pages.Printed, path: Path, keys: Sequence[str]) -> list[Piece]:
    """A PDF of ours as pieces, one for each run that begins at one of the keys."""
    firsts = [printed.anchors[key][0] for key in keys]
    ends = [*firsts[1:], printed.page_count]
    return [
        Piece(
            path=path,
            first=first,
            count=end - first,
            anchors={
                name: (page - first, down)
                for name, (page, down) in printed.anchors.items()
                if first <= page < end
            },
        )
        for first, end in zip(firsts, ends, strict=True)
    ]


def _part_starts(dossier: Dossier) -> frozenset[int]:
    """The numbers of the entries that begin a part."""
    seen: dict[str, int] = {}
    for entry in dossier.entries:
        seen.setdefault(entry.part, entry.number)
    return frozenset(seen.values())
