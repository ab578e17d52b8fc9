"""In what a passage can stand: the decision's own words, its documents, or something elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from requests_app.models import Attachment, EventKind, LogDocument, LogEntry
from requests_app.models.mail.file_contents import FileText, TextStage
from requests_app.research.coding.codes import DECISION_TEXT

ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Source:
    """`text` is what can be read of it, empty where nothing can; `file` is what can be opened."""

    key: str
    title: str
    text: str = ""
    file: Attachment | LogDocument | None = None

    @property
    def attachment(self) -> Attachment | None:
        return self.file if isinstance(self.file, Attachment) else None

    @property
    def log_document(self) -> LogDocument | None:
        return self.file if isinstance(self.file, LogDocument) else None


def sources_of(entry: LogEntry) -> list[Source]:
    """The decision first; last what is none of these, which its coder names beside the page."""
    words = decision_text(entry)
    found = [Source(DECISION_TEXT, "The decision’s words", words)] if words else []
    files: list[Attachment | LogDocument] = [*_files_of_decision(entry)]
    files += entry.documents.filter(quarantined="")
    texts = _texts(files)
    found += [Source(_key(file), file.name, texts.get(file.sha256, ""), file) for file in files]
    return [*found, Source(ELSEWHERE, "Another document: name it beside the page")]


def readable(sources: Sequence[Source]) -> dict[str, str]:
    """By the key of each what can be read of it, as `codes.problems` takes it."""
    return {source.key: source.text for source in sources}


def decision_text(entry: LogEntry) -> str:
    """Of a tracked decision what was recorded of it; of a logged one the outcome as stated."""
    if entry.appeal is None:
        return entry.outcome_as_stated
    decided = entry.appeal.events.effective().filter(kind=EventKind.APPEAL_DECIDED)
    event = decided.order_by("pk").last()
    return str(event.data.get("text", "")) if event else ""


def _files_of_decision(entry: LogEntry) -> Iterator[Attachment]:
    if entry.appeal is None:
        return
    decided = entry.appeal.events.effective().filter(kind=EventKind.APPEAL_DECIDED)
    yield from Attachment.objects.filter(communication__event__in=decided, quarantined="").order_by(
        "pk"
    )


def _key(file: Attachment | LogDocument) -> str:
    return f"{'file' if isinstance(file, Attachment) else 'document'}-{file.pk}"


def _texts(files: Sequence[Attachment | LogDocument]) -> dict[str, str]:
    read = FileText.objects.filter(sha256__in={file.sha256 for file in files}, stage=TextStage.READ)
    return dict(read.values_list("sha256", "text"))
