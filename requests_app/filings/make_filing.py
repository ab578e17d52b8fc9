"""A letter and its opened exhibits → the files that leave, made outside any transaction and kept.

They are kept under their hashes, and nothing refers to them until the letter is issued. A death
before that leaves the draft as it was, and files that the next try makes again under the same
names.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from requests_app.casefile import CaseFileError
from requests_app.casefile.make_pdf import safe_name
from requests_app.filings import FilingError, checks, putting_together
from requests_app.filings.putting_together import Binding, Bound, BoundExhibit
from requests_app.filings.ready import ReadyExhibit
from requests_app.ledger.chains import head_line
from requests_app.letters import Drawn, PlannedLetter
from requests_app.storage import content
from requests_app.storage.content import Kept

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class LeavingFile:
    """A file that leaves, under the name that it leaves by."""

    name: str
    content_type: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class MadeFiling:
    """The one document, the files beside it, and the exhibits as files of their own if so wanted.

    `mark` tells what it was made from: the text and the exhibits.
    """

    mark: str
    letter_sha256: str
    document: LeavingFile
    page_count: int
    separate: tuple[LeavingFile, ...]
    beside: tuple[LeavingFile, ...]
    manifest: tuple[dict[str, Any], ...]

    @property
    def sizes(self) -> list[int]:
        leaving = (*(self.separate or (self.document,)), *self.beside)
        return [file.kept.size for file in leaving]


@contextmanager
def working_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="filing-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands behind a letter, and the mark by which a change of it is seen later."""

    mark: str
    exhibits: tuple[ReadyExhibit, ...]


def make(contents: Contents, letter: PlannedLetter, drawn: Drawn) -> MadeFiling:
    """FilingError where it cannot be made, or is more than the body takes."""
    with working_folder() as folder:
        binding = _binding(contents, letter, drawn, folder)
        try:
            bound = putting_together.put_together(binding, folder)
        except CaseFileError as error:
            raise FilingError(str(error)) from error
        made = _kept(contents, letter, drawn, _Bundle(binding, bound, folder))
    assert letter.appeal is not None
    over = checks.over_the_limits(
        letter.appeal.pack_route, page_count=made.page_count, sizes=made.sizes
    )
    if over:
        raise FilingError(" ".join(over))
    return made


@dataclass(frozen=True, slots=True)
class _Bundle:
    binding: Binding
    bound: Bound
    folder: Path


def _binding(contents: Contents, letter: PlannedLetter, drawn: Drawn, folder: Path) -> Binding:
    target = folder / "letter.pdf"
    target.write_bytes(drawn.pdf)
    bound = tuple(
        BoundExhibit(
            number=exhibit.number,
            title=exhibit.title,
            path=_pages_of(exhibit),
            page_count=exhibit.page_count,
            beside=tuple(_names_beside(exhibit)),
        )
        for exhibit in contents.exhibits
    )
    return Binding(
        title=f"{letter.records_request.reference}: {drawn.sheet.subject}",
        author=letter.records_request.newsroom.name,
        letter=target,
        letter_title=drawn.sheet.heading,
        exhibits=bound,
        note=(
            "Every page of an exhibit is stamped with its number, the page of the exhibit, and the "
            "page of this document. Pages of another size were scaled to this paper."
        ),
        chain_head=head_line(letter.records_request.newsroom_id),
    )


def _pages_of(exhibit: ReadyExhibit) -> Path:
    """The pages as they were made when it was opened. FilingError where they are not that."""
    if not content.is_whole(exhibit.pages, sha256=exhibit.pages_sha256):
        raise FilingError(
            f"The pages of “{exhibit.title}” are missing where the desk keeps them: remove it from "
            "the exhibits and add it again."
        )
    return content.path_of(exhibit.pages)


def _kept(contents: Contents, letter: PlannedLetter, drawn: Drawn, bundle: _Bundle) -> MadeFiling:
    binding, bound = bundle.binding, bundle.bound
    assert letter.appeal is not None
    stem = safe_name(f"{letter.records_request.reference} - {drawn.sheet.heading.replace('.', '')}")
    document = LeavingFile(f"{stem}.pdf", PDF, _keep(bound.path))
    wants_separate = checks.wants_separate_files(letter.appeal.pack_route)
    separate = tuple(
        LeavingFile(f"{exhibit.file_stem}.pdf", PDF, _keep(path))
        for exhibit, path in (
            putting_together.separate(bound, binding, bundle.folder) if wants_separate else ()
        )
    )
    beside = tuple(
        LeavingFile(name, str(file["content_type"]), _kept_already(file))
        for exhibit in contents.exhibits
        for name, file in zip(_names_beside(exhibit), exhibit.beside, strict=True)
    )
    return MadeFiling(
        mark=contents.mark,
        letter_sha256=sha256(drawn.pdf).hexdigest(),
        document=document,
        page_count=bound.page_count,
        separate=separate,
        beside=beside,
        manifest=tuple(_manifest(contents.exhibits, binding, bound, separate)),
    )


def _manifest(
    exhibits: Sequence[ReadyExhibit],
    binding: Binding,
    bound: Bound,
    separate: Sequence[LeavingFile],
) -> Iterator[dict[str, Any]]:
    files: Sequence[LeavingFile | None] = separate or [None] * len(exhibits)
    for exhibit, part, alone in zip(exhibits, binding.exhibits, files, strict=True):
        yield {
            "number": part.number,
            "title": exhibit.title,
            "first_page": bound.first_pages[part.number],
            "page_count": exhibit.page_count,
            "pages_sha256": exhibit.pages_sha256,
            "made_from": exhibit.made_from,
            "beside": [
                {"name": name, "sha256": file["sha256"], "size": file["size"]}
                for name, file in zip(part.beside, exhibit.beside, strict=True)
            ],
            "separate": {"name": alone.name, "sha256": alone.kept.sha256} if alone else None,
        }


def _names_beside(exhibit: ReadyExhibit) -> Iterator[str]:
    """Under the exhibit's number, each its own: "Exhibit 3 - budget.xlsx"."""
    taken: set[str] = set()
    for file in exhibit.beside:
        name = safe_name(f"Exhibit {exhibit.number} - {file['name']}")
        while name.lower() in taken:
            stem, dot, ending = name.rpartition(".")
            name = f"{stem} again.{ending}" if dot else f"{name} again"
        taken.add(name.lower())
        yield name


def _kept_already(file: Mapping[str, Any]) -> Kept:
    return Kept(str(file["stored"]), str(file["sha256"]), int(file["size"]))


def _keep(path: Path) -> Kept:
    with path.open("rb") as file:
        return content.keep(content.chunks_of(file), folder="filings/", suffix=".pdf")
