"""Cover, contents and bookmarks: what can only be written once every page is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from requests_app.casefile.content.book import Book, Entry, Exhibit
from requests_app.casefile.errors import CaseFileError
from requests_app.casefile.pdf import pages
from requests_app.casefile.pdf.assembling import Anchor, Bookmark, Piece, places
from requests_app.letters.facts import phrases

MOST_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the contents."""

    key: str
    title: str
    page: str
    number: str = ""
    day: str = ""
    is_group: bool = False


def front(book: Book, body: Sequence[Piece], folder: Path) -> list[Piece]:
    """Cover and contents before the body; their own length moves every page they name."""
    count = 2
    for _ in range(MOST_ROUNDS):
        where = places(body, first=count)
        total = count + sum(piece.count for piece in body)
        cover = pages.render("cover.html", **_cover(book, total))
        rows = list(_rows(book, where))
        contents = pages.render("contents.html", book=book, rows=rows)
        if cover.page_count + contents.page_count == count:
            return [_piece(cover, folder / "cover.pdf"), _piece(contents, folder / "contents.pdf")]
        count = cover.page_count + contents.page_count
    raise CaseFileError("The contents do not come to rest: tell the operator of this desk.")


def bookmarks(book: Book) -> tuple[Bookmark, ...]:
    """The outline: parts, and under each what stands in it."""
    found = [Bookmark("Cover", "cover"), Bookmark("Contents", "contents")]
    if "timeline" in book.parts:
        found.append(Bookmark(book.part_titles["timeline"], "timeline"))
    if "deadlines" in book.parts:
        clocks = tuple(Bookmark(clock.name, clock.key) for clock in book.clocks)
        found.append(Bookmark(book.part_titles["deadlines"], "deadlines", clocks))
    for part in _parts(book):
        under = tuple(
            Bookmark(
                f"{entry.number}. {entry.heading}, {phrases.day(entry.on)}",
                entry.key,
                _letter(entry),
            )
            for entry in book.entries
            if entry.part == part
        )
        found.append(Bookmark(book.part_titles[part], f"part-{part}", under))
    if book.exhibits:
        under = tuple(Bookmark(f"{e.title}: {e.name}", e.key) for e in book.exhibits)
        found.append(Bookmark("Exhibits", book.exhibits[0].key, under))
    return tuple(found)


def _letter(entry: Entry) -> tuple[Bookmark, ...]:
    if entry.letter is None:
        return ()
    return (Bookmark(f"{entry.letter.kind}, as issued", f"letter-{entry.letter.pk}"),)


def _cover(book: Book, total: int) -> dict[str, object]:
    counted = [
        _count(len(book.entries), "entry", "entries"),
        _count(len(book.exhibits), "exhibit", "exhibits"),
    ]
    made = f"{phrases.day(book.made_at.date())}, {book.made_at:%-I:%M %p %Z}"
    return {
        "book": book,
        "made": made,
        "pages": _count(total, "page", "pages"),
        "counts": " and ".join(counted),
    }


def _rows(book: Book, where: dict[str, Anchor]) -> Iterator[Row]:
    def page(key: str) -> str:
        return f"{where[key][0] + 1:,}" if key in where else ""

    for part in ("timeline", "deadlines"):
        if part in book.parts:
            yield Row(part, book.part_titles[part], page(part), is_group=True)
    if "deadlines" in book.parts:
        for clock in book.clocks:
            due = clock.deadline.due_on
            yield Row(clock.key, clock.name, page(clock.key), day=_day(due) if due else "")
    for part in _parts(book):
        yield Row(f"part-{part}", book.part_titles[part], page(f"part-{part}"), is_group=True)
        for entry in book.entries:
            if entry.part == part:
                title = f"{entry.heading}{_with(book, entry.exhibits)}"
                yield Row(entry.key, title, page(entry.key), str(entry.number), _day(entry.on))
    if book.exhibits:
        first = book.exhibits[0]
        yield Row(first.key, "Exhibits", page(first.key), is_group=True)
    for exhibit in book.exhibits:
        yield Row(exhibit.key, exhibit.name, page(exhibit.key), str(exhibit.number))


def _with(book: Book, numbers: Sequence[int]) -> str:
    """The exhibits an entry brought; of many, how many."""
    if not numbers:
        return ""
    shown: list[Exhibit] = [book.exhibit(number) for number in numbers]
    if len(shown) > 3:
        return f" (with {len(shown)} exhibits)"
    return f" (with {', '.join(exhibit.title for exhibit in shown)})"


def _parts(book: Book) -> list[str]:
    return list(dict.fromkeys(entry.part for entry in book.entries))


def _piece(printed: pages.Printed, path: Path) -> Piece:
    path.write_bytes(printed.pdf)
    return Piece(path, 0, printed.page_count, anchors=printed.anchors)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _day(on: date) -> str:
    return f"{on:%b} {on.day}, {on.year}"
