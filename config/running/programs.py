"""The programs that make up a running desk on one machine."""

import http.client
import sys
from pathlib import Path

from config.running.supervised import Program

# Threads: tasks wait for mail servers and the database. As quick to start as forks (1.5 s and
# 1.3 s when measured), in 100 MB instead of 139, and one process to kill or to lose.
WORKER = (
    "worker", "--pool=threads", "--concurrency=2", "--loglevel=WARNING",
    "--without-gossip", "--without-mingle", "--without-heartbeat",
)  # fmt: skip

# `run.py up` says it once, in its own words.
QUIET_ABOUT_ROOT = "ignore:You're running the worker with superuser privileges"


def desk_programs(*, web_socket: int, mail_socket: int | None, mailbox: Path) -> list[Program]:
    """In the order they start. The mail server stops last: a letter may be on its way to it.

    The sockets are open already: a program that is started again finds its port still its own.
    """
    python = sys.executable
    celery = (python, "-W", QUIET_ABOUT_ROOT, "-m", "celery", "--quiet", "-A", "config")
    programs = [
        Program("web", (python, "-m", *web_command(f"fd://{web_socket}")), sockets=(web_socket,)),
        Program("worker", (*celery, *WORKER), stop_stage=1, waits_for_ready=True),
        Program("beat", (*celery, "beat", "--loglevel=WARNING"), waits_for_ready=True),
    ]
    if mail_socket is not None:
        words = (python, "-m", "config.running.practice_mail", str(mail_socket), str(mailbox))
        programs.insert(0, Program("mail", words, stop_stage=2, sockets=(mail_socket,)))
    return programs


def web_command(bind: str) -> tuple[str, ...]:
    """The web server's words after `python -m`; docker-compose.yml has the same."""
    return ("gunicorn", "--config", "python:config.gunicorn", "--bind", bind, "config.wsgi")


def answers(host: str, port: int) -> bool:
    """Whether the web server says, on /health/, that it is well."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound
    line = http.client.HTTPConnection(reachable, port, timeout=1)
    try:
        line.request("GET", "/health/", headers={"Host": "localhost"})
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
