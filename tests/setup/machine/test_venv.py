import json
from pathlib import Path

import pytest

from bootstrap.machine import debian, uv, venv
from bootstrap.terminal import StepFailed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A root with two locks and an empty .venv, in place of this project's."""
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    for name in ("RUNTIME_LOCK", "DEV_LOCK"):
        lock = tmp_path / getattr(venv, name).name
        lock.write_text(name)
        monkeypatch.setattr(venv, name, lock)
    monkeypatch.setattr(venv, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(venv, "VENV_PYTHON", python)
    monkeypatch.setattr(venv, "STAMP", tmp_path / ".venv" / "records-desk.json")
    return tmp_path


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(venv, "_installer", lambda: lambda lock: names.append(lock.name))
    return names


def test_second_start_installs_nothing(folder: Path, installed: list[str]) -> None:
    venv.bring(dev=False)
    venv.bring(dev=False)

    assert installed == ["requirements.txt"]


def test_tests_after_up_add_theirs_and_up_after_tests_adds_nothing(
    folder: Path, installed: list[str]
) -> None:
    venv.bring(dev=False)
    venv.bring(dev=True)
    venv.bring(dev=False)

    assert installed == ["requirements.txt", "requirements-dev.txt"]


def test_changed_lock_is_installed_again(folder: Path, installed: list[str]) -> None:
    venv.bring(dev=False)
    venv.RUNTIME_LOCK.write_text("another version")
    venv.bring(dev=False)

    assert installed == ["requirements.txt", "requirements.txt"]


def test_stamp_that_cannot_be_read_counts_as_none(folder: Path, installed: list[str]) -> None:
    venv.STAMP.write_text("half a fi")
    venv.bring(dev=False)

    assert installed == ["requirements.txt"]
    assert list(json.loads(venv.STAMP.read_text())) == ["requirements.txt"]


def test_without_any_installer_pip_comes_from_its_wheel(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(venv, "_works", lambda: False)
    monkeypatch.setattr(venv.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(debian, "install", lambda packages: ["no leave to"])
    monkeypatch.setattr(uv, "found", lambda: None)
    monkeypatch.setattr(uv, "has_pip", lambda python=None: False)
    monkeypatch.setattr(uv, "pip_from_its_wheel", lambda: ["python3", "pip.whl/pip"])
    monkeypatch.setattr(uv, "through_pip", lambda pip: None)
    monkeypatch.setattr(
        venv, "must", lambda step, command, **rest: commands.append([str(word) for word in command])
    )

    venv.bring(dev=False)

    making, installing = commands
    assert making[1:] == ["-m", "venv", "--clear", "--without-pip", str(folder / ".venv")]
    assert installing[:4] == ["python3", "pip.whl/pip", "--python", str(venv.VENV_PYTHON)]
    assert "--require-hashes" in installing


def test_pip_that_is_not_the_pinned_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Answer:
        def __init__(self, content: bytes) -> None:
            self.content = content

        def __enter__(self) -> "Answer":
            return self

        def __exit__(self, *args: object) -> None:
            return None

        def read(self) -> bytes:
            return self.content

    listing = {
        "releases": {uv.PIP_VERSION: [{"url": "../../pip.whl", "packagetype": "bdist_wheel"}]}
    }
    answers = iter([Answer(json.dumps(listing).encode()), Answer(b"not pip")])
    asked: list[str] = []

    def urlopen(address: str, timeout: float) -> Answer:
        asked.append(address)
        return next(answers)

    monkeypatch.setattr(uv.urllib.request, "urlopen", urlopen)
    monkeypatch.setattr(uv, "TOOLS", tmp_path)

    with pytest.raises(StepFailed, match="not what is pinned"):
        uv.pip_from_its_wheel()

    assert asked[1] == "https://pypi.org/pip.whl"
    assert list(tmp_path.iterdir()) == []
