"""The supervisor over small programs of the tests' own, run as the process it will be."""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bootstrap.paths import ROOT
from tests.desk import until

PATIENT = "import signal, sys; print('up', flush=True); signal.pause()"
STUBBORN = (
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True)\n"
    "while True: signal.pause()"
)
# Blocked before "up" is said and waited for, so that a signal between the two is not lost: one
# that comes between Python's last look and `signal.pause()` is never handled.
SAYS_WHEN_STOPPED = (
    "import signal\n"
    "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})\n"
    "print('up', flush=True)\n"
    "signal.sigwait({signal.SIGTERM})\n"
    "print('stopped', flush=True)"
)
SAYS_MORE_WHEN_ASKED = (
    "import signal\n"
    "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGUSR1})\n"
    "print('up', flush=True)\n"
    "while signal.sigwait({signal.SIGTERM, signal.SIGUSR1}) == signal.SIGUSR1:\n"
    "    print('more', flush=True)"
)
DIES = "raise SystemExit('no such database')"
WITH_CHILD = (
    "import subprocess, sys, signal\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'])\n"
    "print('child', child.pid, flush=True)\n"
    "signal.pause()"
)
RUN = """
import json, sys
from pathlib import Path
from config.running import supervised, supervisor
supervised.BACK_OFF_SECONDS = (0.01, 0.02, 0.04, 0.08)
supervisor.STOP_SECONDS = float(sys.argv[3])
programs = [
    supervised.Program(name, (sys.executable, "-c", code), stop_stage=stage)
    for name, code, stage in json.loads(sys.argv[1])
]
desk = supervisor.Supervisor(programs, log_folder=Path(sys.argv[2]))
desk.announced = True  # show everything from the first line
sys.exit(desk.run())
"""
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def start_it(
        *programs: tuple[str, str, int], stop_seconds: float = 10
    ) -> subprocess.Popen[str]:
        words = [json.dumps(programs), str(tmp_path), str(stop_seconds)]
        with (tmp_path / "stderr").open("ab") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-c", RUN, *words],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )
        started.append(process)
        return process

    yield start_it
    for process in started:
        # Told twice, so that it ends every group at once; killed, it would leave grandchildren.
        while process.poll() is None:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
        assert process.stdout
        process.stdout.close()


def read_until(process: subprocess.Popen[str], words: str, *, times: int = 1) -> list[str]:
    """The lines up to the one that says it the nth time; the end of output is a failure."""
    assert process.stdout
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        times -= words in line
        if times == 0:
            return lines
    pytest.fail(f"never said {words!r}: {lines}")


def errors(folder: Path) -> list[str]:
    """What the supervisor has said on standard error."""
    return (folder / "stderr").read_text().splitlines()


def wait_until_gone(pid: int) -> None:
    """Linux tells when a process that is not our child ends: its pidfd becomes readable."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    ended, _, _ = select.select([handle], [], [], 10)
    os.close(handle)
    assert ended, f"process {pid} is still there"


@pytest.mark.stack
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_supervisor_told_to_stop_stops_all_in_order(start: Start, signum: int) -> None:
    process = start(("late", SAYS_WHEN_STOPPED, 2), ("early", SAYS_WHEN_STOPPED, 0))
    read_until(process, "| up", times=2)

    process.send_signal(signum)

    lines = read_until(process, "late     | stopped")
    assert lines == ["desk     | stopping", "early    | stopped", "late     | stopped"]
    assert process.wait(10) == 0


@pytest.mark.stack
def test_supervisor_kills_what_does_not_stop_in_time(start: Start) -> None:
    process = start(("mule", STUBBORN, 0), stop_seconds=0.2)
    read_until(process, "| up")

    process.send_signal(signal.SIGTERM)

    read_until(process, "mule did not stop in time and was killed")
    assert process.wait(10) == 0


@pytest.mark.stack
def test_supervisor_told_twice_does_not_wait(start: Start) -> None:
    process = start(("mule", STUBBORN, 0), stop_seconds=60)
    read_until(process, "| up")

    process.send_signal(signal.SIGINT)
    read_until(process, "stopping")
    process.send_signal(signal.SIGINT)

    assert process.wait(10) == 0


@pytest.mark.stack
def test_supervisor_starts_again_what_was_killed(start: Start) -> None:
    process = start(("web", "import os; print('pid', os.getpid())\n" + PATIENT, 0))
    first = int(read_until(process, "pid")[-1].split()[-1])
    read_until(process, "| up")

    os.kill(first, signal.SIGKILL)

    lines = read_until(process, "pid")
    assert any("web ended with -9" in line for line in lines)
    assert int(lines[-1].split()[-1]) != first


@pytest.mark.stack
def test_supervisor_clears_up_the_children_of_what_was_killed(start: Start) -> None:
    process = start(("web", WITH_CHILD, 0))
    child = int(read_until(process, "child")[-1].split()[-1])
    parent = int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[1])

    os.kill(parent, signal.SIGKILL)

    read_until(process, "child")
    wait_until_gone(child)


@pytest.mark.stack
def test_supervisor_gives_up_loudly_on_what_keeps_dying(start: Start, tmp_path: Path) -> None:
    process = start(("web", PATIENT, 0), ("worker", DIES, 1))

    lines = read_until(process, "Its output is in")

    assert process.wait(10) == 1
    assert any("GIVEN UP: worker ended 5 times" in line for line in lines)
    assert str(tmp_path / "worker.log") in lines[-1]
    assert (tmp_path / "worker.log").read_text().count("no such database") == 5


@pytest.mark.stack
def test_supervisor_killed_outright_leaves_nothing_running(start: Start) -> None:
    process = start(("web", "import os; print('pid', os.getpid())\n" + PATIENT, 0))
    pid = int(read_until(process, "pid")[-1].split()[-1])
    read_until(process, "| up")

    process.kill()

    process.wait(10)
    wait_until_gone(pid)


@pytest.mark.stack
def test_supervisor_lives_through_a_full_disk_and_keeps_lines_again_after_it(
    start: Start, tmp_path: Path
) -> None:
    for name in ("web", "worker"):
        (tmp_path / f"{name}.log").symlink_to("/dev/full")
    process = start(("web", SAYS_MORE_WHEN_ASKED, 0), ("worker", SAYS_MORE_WHEN_ASKED, 0))
    read_until(process, "| up", times=2)

    for name in ("web", "worker"):
        (tmp_path / f"{name}.log").unlink()
        os.kill(int((tmp_path / f"{name}.pid").read_text()), signal.SIGUSR1)
        read_until(process, f"{name:<9}| more")
    process.send_signal(signal.SIGTERM)

    assert process.wait(10) == 0
    assert [(tmp_path / f"{name}.log").read_text() for name in ("web", "worker")] == ["more\n"] * 2
    lost, kept_again = [line.partition(" (")[0] for line in errors(tmp_path)]
    # Both begin at once: whichever speaks first is the one that is named.
    assert lost in {
        f"desk     | {tmp_path}/{name}.log cannot be written" for name in ("web", "worker")
    }
    assert kept_again == f"desk     | {tmp_path}/worker.log can be written again"


@pytest.mark.stack
def test_supervisor_stops_all_in_order_on_a_full_disk(start: Start, tmp_path: Path) -> None:
    (tmp_path / "web.log").symlink_to("/dev/full")
    process = start(("web", SAYS_WHEN_STOPPED, 0), ("worker", SAYS_WHEN_STOPPED, 1))
    read_until(process, "| up", times=2)

    process.send_signal(signal.SIGTERM)

    lines = read_until(process, "worker   | stopped")
    assert lines == ["desk     | stopping", "web      | stopped", "worker   | stopped"]
    assert process.wait(10) == 0
    assert (tmp_path / "worker.log").read_text() == "up\nstopped\n"


@pytest.mark.stack
def test_supervisor_whose_own_output_is_on_the_full_disk_runs_on(tmp_path: Path) -> None:
    words = [json.dumps([("web", SAYS_WHEN_STOPPED, 0)]), str(tmp_path), "10"]
    log = tmp_path / "web.log"
    with Path("/dev/full").open("w") as full:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, *words], cwd=ROOT, stdout=full, stderr=full
        )
    try:
        until(lambda: log.exists() and log.read_text() == "up\n", what="the program")

        process.send_signal(signal.SIGTERM)

        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
    assert log.read_text() == "up\nstopped\n"
