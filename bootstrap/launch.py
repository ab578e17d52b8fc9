"""`run.py up`: everything that Django cannot do for itself, then `manage.py up` in our place."""

import os
import sys
from urllib.parse import urlsplit

from bootstrap.machine import libraries, venv
from bootstrap.paths import ROOT, VENV_PYTHON, var_dir
from bootstrap.servers import ports
from bootstrap.terminal import StepFailed, say

FIRST_PORT = 8000
FIRST_MAIL_PORT = 8025
# Practice data stays in its own folder: these would take it into a real newsroom's systems.
REAL_SYSTEMS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL")


def run(*, host: str, port: int | None, demo: bool) -> None:
    """Ends only by raising: the last step replaces this process."""
    venv.bring(dev=False)
    libraries.bring()
    chosen = _port(port, host)
    if os.geteuid() == 0:
        say("running as root: fine for a trial; for daily work use an account of its own")
    env = environment(host=host, port=chosen, demo=demo)
    words = [str(VENV_PYTHON), "manage.py", "up", "--host", host, "--port", str(chosen)]
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execve(VENV_PYTHON, [*words, *(["--demo"] if demo else [])], env)  # noqa: S606


def environment(*, host: str, port: int, demo: bool) -> dict[str, str]:
    """The desk's environment: what is set wins, except that a demo never touches real systems."""
    env = dict(os.environ)
    if demo:
        dropped = [name for name in REAL_SYSTEMS if env.pop(name, "")]
        if dropped:
            say(f"demo: {', '.join(dropped)} left alone; practice data stays on this machine")
        say(f"demo: practice data is kept apart, in {var_dir(demo=True)}")
    env["VAR_DIR"] = str(var_dir(demo=demo))
    env.setdefault("BASE_URL", f"http://{_name_to_open(host)}:{port}")
    if urlsplit(env["BASE_URL"]).hostname in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        raise StepFailed(
            "BASE_URL", f"{env['BASE_URL']} is no address", do="set one people can open"
        )
    if not env.get("EMAIL_URL") and not env.get("PRACTICE_MAIL_PORT"):
        mail_port = ports.next_free(FIRST_MAIL_PORT)
        env["PRACTICE_MAIL_PORT"] = str(mail_port or ports.any_free())
    return env


def _name_to_open(host: str) -> str:
    """What to type in a browser for the address that is listened on."""
    if host in {"127.0.0.1", "::1", "localhost"}:
        return "localhost"
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        say("listening on every address; set BASE_URL to the one that people will open")
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _port(wanted: int | None, host: str) -> int:
    """The port asked for, or the first free one from 8000 on, saying so where it is not 8000."""
    if wanted is not None:
        if not ports.is_free(wanted, host):
            raise StepFailed(
                "web server",
                f"port {wanted} on {host} is taken or may not be used",
                do="choose another with --port, or leave it out and the next free one is taken",
            )
        return wanted
    port = ports.next_free(FIRST_PORT, host)
    if port is None:
        raise StepFailed(
            "web server",
            f"no free port from {FIRST_PORT} on, on {host}",
            do="choose an address of this machine with --host, or a port with --port",
        )
    if port != FIRST_PORT:
        say(f"port {FIRST_PORT} is taken; using {port}")
    return port
