"""What stands in a case file, as plain values: nothing here asks the database or draws a page."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cities.clocks.computed_deadline import Deadline
from cities.clocks.explain import done_or_perhaps
from cities.schema.offices import BundlePart
from requests_app.vocabulary import dates_and_amounts


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One file. The same content twice is one exhibit, with every name and place it came under."""

    number: int
    name: str
    path: str  # its name in storage, or in the file at hand
    content_type: str
    size: int
    sha256: str
    came_with: tuple[int, ...]  # numbers of entries
    is_ours: bool
    other_names: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"exhibit-{self.number}"

    @property
    def title(self) -> str:
        return f"Exhibit {self.number}"


@dataclass(frozen=True, slots=True)
class FiledExhibit:
    """One exhibit of a challenge, as it was filed: where its pages stand in the filing, from 1."""

    number: int
    title: str
    first_page: int
    page_count: int
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FiledFile:
    """A file that left with a challenge."""

    name: str
    path: str  # its name in storage
    sha256: str


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """A challenge as it was filed: the letter first, its contents and exhibits behind it.

    `files` are all that left, the document itself the first of them.
    """

    page_count: int
    exhibits: tuple[FiledExhibit, ...]
    files: tuple[FiledFile, ...]
    manifest: tuple[dict[str, Any], ...]

    @property
    def document(self) -> FiledFile:
        return self.files[0]


@dataclass(frozen=True, slots=True)
class LetterPages:
    """A letter as it was issued; its PDF is read when its turn comes."""

    pk: int
    kind: str
    subject: str
    page_count: int
    sha256: str
    dated_on: date
    signer: str
    filing: FiledDocument | None = None  # what stands behind it, of a challenge with exhibits

    @property
    def key(self) -> str:
        return f"letter-{self.pk}"

    @property
    def key_of_exhibits(self) -> str:
        return f"{self.key}-exhibits"

    def key_of_exhibit(self, number: int) -> str:
        return f"{self.key}-exhibit-{number}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, numbered through the file."""

    number: int
    part: BundlePart
    on: date
    heading: str
    side: str  # "ours", "theirs" or "": whose act it is
    who: str  # the same in a name
    kind: str
    facts: tuple[tuple[str, str], ...]
    text: str
    how: str  # "E-mail, filed by Rosa Delgado on …"
    letter: LetterPages | None = None
    exhibits: tuple[int, ...] = ()
    struck: str = ""  # that and why it does not stand any more

    @property
    def key(self) -> str:
        return f"entry-{self.number}"

    @property
    def is_short(self) -> bool:
        """One line is enough: there is nothing to read."""
        return not (self.text or self.letter or self.exhibits or self.struck)


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline with its name and the day it is shown by."""

    number: int
    name: str
    deadline: Deadline
    is_reminder: bool

    @property
    def key(self) -> str:
        return f"clock-{self.number}"

    @property
    def undated(self) -> str:
        """Of a clock that began before the calendar does: that no date was computed."""
        deadline = self.deadline
        before = f"not computed before {deadline.not_computed_before}"
        if deadline.met_on is None:
            return before
        return f"{before}; {done_or_perhaps(deadline)} {dates_and_amounts.weekday(deadline.met_on)}"


@dataclass(frozen=True, slots=True)
class Party:
    """A name and the lines under it."""

    role: str
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """All of it, in order."""

    title: str
    subject: str
    reference: str
    their_reference: str
    newsroom: str
    asked_for: str
    parties: tuple[Party, ...]
    law: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str], ...]
    outcome: str
    made_at: datetime
    today: date
    parts: tuple[BundlePart, ...]
    part_titles: dict[str, str]
    parts_source: str  # who says which parts a bundle has
    clocks: tuple[Clock, ...] = ()
    entries: tuple[Entry, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    left_out: str = ""
    chain_head: str = ""  # where the newsroom's ledger stood: see `ledger.chains`
    embeds_files: bool = False  # what has no pages goes inside the PDF
    marks: tuple[Entry, ...] = field(default=())  # what the timeline shows, whatever else is in

    def exhibit(self, number: int) -> Exhibit:
        return self.exhibits[number - 1]

    def entry(self, number: int) -> Entry:
        return self.entries[number - 1]
