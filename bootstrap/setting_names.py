"""The names of the settings that the environment may set, read from the code that reads them."""

import ast
from pathlib import Path

from bootstrap.paths import ROOT

READERS = {"env", "environ"}  # `env.str("NAME")` of django-environ, `os.environ.get("NAME")`


def setting_names(folder: Path = ROOT / "config") -> set[str]:
    return {name for path in folder.rglob("*.py") for name in _names_read(path)}


def _names_read(path: Path) -> set[str]:
    """First arguments of calls on a reader, where they are written out in capitals."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and _is_reader(node.func):
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                found.add(name.value)
    return {name for name in found if name.isupper()}


def _is_reader(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and (
        getattr(called.value, "id", getattr(called.value, "attr", "")) in READERS
    )
