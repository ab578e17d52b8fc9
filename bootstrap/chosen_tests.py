"""`run.py test ARGUMENTS`: pytest alone, with these arguments, installing nothing on the machine.

It runs once: on the embedded default, or on DATABASE_URL and REDIS_URL where they are set. Tests
whose programs are not here are left out, which is said; `--with-servers` brings them first.
"""

from contextlib import ExitStack

from bootstrap.machine import chromium, libraries, tools, venv
from bootstrap.servers import redis
from bootstrap.servers.environments import environment_of_this_machine, prepare_environments
from bootstrap.shell import run_python
from bootstrap.terminal import say

WITH_SERVERS = "--with-servers"


def run(words: list[str]) -> int:
    libraries.bring()  # before anything is downloaded: where it cannot be, nothing is
    venv.bring(dev=True)
    arguments = [word for word in words if word != WITH_SERVERS]
    with ExitStack() as stack:
        if WITH_SERVERS in words:
            environments = prepare_environments(stack)
            env = {**environments.private, **environments.given}
        else:
            env = environment_of_this_machine(stack)
            # The person's own -m comes later on the line, and so counts instead.
            arguments = [*_left_out(), *arguments]
        return run_python(("-m", "pytest", *arguments), env)


def _left_out() -> list[str]:
    """The words that leave out the tests of programs that are not here, once they are named."""
    missing, markers = tools.missing(), []
    if missing:
        markers.append("not tools")
    if chromium.found() is None:
        missing.append("Chromium")
        markers.append("not browser")
    if redis.found() is None:
        missing.append("Redis")  # asked for by a fixture, which fails with the same advice
    if missing:
        say(
            f"not on this machine, so tests that need them are left out or fail: "
            f"{', '.join(missing)}; `python3 run.py test {WITH_SERVERS} …` installs them first"
        )
    return ["-m", " and ".join(markers)] if markers else []
