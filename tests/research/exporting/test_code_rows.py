"""The codes of a project as a table: each coder's own, and the value that counts."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest

from requests_app.actions.research import resolving
from requests_app.actions.research.resolving import Settled
from requests_app.ledger.attribution import Attribution
from requests_app.models import Role
from requests_app.research.coding.codes import Code
from requests_app.research.exporting.query import ExportQuery
from tests.factories import NOW, member
from tests.research.coding_project import CLEAR, Study, entry_of, finished, given, study
from tests.research.exporting.logs import content_of, exported

pytestmark = pytest.mark.django_db
CODES = ExportQuery(what="codes")


def settled_study() -> Study:
    """Of three entries the first is settled, the second agreed upon, the third not finished."""
    found = study(entries=3)
    finished(found.entries[0], found.ana, given("vague", "It named no ground."))
    finished(found.entries[0], found.ben, given("stated"))
    for coder in (found.ana, found.ben):
        finished(found.entries[1], coder, given("none"))
    finished(found.entries[2], found.ana)
    settled = Settled(CLEAR, Code("vague"), "The rules say so.", 0)
    by = Attribution(found.editor, NOW)
    resolving.resolve(found.project, entry_of(found.entries[0]), settled, by=by)
    return found


def codes_in(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


def test_each_coders_code_stands_beside_the_one_that_counts():
    found = settled_study()

    rows = codes_in(content_of(exported(found.editor, "jsonl", query=CODES)))

    first = rows[0]["challenge_key"]
    clear = [one for one in rows if (one["variable"], one["challenge_key"]) == (CLEAR, first)]
    said = [(one["coder"], one["code"], one["how"], one["version"]) for one in clear]
    assert said == [
        (1, "vague", "coding", 1),
        (2, "stated", "coding", 1),
        (0, "vague", "resolved", 1),
    ]
    assert clear[2]["reason"] == "The rules say so."
    assert clear[0]["code_label"] == "Vague"
    assert [one["how"] for one in rows if one["coder"] == 0] == [
        "resolved", "disagreed", "agreed", "not coded",
    ]  # fmt: skip


def test_an_entry_that_somebody_has_still_to_code_is_in_no_export():
    found = settled_study()

    rows = codes_in(content_of(exported(found.ana, "jsonl", query=CODES)))

    assert len({one["challenge_key"] for one in rows}) == 2


def test_coders_are_numbers_unless_names_are_chosen():
    found = settled_study()

    without = content_of(exported(found.ana, "jsonl", query=CODES))
    named = content_of(exported(found.editor, "jsonl", query=CODES, has_personal_data=True))

    assert b"Ana" not in without
    assert {one.get("coder_name") for one in codes_in(named)} == {"Ana", "Ben", None}


@pytest.mark.parametrize("format_", ["csv", "xlsx", "parquet"])
def test_every_format_has_the_codes(format_: str):
    found = settled_study()

    export = exported(found.editor, format_, query=CODES)

    assert export.row_count == 12


def test_the_data_package_has_them_documented_and_valid(tmp_path):
    from frictionless import validate

    content = content_of(exported(settled_study().editor, "package"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        package.extractall(tmp_path)

    with (tmp_path / "codes.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == 12
    assert "## codes.csv" in (tmp_path / "CODEBOOK.md").read_text()
    report = validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []


def test_codes_of_another_newsroom_or_project_are_not_in_it():
    found = settled_study()
    stranger = member(Role.EDITOR)
    other = study()

    nothing = exported(stranger, "jsonl", query=CODES)
    of_other = exported(
        other.editor, "jsonl", query=ExportQuery(what="codes", project=other.project.pk)
    )

    assert (nothing.row_count, of_other.row_count) == (0, 0)
    assert found.project.newsroom != other.project.newsroom
