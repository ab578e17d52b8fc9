import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from bootstrap.paths import DEV_LOCK, ROOT, RUNTIME_LOCK

PUBLIC_INDEX = {"pypi.org", "files.pythonhosted.org"}
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9,_-]+\])?==([^\s;\\]+)", re.M)


def pins(text: str) -> dict[str, set[str]]:
    """Versions by package: a universal lock may hold several for different machines."""
    found: dict[str, set[str]] = {}
    for name, version in PIN.findall(text):
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, DEV_LOCK], ids=lambda path: path.name)
def test_lock_names_no_host_but_the_public_index(lock: Path) -> None:
    text = lock.read_text()

    assert set(re.findall(r"[a-z+]+://([^/\s:@]+)", text)) <= PUBLIC_INDEX
    assert not re.search(
        r"^\s*(-i|--index-url|--extra-index-url|-f|--find-links|--trusted)", text, re.M
    )
    assert not re.search(r"(^|\s)(/|\.\./)\S+", text), "a path of the machine that wrote it"


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, DEV_LOCK], ids=lambda path: path.name)
def test_lock_holds_a_hash_for_every_package(lock: Path) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text())
    packages = [entry for entry in entries if PIN.match(entry)]

    assert len(packages) > 40
    assert [entry.splitlines()[0] for entry in packages if "--hash=sha256:" not in entry] == []


def test_dev_lock_holds_the_runtime_versions() -> None:
    runtime, dev = pins(RUNTIME_LOCK.read_text()), pins(DEV_LOCK.read_text())

    assert {name: dev.get(name) for name in runtime} == runtime


def test_locks_never_hold_both_fsm_packages() -> None:
    names = set(pins(DEV_LOCK.read_text()))

    assert "django-fsm-2" in names
    assert "django-fsm" not in names


def test_runtime_lock_holds_everything_the_desk_imports() -> None:
    """What only the dev lock brings is missing where the desk really runs."""
    provided_by = packages_distributions()
    own = {"bootstrap", "cities", "config", "requests_app"}
    locked = set(pins(RUNTIME_LOCK.read_text()))
    missing = set()
    for path in (path for folder in own for path in (ROOT / folder).rglob("*.py")):
        for module in imported_modules(path) - own - set(sys.stdlib_module_names):
            names = {name.lower().replace("_", "-") for name in provided_by.get(module, [module])}
            if not names & locked:
                missing.add(f"{path.relative_to(ROOT)} imports {module}")

    assert missing == set()


def imported_modules(path: Path) -> set[str]:
    """The first names of a file's absolute imports, also of those inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return found
