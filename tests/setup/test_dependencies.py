"""The bill of materials, the check for known faults, and what is pinned to exactly what."""

import json
import re
from pathlib import Path

import pytest
import yaml

from bootstrap import dependencies, gates
from bootstrap.paths import ROOT, RUNTIME_LOCK

ANSWER = {
    "dependencies": [
        {"name": "sound", "version": "1.0", "vulns": []},
        {"name": "left-out", "skip_reason": "not on the index"},
        {"name": "bad", "version": "2.0", "vulns": [{"id": "CVE-1", "fix_versions": ["2.1"]}]},
    ]
}


def test_bill_of_materials_names_every_package_of_the_lock(tmp_path: Path) -> None:
    first, again = tmp_path / "first.json", tmp_path / "again.json"

    dependencies.write_bill(first)
    dependencies.write_bill(again)

    bill = json.loads(first.read_text())
    locked = re.findall(r"^([\w.-]+)==", RUNTIME_LOCK.read_text(), re.M)
    assert bill["bomFormat"] == "CycloneDX"
    assert {part["name"].lower() for part in bill["components"]} == {n.lower() for n in locked}
    assert first.read_bytes() == again.read_bytes()


def test_audit_says_that_nobody_was_reached_and_does_not_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dependencies, "INDEX", "http://127.0.0.1:9/")

    assert dependencies.audit() == 0
    assert "NOT REACHED" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (json.dumps(ANSWER), 1, "bad 2.0: CVE-1, mended in 2.1"),
        (json.dumps({"dependencies": []}), 0, "nothing is known"),
        ("no JSON", 1, "pip-audit gave no answer"),
    ],
)
def test_audit_fails_for_what_is_known_and_where_there_is_no_answer(
    answer: str,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    program = tmp_path / "pip-audit"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{answer}\nEND\n")
    program.chmod(0o700)
    monkeypatch.setattr(dependencies, "why_not_reached", lambda: "")
    monkeypatch.setattr(dependencies.sys, "executable", str(program))

    assert dependencies.audit() == code
    assert said in capsys.readouterr().out


def test_audit_is_a_gate() -> None:
    assert "bootstrap.dependencies" in gates.AUDIT


def test_actions_are_pinned_to_a_commit_with_the_version_it_is() -> None:
    used = [
        line
        for file in (ROOT / ".github" / "workflows").glob("*.yml")
        for line in file.read_text().splitlines()
        if "uses:" in line
    ]

    assert used
    for line in used:
        assert re.search(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_images_are_pinned_by_digest_with_the_version_it_is() -> None:
    """The digest is what is fetched; the version says to people what that is."""
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    images = {one["image"] for one in services.values()} - {"records-desk"}
    images |= set(re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.M))

    assert len(images) == 3
    for image in images:
        assert re.fullmatch(r"\w+:\d+\.\d+(\.\d+)?(-[\w-]+)?@sha256:[0-9a-f]{64}", image), image
