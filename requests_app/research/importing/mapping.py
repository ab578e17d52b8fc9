"""What the columns of a file mean, and a row of it as values of the log. No database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from requests_app.research.importing.cells import CellRules, Values, read_cell
from requests_app.research.log_table.cells import as_json
from requests_app.research.log_table.columns import BY_NAME, COLUMNS, OF_A_CHALLENGE

SAYS_NO_CHALLENGE = {"filed_precision", "decided_precision", "challenge_source", "notes",
                     "challenge_project", "follows_source"}  # fmt: skip
CAN_BE_MEANT = tuple(one for one in COLUMNS if not one.is_derived)


@dataclass(frozen=True, slots=True)
class ForEveryRow:
    """What holds for the whole file, where it has no column of it."""

    source: str
    city: str = ""
    place: str = ""
    agency: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    column: str  # its heading; empty where it is of the row
    sentence: str


@dataclass(slots=True)
class MappedRow:
    """`values` by the names of the log's columns; `has_own_key`: the file itself names the row."""

    number: int
    values: Values = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    has_challenge: bool = False
    has_own_key: bool = True

    @property
    def request_id(self) -> tuple[str, str]:
        return self.values["request_source"], self.values["request_key"]

    @property
    def challenge_id(self) -> tuple[str, str]:
        return self.values["challenge_source"], self.values["challenge_key"]

    @property
    def id(self) -> tuple[str, ...]:
        return (*self.request_id, *(self.challenge_id if self.has_challenge else ()))


@dataclass(frozen=True, slots=True)
class RowReader:
    """`columns`: by heading, the name of a column of the log."""

    headings: Sequence[str]
    columns: Mapping[str, str]
    rules: CellRules
    everywhere: ForEveryRow

    def read(self, number: int, cells: Sequence[Any]) -> MappedRow:
        row = MappedRow(number)
        for heading, cell in zip(self.headings, cells, strict=False):
            name = self.columns.get(heading, "")
            if name not in BY_NAME or BY_NAME[name].is_derived:
                continue
            try:
                row.values |= read_cell(BY_NAME[name], cell, self.rules)
            except ValueError as error:
                row.problems.append(Problem(heading, str(error)))
        self._check_width(row, cells)
        if self.rules.is_exact:
            _complete_our_own(row)
        else:
            _complete(row, self.everywhere)
        if not row.problems:
            row.problems += _problems_of(row)
        return row

    def read_all(self, rows: Iterator[tuple[int, Sequence[Any]]]) -> Iterator[MappedRow]:
        for number, cells in rows:
            yield self.read(number, cells)

    def _check_width(self, row: MappedRow, cells: Sequence[Any]) -> None:
        beyond = [cell for cell in cells[len(self.headings) :] if cell not in ("", None)]
        if beyond:
            row.problems.append(
                Problem(
                    "",
                    f"It has {len(cells)} cells under {len(self.headings)} headings: perhaps a "
                    "cell with a comma is not in quotation marks.",
                )
            )


def _complete_our_own(row: MappedRow) -> None:
    row.has_challenge = bool(row.values.get("challenge_key"))
    if not row.has_challenge:
        _drop_challenge(row)
    for name in ("request_source", "request_key", *(("challenge_source",) * row.has_challenge)):
        if not row.values.get(name) and not row.problems:
            row.problems.append(Problem(name, "It is empty, and names the row: put it back."))


def _complete(row: MappedRow, everywhere: ForEveryRow) -> None:
    values = row.values
    row.has_challenge = any(
        values.get(column.name) for column in OF_A_CHALLENGE if column.name not in SAYS_NO_CHALLENGE
    )
    own_key = values.get("request_key") or values.get("reference") or ""
    row.has_own_key = bool(own_key or values.get("challenge_key"))
    key = own_key or f"row {_hash(values)}"
    values["request_source"] = values.get("request_source") or everywhere.source
    values["request_key"] = key[:200]
    if not (values.get("city") or values.get("place")):
        values |= {"city": everywhere.city, "place": "" if everywhere.city else everywhere.place}
    for name, given in (("agency", everywhere.agency), ("request_project", everywhere.project)):
        if given and not values.get(name):
            values[name] = given
    if key.startswith(("http://", "https://")):
        values["request_url"] = values.get("request_url") or key
    if row.has_challenge:
        _complete_challenge(values, everywhere, key)
    else:
        _drop_challenge(row)


def _complete_challenge(values: Values, everywhere: ForEveryRow, key: str) -> None:
    is_decided = bool(values.get("decided_on") or values.get("outcome"))
    values["challenge_source"] = values.get("challenge_source") or everywhere.source
    values["challenge_key"] = (values.get("challenge_key") or key)[:200]
    values["state"] = values.get("state") or ("decided" if is_decided else "filed")
    if everywhere.project and not values.get("challenge_project"):
        values["challenge_project"] = everywhere.project


def _drop_challenge(row: MappedRow) -> None:
    for column in OF_A_CHALLENGE:
        row.values.pop(column.name, None)


def _problems_of(row: MappedRow) -> list[Problem]:
    """What no single cell shows."""
    found: list[Problem] = []
    values = row.values
    if not values.get("subject"):
        found.append(Problem("", "It has no subject: map the column that says what was asked."))
    if not (values.get("city") or values.get("place")):
        found.append(Problem("", "It does not say where: map a place, or choose one for all rows."))
    if row.has_challenge and values.get("state") != "decided":
        for name in ("decided_on", "outcome"):
            if values.get(name):
                found.append(
                    Problem("", f"Its {name} says that it is decided, its state does not.")
                )
    filed, decided = values.get("filed_on"), values.get("decided_on")
    is_whole = {values.get("filed_precision"), values.get("decided_precision")} <= {"day", None}
    if filed and decided and decided < filed and is_whole:
        found.append(Problem("", "It was decided before it was filed: check the two days."))
    return found


def _hash(values: Values) -> str:
    """Of what a row without a number says, so that the same row is known again."""
    said = {name: str(value) for name, value in values.items() if value not in ("", None)}
    return sha256(as_json(said).encode()).hexdigest()[:24]


def headings_hash(headings: Sequence[str]) -> str:
    return sha256(as_json([one.casefold() for one in headings]).encode()).hexdigest()
