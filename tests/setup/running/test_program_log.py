from pathlib import Path

import pytest

from config.running import program_log
from config.running.program_log import DiskTrouble, ProgramLog


def test_log_begins_a_new_file_while_the_program_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_log, "LOG_BYTES", 20)
    log = ProgramLog(tmp_path / "web.log", DiskTrouble())

    for line in ("first line", "second line", "third line"):
        log.write([line])
    log.close()

    assert (tmp_path / "web.log").read_text() == "third line\n"
    assert (tmp_path / "web.log.1").read_text() == "second line\n"


def test_log_keeps_signs_that_look_like_a_format(tmp_path: Path) -> None:
    log = ProgramLog(tmp_path / "web.log", DiskTrouble())

    log.write(["100 % of %s", "é"])
    log.close()

    assert (tmp_path / "web.log").read_text(encoding="utf-8") == "100 % of %s\né\n"


def test_full_disk_is_said_once_and_so_is_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trouble = DiskTrouble()
    logs = [ProgramLog(tmp_path / name, trouble) for name in ("web.log", "worker.log")]
    for log in logs:
        log.path.symlink_to("/dev/full")
        log.write(["lost"])
        log.write(["lost as well"])

    for log in logs:
        log.path.unlink()
        log.write(["kept"])
        log.close()

    assert capsys.readouterr().err == (
        f"desk     | {tmp_path}/web.log cannot be written (No space left on device). "
        "The desk runs on; what its programs print is not kept until this is mended.\n"
        f"desk     | {tmp_path}/worker.log can be written again\n"
    )
    assert [log.path.read_text() for log in logs] == ["kept\n", "kept\n"]
