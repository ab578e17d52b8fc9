"""`manage.py up`: the desk in one foreground command. `python3 run.py up` sets up what it needs."""

import fcntl
import io
import os
import socket
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connections

from bootstrap.data_folder import check_writable, close_to_others
from bootstrap.servers.ports import listen
from bootstrap.terminal import StepFailed
from config.embedded import setup_code
from config.running.prepare import collect_static, count_anew, migrate, portals, step
from config.running.programs import answers, desk_programs
from config.running.supervisor import Supervisor
from requests_app.models import Newsroom
from requests_app.storage.cage import self_test


class Command(BaseCommand):
    help = "Prepares the desk and runs web server, worker, scheduler and practice mail together."
    requires_system_checks: tuple[
        str, ...
    ] = ()  # the web server's own start makes them; here they cost a second

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--web-socket", type=int, help="an open one, from run.py")
        parser.add_argument("--mail-socket", type=int, help="an open one, from run.py")
        parser.add_argument("--demo", action="store_true", help="fill a practice newsroom first")

    def handle(self, *args: Any, host: str, port: int, demo: bool, **options: Any) -> None:
        os.chdir(settings.ROOT)
        self._close_data_to_others()
        with ExitStack() as stack:
            stack.enter_context(_only_one_here(settings.VAR / "up.lock", settings.BASE_URL))
            web = stack.enter_context(_listening("web server", options["web_socket"], port, host))
            mail = None
            if settings.PRACTICE_MAIL:
                mail_port = settings.PRACTICE_MAIL_PORT
                mail = stack.enter_context(
                    _listening("practice mail", options["mail_socket"], mail_port, "127.0.0.1")
                )
            try:
                sign_in = self._prepare(demo=demo)
            except KeyboardInterrupt:
                raise CommandError("stopped before it was open; run this again", returncode=130)
            # The programs open connections of their own.
            connections.close_all()
            supervisor = Supervisor(
                desk_programs(
                    web_socket=web.fileno(),
                    mail_socket=mail.fileno() if mail else None,
                    mailbox=settings.PRACTICE_MAILBOX,
                ),
                log_folder=settings.VAR / "log",
                is_ready=lambda: answers(host, port),
                on_ready=lambda: self._announce(sign_in),
            )
            code = supervisor.run()
        if code:
            raise SystemExit(code)

    def _close_data_to_others(self) -> None:
        """The desk's data is its own account's alone, also where an older desk left it open."""
        try:
            check_writable(settings.VAR)
        except StepFailed as failure:
            raise CommandError(f"{failure.step}: {failure.why}\n    Do: {failure.do}") from failure
        for path in close_to_others(settings.VAR):
            self._line(
                f"{path} can be read by other accounts of this machine; "
                f"its owner closes it with: chmod go= {path}"
            )

    def _prepare(self, *, demo: bool) -> str:
        """The steps before anything starts; returns what the demo says about signing in."""
        self._line(step("database", migrate, do="check DATABASE_URL, and that it can be written"))
        self._line(step("city packs", _check_cities, do="correct the file and key named above"))
        self._line(step("deadlines", count_anew, do="look at what `rederive --check` says"))
        self._line(step("portals", portals, do="check DATABASE_URL, and that it can be written"))
        self._line(step("files", _try_the_cage, do="see docs/security.md, “The cage”"))
        self._line(step("static files", collect_static, do=f"look at {settings.STATIC_ROOT}"))
        said = io.StringIO()
        if demo:
            self._line("demo: filling the practice newsroom")

            def fill() -> str:
                call_command("demo", stdout=said)
                return "ready"

            self._line(step("demo", fill, do=f"remove {settings.VAR} and run this again"))
        return said.getvalue().strip()

    def _announce(self, sign_in: str) -> None:
        if settings.PRACTICE_MAIL:
            self._line(f"practice mail: nothing leaves this machine; {settings.PRACTICE_MAILBOX}")
        self._line(f"logs: {settings.VAR / 'log'}")
        if sign_in:
            self.stdout.write(f"\n{sign_in}")
        if not Newsroom.objects.exists() and not settings.BASE_URL_IS_LOOPBACK:
            self._line(f"setup code: {setup_code(settings.VAR)}")
        self.stdout.write(f"\nRecords Desk is open at {settings.BASE_URL}/  (Ctrl-C stops it)\n")
        self.stdout.flush()

    def _line(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()


def _check_cities() -> str:
    said = io.StringIO()
    call_command("check_cities", stdout=said)
    return f"{len(said.getvalue().strip().splitlines())} in order"


def _try_the_cage() -> str:
    return self_test.in_a_line(self_test.try_everything())


def _listening(name: str, handed_on: int | None, port: int, host: str) -> socket.socket:
    """The socket that run.py has opened, else one opened now, before the long steps."""
    if handed_on is not None:
        server = socket.socket(fileno=handed_on)
        server.set_inheritable(False)
        return server
    try:
        return listen(port, host)
    except OSError as error:
        raise CommandError(
            f"{name}: port {port} on {host} is taken or may not be used "
            f"({error.strerror or error})\n"
            "    Do: choose another: --port, or PRACTICE_MAIL_PORT for the practice mail"
        ) from error


def _only_one_here(path: Path, address: str) -> TextIO:
    """The open lock file; two supervisors over one database would do the work twice."""
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.seek(0)
        where = file.read().strip()
        file.close()
        raise CommandError(
            f"already running with this data, at {where}\n"
            "    Do: open that address, or stop it with Ctrl-C in its terminal"
        ) from error
    file.truncate(0)
    file.write(address)
    file.flush()
    return file
