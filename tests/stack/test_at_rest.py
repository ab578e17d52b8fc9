"""What a running desk keeps, on the disk of a machine that others use too."""

import os
import stat
from pathlib import Path

import pytest

from tests.desk import running_desk

pytestmark = pytest.mark.stack
LEFT_OPEN = ("files/ab/kept.pdf", "mail/kept.eml", "log/web.log", "secret-key")  # by an older desk


@pytest.mark.own_servers
def test_all_that_a_desk_keeps_is_its_own_accounts_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    var = tmp_path / "var"
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    before = os.umask(0o022)  # as most systems have it
    try:
        for name in LEFT_OPEN:
            (var / name).parent.mkdir(parents=True, exist_ok=True)
            (var / name).write_text("kept by a desk that left it open, 0123456789, 0123456789")
        with running_desk(var):
            open_to_others = [
                f"{path.relative_to(tmp_path)} {mode:o}"
                for path in [var, *var.rglob("*")]
                if (mode := _mode(path)) & 0o077
            ]
            kept = {path.name for path in var.rglob("*")}
    finally:
        os.umask(before)

    assert open_to_others == []
    assert {"desk.sqlite3", "secret-key", "web.log", "kept.eml"} <= kept


def _mode(path: Path) -> int:
    """0 for what has gone meanwhile: a journal, a lock."""
    try:
        return stat.S_IMODE(path.lstat().st_mode) if not path.is_symlink() else 0
    except FileNotFoundError:
        return 0
