"""Cover, contents and bookmarks: what can only be written once every page is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from requests_app.casefile import CaseFileError
from requests_app.casefile.content.dossier import Dossier, Entry, Exhibit
from requests_app.casefile.pdf import pages
from requests_app.casefile.pdf.assembling import Anchor, Bookmark, Piece, places
from requests_app.vocabulary import dates_and_amounts

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


def front(dossier: Dossier, body: Sequence[Piece], folder: Path) -> list[Piece]:
    """Cover and contents before the body; their own length moves every page they name."""
    count = 2
    for _ in range(MOST_ROUNDS):
        where = places(body, first=count)
        total = count + sum(piece.count for piece in body)
        cover = pages.render("cover.html", **_cover(dossier, total))
        rows = list(_rows(dossier, where))
        contents = pages.render("contents.html", dossier=dossier, rows=rows)
        if cover.page_count + contents.page_count == count:
            return [_piece(cover, folder / "cover.pdf"), _piece(contents, folder / "contents.pdf")]
        count = cover.page_count + contents.page_count
    raise CaseFileError("The contents do not come to rest: tell the operator of this desk.")


def bookmarks(dossier: Dossier) -> tuple[Bookmark, ...]:
    """The outline: parts, and under each what stands in it."""
    found = [Bookmark("Cover", "cover"), Bookmark("Contents", "contents")]
    if "timeline" in dossier.parts:
        found.append(Bookmark(dossier.part_titles["timeline"], "timeline"))
    if "deadlines" in dossier.parts:
        clocks = tuple(Bookmark(clock.name, clock.key) for clock in dossier.clocks)
        found.append(Bookmark(dossier.part_titles["deadlines"], "deadlines", clocks))
    for part in _parts(dossier):
        under = tuple(
            Bookmark(
                f"{entry.number}. {entry.heading}, {dates_and_amounts.day(entry.on)}",
                entry.key,
                _letter(entry),
            )
            for entry in dossier.entries
            if entry.part == part
        )
        found.append(Bookmark(dossier.part_titles[part], f"part-{part}", under))
    if dossier.exhibits:
        under = tuple(Bookmark(f"{e.title}: {e.name}", e.key) for e in dossier.exhibits)
        found.append(Bookmark("Exhibits", dossier.exhibits[0].key, under))
    return tuple(found)


def _letter(entry: Entry) -> tuple[Bookmark, ...]:
    if entry.letter is None:
        return ()
    letter = entry.letter
    issued = Bookmark(f"{letter.kind}, as issued", letter.key)
    if letter.filing is None:
        return (issued,)
    exhibits = tuple(
        Bookmark(f"Exhibit {one.number} as filed: {one.title}", letter.key_of_exhibit(one.number))
        for one in letter.filing.exhibits
    )
    return (issued, Bookmark("Its exhibits, as filed", letter.key_of_exhibits, exhibits))


def _cover(dossier: Dossier, total: int) -> dict[str, object]:
    counted = [
        dates_and_amounts.count(len(dossier.entries), "entry", "entries"),
        dates_and_amounts.count(len(dossier.exhibits), "exhibit", "exhibits"),
    ]
    time = f"{dates_and_amounts.time_of_day(dossier.made_at)} {dossier.made_at:%Z}"
    made = f"{dates_and_amounts.day(dossier.made_at)}, {time}"
    return {
        "dossier": dossier,
        "made": made,
        "pages": dates_and_amounts.count(total, "page", "pages"),
        "counts": " and ".join(counted),
    }


def _rows(dossier: Dossier, where: dict[str, Anchor]) -> Iterator[Row]:
    def page(key: str) -> str:
        return f"{where[key][0] + 1:,}" if key in where else ""

    for part in ("timeline", "deadlines"):
        if part in dossier.parts:
            yield Row(part, dossier.part_titles[part], page(part), is_group=True)
    if "deadlines" in dossier.parts:
        for clock in dossier.clocks:
            due = clock.deadline.due_on
            day = dates_and_amounts.short_day(due) if due else ""
            yield Row(clock.key, clock.name, page(clock.key), day=day)
    for part in _parts(dossier):
        yield Row(f"part-{part}", dossier.part_titles[part], page(f"part-{part}"), is_group=True)
        for entry in dossier.entries:
            if entry.part == part:
                title = f"{entry.heading}{_with(dossier, entry.exhibits)}"
                day = dates_and_amounts.short_day(entry.on)
                yield Row(entry.key, title, page(entry.key), str(entry.number), day)
    if dossier.exhibits:
        first = dossier.exhibits[0]
        yield Row(first.key, "Exhibits", page(first.key), is_group=True)
    for exhibit in dossier.exhibits:
        yield Row(exhibit.key, exhibit.name, page(exhibit.key), str(exhibit.number))


def _with(dossier: Dossier, numbers: Sequence[int]) -> str:
    """The exhibits an entry brought; of many, how many."""
    if not numbers:
        return ""
    shown: list[Exhibit] = [dossier.exhibit(number) for number in numbers]
    if len(shown) > 3:
        return f" (with {len(shown)} exhibits)"
    return f" (with {', '.join(exhibit.title for exhibit in shown)})"


def _parts(dossier: Dossier) -> list[str]:
    return list(dict.fromkeys(entry.part for entry in dossier.entries))


def _piece(printed: pages.Printed, path: Path) -> Piece:
    path.write_bytes(printed.pdf)
    return Piece(path, 0, printed.page_count, anchors=printed.anchors)
