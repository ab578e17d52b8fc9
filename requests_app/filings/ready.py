"""An exhibit that was opened, as a value: what a filing is put together from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from requests_app.models import Attachment, Exhibit
from requests_app.storage import content

FOLDER, SUFFIX = "exhibits/", ".pdf"  # where the pages of exhibits are kept


@dataclass(frozen=True, slots=True)
class ReadyExhibit:
    """Its number, its pages as they are kept, and the files that go beside them.

    `beside` is as `models.Exhibit.beside`; `made_from` is the mark of what it was opened from.
    """

    number: int
    title: str
    pages: str
    pages_sha256: str
    page_count: int
    beside: tuple[Mapping[str, Any], ...]
    made_from: str


def numbered(exhibits: Iterable[tuple[int, Exhibit]]) -> tuple[ReadyExhibit, ...]:
    """Each under its number, as it was opened."""
    return tuple(
        ReadyExhibit(
            number=number,
            title=exhibit.title,
            pages=exhibit.pages,
            pages_sha256=exhibit.pages_sha256,
            page_count=exhibit.page_count,
            beside=tuple(exhibit.beside),
            made_from=exhibit.opened_mark,
        )
        for number, exhibit in exhibits
    )


def of_manifest(
    manifest: Iterable[Mapping[str, Any]], enclosed: Sequence[Attachment]
) -> tuple[ReadyExhibit, ...]:
    """Those of a filing that was made before, to put it together anew; `enclosed`: its files."""
    files = {file.name: file for file in enclosed}
    return tuple(
        ReadyExhibit(
            number=int(line["number"]),
            title=str(line["title"]),
            pages=content.name_of(line["pages_sha256"], folder=FOLDER, suffix=SUFFIX),
            pages_sha256=str(line["pages_sha256"]),
            page_count=int(line["page_count"]),
            beside=tuple(
                _beside(files[one["name"]], int(line["number"])) for one in line["beside"]
            ),
            made_from=str(line["made_from"]),
        )
        for line in manifest
    )


def _beside(file: Attachment, number: int) -> dict[str, Any]:
    return {
        "name": file.name.removeprefix(f"Exhibit {number} - "),
        "content_type": file.content_type,
        "size": file.size,
        "sha256": file.sha256,
        "stored": str(file.file.name),
        "reason": "",
    }
