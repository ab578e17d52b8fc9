"""How the reading of a portal ended, in a status and a sentence for a person."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["ok", "empty", "misconfigured", "blocked", "unreachable", "broken"]


class ReadingFailedError(Exception):
    """The portal could not be read, or not further. What came before it stays true."""

    def __init__(self, status: Status, sentence: str) -> None:
        super().__init__(sentence)
        self.status: Status = status
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed?" with. Each is sent back as it came."""

    etag: str = ""
    last_modified: str = ""


NONE_GIVEN = Validators()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Complete: every dataset that the portal says it has was given, each once."""

    status: Status
    sentence: str
    is_complete: bool = False
    is_unchanged: bool = False  # the server says that nothing changed since the last reading
    may_withdraw: bool = False  # what was not given is gone
    given: int = 0
    validators: Validators = NONE_GIVEN


@dataclass(slots=True)
class Tally:
    """What a reading has met so far; an adapter counts, and the outcome follows from it."""

    place: str  # whose datasets are expected, for the sentence
    ids: set[str] = field(default_factory=set)  # of every entry met, ours or not; see `is_new`
    given: int = 0
    elsewhere: Counter[str] = field(default_factory=Counter)  # other places' entries, by place
    other_kinds: Counter[str] = field(default_factory=Counter)  # charts, stories: no datasets
    without_id: int = 0
    stated: int | None = None  # how many entries the portal says it has
    is_clamped: bool = False  # `stated` is the most that it ever says
    is_unchanged: bool = False
    validators: Validators = NONE_GIVEN

    @property
    def met(self) -> int:
        return len(self.ids)

    def is_new(self, identifier: str, entry: object = None) -> bool:
        """Whether a dataset is met for the first time; pages repeat entries.

        One without an identifier is counted by what it says, and is never a dataset for us.
        """
        key = (
            identifier or f"\0{hashlib.sha256(repr(entry).encode('utf-8', 'replace')).hexdigest()}"
        )
        if key in self.ids:
            return False
        self.ids.add(key)
        self.without_id += not identifier
        return bool(identifier)

    def belongs_elsewhere(self, place: str) -> None:
        self.elsewhere[place or "a place that it does not name"] += 1

    def is_short(self) -> bool:
        """Whether fewer entries came than the portal says it has."""
        return self.stated is not None and not self.is_clamped and self.met < self.stated

    def outcome(self) -> Outcome:
        if self.is_unchanged:
            sentence = "Nothing has changed there since the last reading."
            return Outcome(
                "ok", sentence, is_complete=True, is_unchanged=True, validators=self.validators
            )
        if not self.given and self.elsewhere:
            return Outcome("misconfigured", self._other_places_catalog())
        if self.is_short():
            sentence = (
                f"It gave {self.met:,} of the {self.stated:,} entries it says it has. What came is "
                f"kept; nothing is taken for withdrawn."
            )
            return Outcome("broken", sentence, given=self.given)
        if not self.given:
            return self._nothing()
        return Outcome(
            "ok",
            f"{_count(self.given, 'dataset')} read.{self._left_out()}",
            is_complete=True,
            may_withdraw=not self.without_id,
            given=self.given,
            validators=self.validators,
        )

    def _nothing(self) -> Outcome:
        if self.without_id:
            sentence = f"None of its {self.without_id:,} entries carries an identifier."
            return Outcome("broken", sentence)
        sentence = f"It publishes no dataset.{self._left_out()}"
        return Outcome("empty", sentence, is_complete=True, may_withdraw=True)

    def _other_places_catalog(self) -> str:
        total = sum(self.elsewhere.values())
        where = ", ".join(place for place, _ in self.elsewhere.most_common(3))
        return (
            f"None of the {_count(total, 'entry', 'entries')} it shows is of {self.place}: they "
            f"are of {where}. Nothing was stored. Check the address, or say whose datasets are "
            f"meant."
        )

    def _left_out(self) -> str:
        parts = []
        if kinds := sum(self.other_kinds.values()):
            names = ", ".join(kind for kind, _ in self.other_kinds.most_common(3))
            parts.append(f"{kinds:,} that hold no data ({names})")
        if other := sum(self.elsewhere.values()):
            where = ", ".join(place for place, _ in self.elsewhere.most_common(2))
            parts.append(f"{other:,} of other places ({where})")
        if self.without_id:
            parts.append(f"{self.without_id:,} without an identifier")
        return f" Left out: {'; '.join(parts)}." if parts else ""


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
