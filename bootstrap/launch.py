"""`run.py up`: everything that Django cannot do for itself, then `manage.py up` in our place.

The ports are listened on here, as soon as they are picked, and the open sockets are handed on:
setting up takes minutes, and nobody may take a port meanwhile.
"""

import os
import socket
import sys
from urllib.parse import urlsplit

from bootstrap.data_folder import check_writable
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
    check_writable(var_dir(demo=demo))
    libraries.bring()  # before anything is downloaded: where it cannot be, nothing is
    venv.bring(dev=False)
    web = open_web_socket(port, host)
    if os.geteuid() == 0:
        say("running as root: fine for a trial; for daily work use an account of its own")
    env = environment(host=host, port=ports.port_of(web), demo=demo)
    words = command(host=host, web=web, mail=open_mail_socket(env), demo=demo)
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execve(VENV_PYTHON, words, env)  # noqa: S606


def command(*, host: str, web: socket.socket, mail: socket.socket | None, demo: bool) -> list[str]:
    """The words of `manage.py up`, with the sockets that outlive the change of program."""
    words = [str(VENV_PYTHON), "manage.py", "up", "--host", host]
    words += ["--port", str(ports.port_of(web)), "--web-socket", _hand_on(web)]
    if mail is not None:
        words += ["--mail-socket", _hand_on(mail)]
    return [*words, *(["--demo"] if demo else [])]


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
    return env


def open_web_socket(wanted: int | None, host: str) -> socket.socket:
    """On the port asked for, or on the first free one from 8000 on, said where it is not 8000."""
    if wanted is not None:
        try:
            return ports.listen(wanted, host)
        except OSError as error:
            raise StepFailed(
                "web server",
                f"port {wanted} on {host} is taken or may not be used ({error.strerror or error})",
                do="choose another with --port, or leave it out and the next free one is taken",
            ) from error
    web = ports.listen_on_first_free(FIRST_PORT, host)
    if web is None:
        raise StepFailed(
            "web server",
            f"no free port from {FIRST_PORT} on, on {host}",
            do="choose an address of this machine with --host, or a port with --port",
        )
    if ports.port_of(web) != FIRST_PORT:
        say(f"port {FIRST_PORT} is taken; using {ports.port_of(web)}")
    return web


def open_mail_socket(env: dict[str, str]) -> socket.socket | None:
    """For practice mail, its port written into the environment; None where none is to be picked."""
    if env.get("EMAIL_URL") or env.get("PRACTICE_MAIL_PORT"):
        return None
    mail = ports.listen_on_first_free(FIRST_MAIL_PORT) or ports.listen(0)
    env["PRACTICE_MAIL_PORT"] = str(ports.port_of(mail))
    return mail


def _hand_on(server: socket.socket) -> str:
    """The number by which the program that replaces this one finds the open socket.

    It is no longer `server`'s: Python would close it with the last name that it goes by here.
    """
    number = server.detach()
    os.set_inheritable(number, True)
    return str(number)


def _name_to_open(host: str) -> str:
    """What to type in a browser for the address that is listened on."""
    if host in {"127.0.0.1", "::1", "localhost"}:
        return "localhost"
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        say("listening on every address; set BASE_URL to the one that people will open")
        return "localhost"
    return f"[{host}]" if ":" in host else host
