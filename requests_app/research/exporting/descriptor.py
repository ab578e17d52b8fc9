"""`datapackage.json` (Data Package 2.0), the codebook and the citation, from declared columns."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from requests_app.research.exporting.package_tables import TABLES, Table
from requests_app.research.exporting.query import ExportQuery
from requests_app.research.log_table.cells import NOT_APPLICABLE, NOT_SPECIFIED
from requests_app.research.log_table.column import Column

SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
MISSING = (
    {"value": NOT_SPECIFIED, "label": "Not specified: nobody said it"},
    {"value": NOT_APPLICABLE, "label": "Not applicable: there can be none"},
)
LICENSES: Mapping[str, tuple[str, str]] = {
    "CC-BY-4.0": (
        "Creative Commons Attribution 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "CC0-1.0": (
        "Creative Commons Zero 1.0: no rights reserved",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    "ODbL-1.0": (
        "Open Data Commons Open Database License 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
    ),
}
ALL_RIGHTS = "All rights reserved: ask the newsroom before you publish or pass it on."
EMPTY_CELLS = (
    "An empty cell is not specified: nobody said it. `n/a` is not applicable: there can be none, "
    "such as the day of a decision that was not made."
)
GUARD = (
    "A text that a spreadsheet would take for a formula, and one that reads “n/a”, has an "
    "apostrophe in front; take one away to have the text."
)


@dataclass(frozen=True, slots=True)
class AboutSnapshot:
    title: str
    newsroom: str
    chain_head: str  # where the newsroom's ledger stood: see `ledger.chains`
    security_head: str  # and its security log
    license: str
    query: ExportQuery
    has_personal_data: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class WrittenTable:
    table: Table
    columns: tuple[Column, ...]
    size: int
    sha256: str
    rows: int

    @property
    def path(self) -> str:
        return f"{self.table.name}.csv"


def descriptor(about: AboutSnapshot, written: Sequence[WrittenTable]) -> str:
    said: dict[str, Any] = {
        "$schema": SCHEMA,
        "name": "public-records-log",
        "title": about.title,
        "created": about.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "contributors": [{"title": about.newsroom, "roles": ["creator"]}],
        "query": about.query.to_json(),
        "hasPersonalData": about.has_personal_data,
        "ledger": about.chain_head,
        "securityLog": about.security_head,
        "resources": [_resource(one, written) for one in written],
    }
    if about.license in LICENSES:
        title, path = LICENSES[about.license]
        said["licenses"] = [{"name": about.license, "title": title, "path": path}]
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def codebook(about: AboutSnapshot, written: Sequence[WrittenTable]) -> str:
    """For people: each table, each column, each value that it may have."""
    lines = [
        f"# Codebook: {about.title}",
        "",
        f"Made for {about.newsroom}, {about.made_at:%Y-%m-%d %H:%M} UTC, by Records Desk.",
        f"The query that made it: `{json.dumps(about.query.to_json(), sort_keys=True)}`.",
        f"Where the newsroom's ledger stood: {about.chain_head}.",
        f"Where its security log stood: {about.security_head}.",
        "",
        EMPTY_CELLS,
        "",
        GUARD,
    ]
    for one in written:
        lines += ["", f"## {one.path}", "", f"{one.table.description} Rows: {one.rows}.", ""]
        for column in one.columns:
            lines.append(f"- **{column.name}** ({column.kind}): {column.description}")
            lines += [f"  - `{value}`: {label}" for value, label in _values(column)]
    return "\n".join(lines) + "\n"


def citation(about: AboutSnapshot, sha256: str) -> str:
    """CITATION.cff 1.2.0. `sha256` is of the descriptor, which names the hash of each table."""
    lines = [
        "cff-version: 1.2.0",
        "message: If you use these data, cite them as below.",
        "type: dataset",
        f"title: {json.dumps(about.title, ensure_ascii=False)}",
        "authors:",
        f"  - name: {json.dumps(about.newsroom, ensure_ascii=False)}",
        f"date-released: {about.made_at:%Y-%m-%d}",
        f"version: {sha256[:12]}",
    ]
    if about.license in LICENSES:
        lines.append(f"license: {about.license}")
    return "\n".join(lines) + "\n"


def license_text(about: AboutSnapshot) -> str:
    if about.license not in LICENSES:
        return f"{about.newsroom}. {ALL_RIGHTS}\n"
    title, path = LICENSES[about.license]
    return f"{about.title}, by {about.newsroom}: {title}\n{path}\n"


def _resource(one: WrittenTable, written: Sequence[WrittenTable]) -> dict[str, Any]:
    return {
        "name": one.table.name,
        "type": "table",
        "path": one.path,
        "description": one.table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": one.size,
        "hash": f"sha256:{one.sha256}",
        "schema": _schema(one.table, one.columns),
    }


def _schema(table: Table, columns: Sequence[Column]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": TABLE_SCHEMA,
        "missingValues": list(MISSING),
        "fields": [_field(one) for one in columns],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.belongs_to:
        parent = next(one for one in TABLES if one.name == table.belongs_to)
        key = list(parent.key)
        schema["foreignKeys"] = [
            {"fields": key, "reference": {"resource": parent.name, "fields": key}}
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": column.name,
        "title": column.title,
        "type": column.kind.value,
        "description": column.description,
    }
    if values := _values(column):
        said["constraints"] = {"enum": [value for value, _ in values]}
        said["categories"] = [{"value": value, "label": label} for value, label in values]
    return said


def _values(column: Column) -> list[tuple[str, str]]:
    return [(str(v), str(label)) for v, label in column.choices.choices] if column.choices else []
