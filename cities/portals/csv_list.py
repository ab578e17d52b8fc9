"""A list of datasets that a person kept in a spreadsheet, where a city has no catalog to read."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from cities.portals.dataset_record import Column, DatasetRecord, Distribution
from cities.portals.known_terms import period_of, spdx_of
from cities.portals.plain_values import email_address, line, moment, paragraphs, web_address

REQUIRED = ("identifier", "title")
HEADINGS = (
    *REQUIRED, "url", "description", "steward", "publisher", "license", "updated", "cadence",
    "access", "keywords", "columns", "contact", "download",
)  # fmt: skip
ACCESS = ("public", "restricted public", "non-public")
MOST_ROWS = 5_000
MOST_FAULTS = 50
MOST_BYTES = 5 * 2**20


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell. Row 1 is the one with the headings."""

    row: int
    column: str
    problem: str

    def __str__(self) -> str:
        place = f"Row {self.row}" if self.row else "The file"
        return f"{', '.join(filter(None, (place, self.column)))}: {self.problem}"


class CsvFaultsError(Exception):
    """All that is wrong with the list; nothing of it may be used."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def datasets_of_csv(content: bytes) -> list[DatasetRecord]:
    """The datasets in the list, in its order. CsvFaultsError names every cell that is wrong."""
    rows = _rows(content)
    headings = _headings(rows)
    records: list[DatasetRecord] = []
    faults: list[Fault] = []
    first_in: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = dict(zip(headings, (cell.strip() for cell in row), strict=False))
        faults += _faults_of(number, row, headings, cells)
        identifier = cells.get("identifier", "")
        if identifier and (first := first_in.setdefault(identifier, number)) != number:
            faults.append(Fault(number, "identifier", f"“{identifier}” is in row {first} already."))
        if len(faults) > MOST_FAULTS:
            break
        if number > MOST_ROWS + 1:
            faults.append(Fault(number, "", f"A list holds at most {MOST_ROWS:,} datasets."))
            break
        records.append(_record(cells))
    if faults:
        raise CsvFaultsError(faults[:MOST_FAULTS])
    if not records:
        raise CsvFaultsError([Fault(0, "", "There is no dataset below the headings.")])
    return records


def _rows(content: bytes) -> Iterator[list[str]]:
    if len(content) > MOST_BYTES:
        raise CsvFaultsError([Fault(0, "", f"It is larger than {MOST_BYTES / 2**20:.0f} MB.")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = "It is not written in UTF-8: save it from the spreadsheet as “CSV UTF-8”."
        raise CsvFaultsError([Fault(0, "", problem)]) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise CsvFaultsError([Fault(reader.line_num, "", f"It is no CSV: {error}.")]) from error


def _headings(rows: Iterator[list[str]]) -> list[str]:
    headings = [cell.strip().lower() for cell in next(rows, [])]
    faults = [
        Fault(1, name, f"is no heading of this list; there are {', '.join(HEADINGS)}.")
        for name in headings
        if name and name not in HEADINGS
    ]
    faults += [Fault(1, name, "is missing.") for name in REQUIRED if name not in headings]
    twice = sorted({name for name in headings if name and headings.count(name) > 1})
    faults += [Fault(1, name, "stands twice.") for name in twice]
    if faults:
        raise CsvFaultsError(faults)
    return headings


def _faults_of(
    number: int, row: list[str], headings: list[str], cells: dict[str, str]
) -> Iterator[Fault]:
    if any(cell.strip() for cell in row[len(headings) :]):
        yield Fault(number, "", "holds more cells than there are headings.")
    for name in REQUIRED:
        if not cells.get(name):
            yield Fault(number, name, "is empty.")
    if len(cells.get("identifier", "")) > 300:
        yield Fault(number, "identifier", "is longer than 300 characters.")
    for name in ("url", "download"):
        if (url := cells.get(name)) and not web_address(url):
            yield Fault(number, name, f"“{line(url, 60)}” is no address: write https://….")
    if (day := cells.get("updated")) and not moment(day):
        yield Fault(number, "updated", f"“{line(day, 40)}” is no day: write it as 2026-11-22.")
    if (mail := cells.get("contact")) and not email_address(mail):
        yield Fault(number, "contact", f"“{line(mail, 60)}” is no e-mail address.")
    if (access := cells.get("access", "").lower()) and access not in ACCESS:
        yield Fault(number, "access", f"“{line(access, 40)}” is none of {', '.join(ACCESS)}.")


def _record(cells: dict[str, str]) -> DatasetRecord:
    license_, cadence = line(cells.get("license")), line(cells.get("cadence"))
    file = web_address(cells.get("download"))
    return DatasetRecord(
        external_id=line(cells.get("identifier"), 300),
        title=line(cells.get("title")),
        description=paragraphs(cells.get("description")),
        landing_url=web_address(cells.get("url")),
        publisher=line(cells.get("publisher")),
        steward=line(cells.get("steward")),
        contact_email=email_address(cells.get("contact")),
        license_text=license_,
        license_spdx=spdx_of(license_),
        license_url=web_address(license_),
        access_level=line(cells.get("access")).lower(),
        cadence_text=cadence,
        cadence_iso=period_of(cadence),
        keywords=tuple(_parts(cells.get("keywords", ""))),
        data_updated_at=moment(cells.get("updated", "")),
        columns=tuple(_columns(cells.get("columns", ""))),
        distributions=(Distribution("Download", file, "file"),) if file else (),
    )


def _parts(text: str) -> Iterator[str]:
    """What stands between semicolons."""
    yield from (part for one in text.split(";") if (part := line(one)))


def _columns(text: str) -> Iterator[Column]:
    """ "case number (text); opened (date)": names, their types in parentheses."""
    for part in _parts(text):
        name, bracket, type_ = part.rpartition("(")
        if bracket and type_.endswith(")") and name.strip():
            yield Column(name.strip(), type=type_[:-1].strip())
        else:
            yield Column(part)
