import ast
import subprocess
import sys
from pathlib import Path

import pytest

from bootstrap import commands
from bootstrap.paths import ROOT
from bootstrap.terminal import StepFailed

OWN_PYTHON_FILES = [ROOT / "run.py", *sorted((ROOT / "bootstrap").rglob("*.py"))]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "run.py", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_run_alone_explains_every_command() -> None:
    done = run()

    assert done.returncode == 0
    for command in commands.COMMANDS:
        assert f"python3 run.py {command}" in done.stdout


def test_run_names_its_commands_when_asked_for_another() -> None:
    done = run("serve")

    assert done.returncode == 2
    assert "no command 'serve'" in done.stderr
    assert "up, test, manage, shell, sbom, lock" in done.stderr


def test_run_is_readable_to_python_3_8() -> None:
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 8))


def test_run_refuses_an_old_python_in_one_line() -> None:
    old = "import sys; sys.version_info = (3, 9, 2, 'final', 0); exec(open('run.py').read())"

    done = subprocess.run(
        [sys.executable, "-c", old], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this is 3.9" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("path", OWN_PYTHON_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_setup_imports_the_standard_library_only(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add((node.module or "").partition(".")[0])

    assert imported - set(sys.stdlib_module_names) <= {"bootstrap"}


def test_a_failed_step_says_which_why_and_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(words: list[str]) -> int:
        raise StepFailed("making tea", "no water", do="open the tap", tail=["kettle: dry"])

    monkeypatch.setitem(commands.COMMANDS, "up", fail)

    code = commands.main(["up"])

    said = capsys.readouterr().err
    assert code == 1
    assert "| kettle: dry" in said
    assert "Failed: making tea" in said
    assert "Why: no water" in said
    assert "Do: open the tap" in said
