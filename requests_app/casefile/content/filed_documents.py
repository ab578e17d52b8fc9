"""An issued letter → its pages as values, and what was filed behind it."""

from collections.abc import Iterator

from requests_app.casefile.content.dossier import (
    FiledDocument,
    FiledExhibit,
    FiledFile,
    LetterPages,
)
from requests_app.models import Attachment, Filing, Letter


def letter_pages(letter: Letter) -> LetterPages:
    filing: Filing | None = getattr(letter, "filing", None)
    return LetterPages(
        pk=letter.pk,
        kind=letter.get_kind_display(),
        subject=letter.subject,
        page_count=letter.page_count,
        sha256=letter.sha256,
        dated_on=letter.dated_on,
        signer=letter.issued_by.name,
        filing=_filed(filing, letter) if filing and filing.standing_document else None,
    )


def enclosed_with(letter: Letter) -> list[Attachment]:
    """The files that a letter went out with and that stand on no page of its filing."""
    filing: Filing | None = getattr(letter, "filing", None)
    files = [row.attachment for row in letter.enclosures.all() if not row.attachment.quarantined]
    if filing is None:
        return files
    beside = {str(file["sha256"]) for row in filing.manifest for file in row["beside"]}
    return [file for file in files if file.sha256 in beside]


def _filed(filing: Filing, letter: Letter) -> FiledDocument:
    return FiledDocument(
        page_count=filing.page_count,
        exhibits=tuple(
            FiledExhibit(
                number=int(row["number"]),
                title=str(row["title"]),
                first_page=int(row["first_page"]),
                page_count=int(row["page_count"]),
                beside=tuple(str(file["name"]) for file in row["beside"]),
            )
            for row in filing.manifest
        ),
        files=tuple(_files(filing, letter)),
        manifest=tuple(filing.manifest),
    )


def _files(filing: Filing, letter: Letter) -> Iterator[FiledFile]:
    """The document, then what else left: its exhibits as files of their own, and those beside."""
    enclosed = [row.attachment for row in letter.enclosures.all()]
    others = [file for file in enclosed if file.pk != filing.document_id and not file.quarantined]
    for file in (filing.document, *others):
        yield FiledFile(file.name, str(file.file.name), file.sha256)
