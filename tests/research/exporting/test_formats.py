"""The files that come out, each read by others' programs; and nothing in them that runs."""

import csv
import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from requests_app.actions.errors import Refused
from requests_app.models import Role
from requests_app.research.exporting.make_export import write
from requests_app.research.exporting.query import ExportQuery
from requests_app.research.log_table.cells import NOT_APPLICABLE, guarded, unguarded
from requests_app.research.log_table.columns import COLUMNS
from tests.factories import member
from tests.research.exporting.logs import FORMULA, content_of, exported, full_log

TEXTS = [FORMULA, "+1", "-1", "@SUM(A1)", "\t=1", " =1", "'=1", "''=1", "n/a", "'n/a", "plain",
         "n/a or so", "a=b", "'tis", "", "＝1", "\n=1"]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_guarded_text_is_read_as_it_was_and_none_is_run(text: str):
    cell = guarded(text)

    assert unguarded(cell) == text
    assert cell != NOT_APPLICABLE
    assert cell.strip()[:1] not in {"=", "+", "-", "@", "＝"} or cell == text == ""


@pytest.mark.django_db
def test_frictionless_finds_the_data_package_valid(tmp_path: Path):
    from frictionless import validate

    export = exported(full_log(), "package", license="CC-BY-4.0")
    with zipfile.ZipFile(io.BytesIO(content_of(export))) as package:
        package.extractall(tmp_path)

    report = validate(str(tmp_path / "datapackage.json"))

    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    said = json.loads((tmp_path / "datapackage.json").read_text())
    assert [one["name"] for one in said["resources"]] == [
        "log", "requests", "appeals", "exemptions", "events", "determinations", "deadlines",
        "communications", "datasets", "codes",
    ]  # fmt: skip
    assert [one["bytes"] for one in said["resources"]] == [
        (tmp_path / one["path"]).stat().st_size for one in said["resources"]
    ]
    assert len(report.tasks) == len(said["resources"])


@pytest.mark.django_db
def test_parquet_is_read_by_pandas_and_by_duckdb(tmp_path: Path):
    import duckdb
    import pandas

    path = tmp_path / "log.parquet"
    path.write_bytes(content_of(exported(full_log(), "parquet")))

    frame = pandas.read_parquet(path)
    [counted] = duckdb.sql(
        f"select count(*), sum(fees_charged), min(filed_on)::text from '{path}'"
    ).fetchall()

    assert list(frame["subject"])[1:3] == ["Päyroll “2019”\nline two"] * 2
    assert frame["exemptions"][1][0]["became"] == "upheld"
    assert [str(one) for one in counted] == ["11", "25.00", "2019-01-01"]


@pytest.mark.django_db
@pytest.mark.parametrize("format_", ["csv", "package", "foia-log"])
def test_personal_data_is_left_out_unless_chosen(format_: str):
    content = content_of(exported(full_log(), format_))
    if format_ == "package":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = b"".join(package.read(name) for name in package.namelist())

    for name in (b"Jane", b"Ann Reporter", b"@ledger.example"):
        assert name not in content


@pytest.mark.django_db
def test_personal_data_is_an_editors_to_choose():
    researcher = full_log()
    editor = member(Role.EDITOR, researcher.membership.newsroom)

    with pytest.raises(PermissionDenied):
        exported(researcher, "csv", has_personal_data=True)
    content = content_of(exported(editor, "csv", has_personal_data=True))

    assert b"Jane Doe" in content


@pytest.mark.django_db
@pytest.mark.parametrize("format_", ["package", "xlsx", "parquet", "csv", "jsonl", "foia-log"])
def test_made_again_a_snapshot_has_the_same_bytes(format_: str, tmp_path: Path):
    export = exported(full_log(), format_)

    path, total = write(export, tmp_path)

    assert (sha256(path.read_bytes()).hexdigest(), total) == (export.sha256, export.row_count)
    assert export.sha256 in str(export.file.name)


@pytest.mark.django_db
def test_an_empty_cell_is_not_specified_and_another_is_not_applicable():
    table = csv.DictReader(io.StringIO(content_of(exported(full_log(), "csv")).decode()))
    rows = list(table)

    assert table.fieldnames == [one.name for one in COLUMNS if not one.is_personal]
    court, budgets = rows[2], rows[4]
    assert (court["decided_on"], court["docket"]) == ("n/a", "")
    assert (budgets["filed_on"], budgets["completed_on"]) == ("n/a", "")


@pytest.mark.django_db
def test_only_what_was_asked_for_is_in_it():
    researcher = full_log()

    logged = exported(researcher, "csv", query=ExportQuery(what="logged"))
    challenges = exported(researcher, "csv", query=ExportQuery(what="challenges"))
    kansas_city = exported(researcher, "csv", query=ExportQuery(city="us-mo/kansas-city"))

    assert [one.row_count for one in (logged, challenges, kansas_city)] == [9, 4, 7]
    assert kansas_city.filters == {"what": "everything", "city": "us-mo/kansas-city"}


@pytest.mark.django_db
def test_the_codebook_and_the_citation_say_what_is_in_it():
    export = exported(full_log(), "package", title="Appeals of 2019", license="CC0-1.0")
    with zipfile.ZipFile(io.BytesIO(content_of(export))) as package:
        texts = {name: package.read(name).decode() for name in package.namelist() if "csv" not in
                 name}  # fmt: skip

    assert "- **outcome** (string): How it was decided." in texts["CODEBOOK.md"]
    assert "  - `reversed`: Reversed: the records must be given" in texts["CODEBOOK.md"]
    assert texts["CITATION.cff"].splitlines()[3:] == [
        'title: "Appeals of 2019"', "authors:", '  - name: "Ledger 0"',
        "date-released: 2026-11-02",
        f"version: {sha256(texts['datapackage.json'].encode()).hexdigest()[:12]}",
        "license: CC0-1.0",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_project_of_another_newsroom_is_refused():
    researcher = full_log()
    stranger = member(Role.RESEARCHER)
    project = researcher.membership.newsroom.projects.get()

    with pytest.raises(Refused, match="another newsroom"):
        exported(stranger, "csv", query=ExportQuery(project=project.pk))
