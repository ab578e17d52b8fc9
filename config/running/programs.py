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


def desk_programs(
    *, host: str, port: int, practice_mail_port: int | None, mailbox: Path
) -> list[Program]:
    """In the order they start. The mail server stops last: a letter may be on its way to it."""
    python = sys.executable
    celery = (python, "-W", QUIET_ABOUT_ROOT, "-m", "celery", "--quiet", "-A", "config")
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = ("-m", "gunicorn", "--config", "python:config.gunicorn", "--bind", bind, "config.wsgi")
    programs = [
        Program("web", (python, *web), stop_stage=0),
        Program("worker", (*celery, *WORKER), stop_stage=1, waits_for_ready=True),
        Program("beat", (*celery, "beat", "--loglevel=WARNING"), waits_for_ready=True),
    ]
    if practice_mail_port is not None:
        words = (
            python,
            "-m",
            "config.running.practice_mail",
            str(practice_mail_port),
            str(mailbox),
        )
        programs.insert(0, Program("mail", words, stop_stage=2))
    return programs


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
