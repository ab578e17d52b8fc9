import os
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bootstrap import gates
from bootstrap.gates import Gate, Result
from bootstrap.paths import ROOT
from bootstrap.servers.environments import Environments


@pytest.fixture
def environments(tmp_path: Path) -> Environments:
    return Environments(
        base={"PATH": os.environ["PATH"]},
        folder=tmp_path,
        given={},
        postgres_url="postgres://desk@127.0.0.1:5/postgres",
        redis_url="redis://127.0.0.1:6/0",
        chromium=None,
        no_servers=None,
        no_browser="no Chromium",
        no_tools=None,
    )


def test_gates_run_the_suite_on_the_embedded_default_then_on_servers_then_in_the_browser(
    environments: Environments,
) -> None:
    embedded, servers, browser = gates.gates(environments)[-3:]

    assert "DATABASE_URL" not in embedded.env
    assert "REDIS_URL" not in embedded.env
    assert servers.env["DATABASE_URL"] == environments.postgres_url
    assert servers.env["REDIS_URL"] == environments.redis_url
    assert browser.not_run == "no Chromium"
    assert browser.command[-1] == gates.BROWSER_TESTS
    assert len({gate.env["VAR_DIR"] for gate in (embedded, servers, browser)}) == 3


def test_gates_name_the_tests_whose_programs_are_missing(environments: Environments) -> None:
    without = replace(environments, no_tools="no dovecot: install dovecot-imapd")

    suites = [gate for gate in gates.gates(without) if "-n" in gate.command]

    embedded, servers = (gate.command[-1] for gate in suites)
    assert embedded == "not browser and not tools"
    assert servers == f"{embedded} and database and not own_servers and not first_pass"
    assert gates.gates(without)[-1].not_run == "no dovecot: install dovecot-imapd"
    assert not any(gate.name == "tests, other programs" for gate in gates.gates(environments))


def test_what_drives_the_browser_lies_where_its_gate_looks() -> None:
    mark = "mark." + "browser"
    marked = [path for path in (ROOT / "tests").rglob("*.py") if mark in path.read_text()]

    assert marked
    assert [path for path in marked if not path.is_relative_to(ROOT / gates.BROWSER_TESTS)] == []


@pytest.mark.xdist_group("kept together")
def test_tests_of_a_group_are_kept_together(request: pytest.FixtureRequest) -> None:
    """By the name that xdist adds to theirs. Without it each process makes what a group shares."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@kept together")


@pytest.mark.database
@pytest.mark.second_pass(role="admin")
@pytest.mark.parametrize("role", ["reporter", "admin"])
def test_of_some_parameters_the_second_pass_runs_one(
    request: pytest.FixtureRequest, role: str
) -> None:
    is_left_out = request.node.get_closest_marker("first_pass") is not None

    assert is_left_out == (role != "admin")


def test_gates_check_the_deployment_as_over_https(environments: Environments) -> None:
    deployment = next(gate for gate in gates.gates(environments) if "--deploy" in gate.command)

    assert deployment.env["BASE_URL"] == "https://desk.example.org"


def test_hooks_before_a_commit_are_the_quick_gates(environments: Environments) -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    slow = ("tests", "deployment checks", "known vulnerabilities")
    quick = {
        gate.name: gate.command
        for gate in gates.gates(environments)
        if not gate.name.startswith(slow)
    }

    commands = {hook["name"]: tuple(hook["entry"].split()) for hook in hooks}

    assert commands.pop("import contracts") == (".venv/bin/lint-imports",)
    assert quick.pop("import contracts") == ("-c", gates.LINT_IMPORTS)
    assert commands == {name: (".venv/bin/python", *words) for name, words in quick.items()}
    assert {hook["language"] for hook in hooks} == {"system"}


def test_gate_that_finds_no_test_has_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "run_python", lambda words, env: gates.NO_TESTS_COLLECTED)

    result = gates._pass(Gate("browser", ("-m", "pytest", "-m", "browser"), {}))

    assert result.outcome == "not run: no test was found"


@pytest.mark.parametrize(
    ("outcomes", "ci", "code"),
    [
        (["ok", "ok"], True, 0),
        (["ok", "failed"], False, 1),
        (["ok", "not run: no Redis"], False, 0),
        (["ok", "not run: no Redis"], True, 1),
    ],
)
def test_report_fails_on_a_failure_and_in_ci_on_what_was_not_run(
    outcomes: list[str], ci: bool, code: int
) -> None:
    results = [Result(f"gate {number}", outcome, 1.0) for number, outcome in enumerate(outcomes)]

    assert gates.report(results, ci=ci) == code


def test_report_names_what_was_not_run_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    gates.report([Result("tests, browser", "not run: no Chromium", 0.0)], ci=False)

    assert "NOT RUN: tests, browser (no Chromium)" in capsys.readouterr().out


def test_ci_run_calls_exactly_what_a_person_calls() -> None:
    script = ROOT / ".ci" / "run"
    commands = [
        line
        for line in script.read_text().splitlines()
        if line and not line.startswith(("#", "set ", "cd "))
    ]

    assert os.access(script, os.X_OK)
    assert commands == ["exec python3 run.py test"]
    assert "run: .ci/run" in (ROOT / ".github" / "workflows" / "test.yml").read_text()
