import stat
from pathlib import Path

import pytest

from bootstrap.data_folder import check_writable, close_to_others
from bootstrap.terminal import StepFailed


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_folder_that_is_missing_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    check_writable(tmp_path / "var" / "demo")

    assert [mode(tmp_path / "var"), mode(tmp_path / "var" / "demo")] == [0o700, 0o700]
    assert list((tmp_path / "var" / "demo").iterdir()) == []


@pytest.mark.parametrize("folder", ["/proc/self", "/proc/desk", "/dev/null"])
def test_folder_that_cannot_be_written_is_named_with_the_way_out(folder: str) -> None:
    with pytest.raises(StepFailed) as failure:
        check_writable(Path(folder))

    assert failure.value.why.startswith(f"{folder} cannot be written (")
    assert "VAR_DIR" in failure.value.do


def test_what_lay_open_is_closed_and_what_its_owner_may_is_kept(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "web.log").touch()
    (tmp_path / "log" / "web.log").chmod(0o664)
    (tmp_path / "script").touch()
    (tmp_path / "script").chmod(0o755)
    (tmp_path / "log").chmod(0o755)
    tmp_path.chmod(0o755)

    assert close_to_others(tmp_path) == []

    paths = (tmp_path, tmp_path / "log", tmp_path / "log" / "web.log", tmp_path / "script")
    assert [oct(mode(path)) for path in paths] == ["0o700", "0o700", "0o600", "0o700"]


def test_what_a_link_points_to_is_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.touch()
    outside.chmod(0o644)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "link").symlink_to(outside)

    close_to_others(tmp_path / "var")

    assert mode(outside) == 0o644


def test_what_belongs_to_another_account_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "theirs").touch()
    (tmp_path / "theirs").chmod(0o644)
    tmp_path.chmod(0o700)

    def refuse(path: Path, wanted: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)

    assert close_to_others(tmp_path) == [tmp_path / "theirs"]
