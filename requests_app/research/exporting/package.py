"""The data package: every table as CSV, described, in one ZIP that is the same each time."""

import zipfile
from collections.abc import Iterable
from hashlib import file_digest, sha256
from pathlib import Path

from requests_app.research.exporting.descriptor import (
    AboutSnapshot,
    WrittenTable,
    citation,
    codebook,
    descriptor,
    license_text,
)
from requests_app.research.exporting.formats import write_csv
from requests_app.research.exporting.log_rows import only
from requests_app.research.exporting.package_tables import TABLES, Scope, Table
from requests_app.research.log_table.columns import without_personal

NO_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can name


def write_package(path: Path, about: AboutSnapshot, scope: Scope) -> int:
    """How many rows the flat log has. The tables are written beside `path`, and packed."""
    folder = path.parent
    written = [_table(folder, table, about, scope) for table in TABLES]
    said = descriptor(about, written)
    texts = {
        "datapackage.json": said,
        "CODEBOOK.md": codebook(about, written),
        "CITATION.cff": citation(about, sha256(said.encode()).hexdigest()),
        "LICENSE.txt": license_text(about),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    _pack(path, folder, [*texts, *(one.path for one in written)])
    return written[0].rows


def _table(folder: Path, table: Table, about: AboutSnapshot, scope: Scope) -> WrittenTable:
    columns = without_personal(table.columns, has_personal_data=about.has_personal_data)
    path = folder / f"{table.name}.csv"
    total = write_csv(path, columns, only(columns, table.rows(scope)))
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return WrittenTable(table, columns, path.stat().st_size, digest, total)


def _pack(path: Path, folder: Path, names: Iterable[str]) -> None:
    """In this order, without the moment and the machine's own marks."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            member = zipfile.ZipInfo(name, NO_MOMENT)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            member.external_attr = 0o644 << 16
            with (folder / name).open("rb") as file, archive.open(member, "w") as packed:
                while chunk := file.read(1024 * 1024):
                    packed.write(chunk)
