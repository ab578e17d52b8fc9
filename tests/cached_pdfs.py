"""Of the same page the same PDF, drawn once a process: drawing is a third of the tests' time.

Nothing is made up: a page that was not drawn before is drawn by the engine itself, and what is more
than the bytes and the number of pages is laid out again. The letters' own tests do without this.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Key = tuple[str, tuple[bytes, ...]]
MOST = 2000  # PDFs kept, of some 30 KB each


@dataclass
class Memory:
    """What a process has drawn: pages by their source, PDFs by their source and variant."""

    lay_out: Callable[..., Any]
    write: Callable[..., bytes]
    apart: Callable[..., bytes]
    page_counts: dict[Key, int] = field(default_factory=dict)
    pdfs: dict[tuple[Key, str | None], bytes] = field(default_factory=dict)
    letters: dict[tuple[str, str, tuple[bytes, ...]], bytes] = field(default_factory=dict)

    def laid_out_apart(
        self, page: str, *, closer: str = "", pictures: Iterable[bytes] = ()
    ) -> bytes:
        """As `layout.lay_out`."""
        key = page, closer, tuple(pictures)
        if key not in self.letters:
            if len(self.letters) >= MOST:
                self.letters.clear()
            self.letters[key] = self.apart(page, closer=closer, pictures=key[2])
        return self.letters[key]

    def remembered(self, html: str, declared: Iterable[bytes] = ()) -> "Page":
        page = Page(self, (html, tuple(declared)))
        if page.key not in self.page_counts:
            self.page_counts[page.key] = len(page.document.pages)
        return page

    def written(self, page: Any, *, variant: str | None = "pdf/ua-1") -> bytes:
        if not isinstance(page, Page):
            return self.write(page, variant=variant)
        if (page.key, variant) not in self.pdfs:
            if len(self.pdfs) >= MOST:
                self.pdfs.clear()
            self.pdfs[page.key, variant] = self.write(page.document, variant=variant)
        return self.pdfs[page.key, variant]


class Page:
    """Stands for the engine's document, which is laid out when somebody looks into it."""

    def __init__(self, memory: Memory, key: Key) -> None:
        self.memory, self.key = memory, key
        self._document: Any = None

    @property
    def document(self) -> Any:
        if self._document is None:
            self._document = self.memory.lay_out(*self.key)
        return self._document

    @property
    def pages(self) -> Sequence[Any]:
        return Pages(self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.document, name)


class Pages(Sequence[Any]):
    """As many as were counted; each is the engine's own."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def __len__(self) -> int:
        return self.page.memory.page_counts[self.page.key]

    def __getitem__(self, index: Any) -> Any:
        return self.page.document.pages[index]
