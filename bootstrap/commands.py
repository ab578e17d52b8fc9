"""The table of commands behind `python3 run.py`."""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from bootstrap import chosen_tests, dependencies, gates, launch, lock
from bootstrap.machine import libraries, venv
from bootstrap.paths import RUNTIME_LOCK, var_dir
from bootstrap.shell import run_python
from bootstrap.terminal import StepFailed, say

EXPLANATION = """\
Records Desk: a newsroom's desk for public-records requests to cities.

  python3 run.py up          set up everything and run the desk; prints its address
                 --demo      with a practice newsroom, requests in every state, and its sign-in
                 --port N    on this port (else the first free one from 8000)
                 --host A    on this address (else 127.0.0.1)
  python3 run.py test        set up everything for the tests and run every gate
                 [ARGS]      only pytest, with these arguments and what the machine has
                 --with-servers ARGS   installs the servers and programs that it lacks, too

  python3 run.py manage …    one of Django's commands (`manage` alone lists them)
  python3 run.py shell       a Python shell with the desk's models
  python3 run.py sbom        write sbom.json, the bill of materials (CycloneDX) of the runtime lock
  python3 run.py lock        write the hashed locks from pyproject.toml (--upgrade: newest versions)

Settings come from the environment; README.md lists them under "Deploying".
Data is under var/ (VAR_DIR moves it), practice data under var/demo/.
"""


def main(words: list[str]) -> int:
    if os.name != "posix":
        print("Records Desk runs on Linux and macOS. On Windows, use it inside WSL.")
        return 1
    if not words or words[0] in {"-h", "--help", "help"}:
        print(EXPLANATION, end="")
        return 0
    command = COMMANDS.get(words[0])
    if command is None:
        print(f"run.py has no command {words[0]!r}. It has: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    try:
        return command(words[1:])
    except StepFailed as failure:
        failure.show()
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _up(words: list[str]) -> int:
    parser = argparse.ArgumentParser("run.py up", description="Set up everything and run the desk.")
    parser.add_argument("--demo", action="store_true", help="with a practice newsroom")
    parser.add_argument("--port", type=int, help="default: the first free one from 8000")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    chosen = parser.parse_args(words)
    launch.run(host=chosen.host, port=chosen.port, demo=chosen.demo)
    return 0


def _test(words: list[str]) -> int:
    # Told to end, it still stops its servers and removes their folders, as on Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    return chosen_tests.run(words) if words else gates.run()


def _lock(words: list[str]) -> int:
    parser = argparse.ArgumentParser("run.py lock", description="Write the hashed locks.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions allowed")
    lock.write(upgrade=parser.parse_args(words).upgrade)
    say("`python3 run.py test` installs and tries them")
    return 0


def _sbom(words: list[str]) -> int:
    parser = argparse.ArgumentParser("run.py sbom", description="Write the bill of materials.")
    parser.add_argument("target", nargs="?", type=Path, default=Path("sbom.json"))
    target = parser.parse_args(words).target.absolute()
    venv.bring(dev=True)
    dependencies.write_bill(target)
    say(f"{target} written")
    return 0


def _manage(words: list[str]) -> int:
    if not venv.ready(RUNTIME_LOCK):
        libraries.bring()  # before anything is downloaded: where it cannot be, nothing is
        venv.bring(dev=False)
    env = {**os.environ, "VAR_DIR": str(var_dir())}
    return run_python(("manage.py", *words), env)


def _shell(words: list[str]) -> int:
    return _manage(["shell", *words])


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "up": _up,
    "test": _test,
    "manage": _manage,
    "shell": _shell,
    "sbom": _sbom,
    "lock": _lock,
}
