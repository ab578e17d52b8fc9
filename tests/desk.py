"""A whole desk for a test: web server, worker, scheduler and mail server, as `up` starts them.

With DATABASE_URL and REDIS_URL set it runs on a database of its own there; otherwise embedded.
"""

import mailbox
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg

from bootstrap.paths import ROOT
from bootstrap.servers.ports import any_free
from tests import migrated

T = TypeVar("T")
# Of Redis's sixteen, for the desks of this test process: no two may take each other's tasks.
_SECOND = os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0"
REDIS_DATABASES = list(range(9, 16) if _SECOND else range(1, 9))
PASSWORD = "look-around-freely"


def until(look: Callable[[], T], *, seconds: float = 30.0, what: str = "") -> T:
    """What `look` sees, once it sees something: other processes take their time."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s in vain for {what or look}")
        time.sleep(0.05)
    return seen


class Person(httpx.Client):
    """Somebody at a browser: follows redirects and sends each form's own token."""

    def __init__(self, desk: "Desk", email: str = "") -> None:
        super().__init__(base_url=desk.base_url, follow_redirects=True, timeout=30)
        if email:
            page = self.fill("/accounts/login/", login=email, password=PASSWORD)
            assert page.url.path == "/", f"could not sign in: {page.url}"

    def fill(self, path: str, *, files: object = None, **fields: object) -> httpx.Response:
        """Open a page and send a form of it, to that same path: with what stands saved, where the
        page says which version that is."""
        return self.send_form(path, files=files, **{**self.seen_on(path), **fields})

    def seen_on(self, path: str) -> dict[str, str]:
        """What a page says of what it shows, to be sent back with its form."""
        hidden = r'<input type="hidden" name="(version|seen)" value="(\w+)"'
        return dict(re.findall(hidden, self.get(path).text))

    def send_form(self, path: str, *, files: object = None, **fields: object) -> httpx.Response:
        """Send a form without opening its page first, as a button does."""
        data = {**fields, "csrfmiddlewaretoken": self.cookies.get("csrf", "")}
        headers = {"Referer": f"{self.base_url}", "Origin": str(self.base_url).rstrip("/")}
        return self.post(path, data=data, files=files, headers=headers)  # type: ignore[arg-type]


def text_of(page: httpx.Response) -> str:
    """What a reader of the page reads."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


class Desk:
    """One running desk. `kill` and `start` may be called in any order; `stop` ends it."""

    def __init__(self, var: Path, **settings: str) -> None:
        self.var = var
        self.port = any_free()
        self.base_url = f"http://localhost:{self.port}"
        kept = {k: os.environ[k] for k in ("PATH", "HOME", "LANG") if k in os.environ}
        self.env = kept | {
            "VAR_DIR": str(var),
            "BASE_URL": self.base_url,
            "PRACTICE_MAIL_PORT": str(any_free()),
            "SWEEP_SECONDS": "1",
            "DELIVERY_LEASE_SECONDS": "3",
            "EMAIL_ANSWER_TIMEOUT": "5",
            "RECALL_MINUTES": "0",
            **servers_for(var),
            **settings,
        }
        self.process: subprocess.Popen[str] | None = None
        self.people: list[Person] = []

    def start(self, *, demo: bool = False) -> "Desk":
        self.var.mkdir(parents=True, exist_ok=True)
        log = (self.var / "up.log").open("a")
        command = [sys.executable, "manage.py", "up", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command + (["--demo"] if demo else []),
            cwd=ROOT,
            env=self.env,
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        log.close()
        opened = f"open at {self.base_url}"
        until(lambda: self._said(opened) or self._ended(), seconds=300, what="the desk to open")
        assert self.process.poll() is None, (self.var / "up.log").read_text()
        return self

    def stop(self) -> None:
        for person in self.people:
            person.close()
        give_back(self.env)
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)

    def kill(self, program: str) -> None:
        """SIGKILL one of web, worker, beat, mail, with whatever it started itself."""
        pid = int((self.var / "log" / f"{program}.pid").read_text())
        os.killpg(pid, signal.SIGKILL)

    def manage(self, *arguments: str) -> str:
        """What a management command prints on this desk's data."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def person(self, email: str = "") -> Person:
        person = Person(self, email)
        self.people.append(person)
        return person

    def mails(self) -> list[EmailMessage]:
        """What the mail server has taken so far, oldest first."""
        box = mailbox.Maildir(self.var / "mailbox", create=True)
        keys = sorted(box.keys(), key=lambda key: (box.get_message(key).get_date(), key))
        return [message_from_bytes(box.get_bytes(key), policy=policy.default) for key in keys]

    def mail_to(self, address: str, *, count: int = 1) -> list[EmailMessage]:
        """The mails to that address, once there are that many."""

        def look() -> list[EmailMessage]:
            found = [mail for mail in self.mails() if mail["To"] == address]
            return found if len(found) >= count else []

        return until(look, what=f"{count} mails to {address}")

    def _said(self, words: str) -> bool:
        return words in (self.var / "up.log").read_text()

    def _ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None


def servers_for(var: Path) -> dict[str, str]:
    """A database of this desk's own where the tests have servers; embedded a file in its folder."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        if not (var / "desk.sqlite3").exists():
            migrated.copy_sqlite_to(var / "desk.sqlite3")
        return {}
    name = f"desk_{re.sub(r'[^a-z0-9]', '_', var.parent.name.lower())}_{any_free()}"
    with psycopg.connect(url, autocommit=True) as connection:
        template = migrated.postgresql_template(url)
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    redis = urlsplit(os.environ["REDIS_URL"])
    return {
        "DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}")),
        "REDIS_URL": urlunsplit(redis._replace(path=f"/{REDIS_DATABASES.pop(0)}")),
    }


def give_back(settings: dict[str, str]) -> None:
    if "REDIS_URL" in settings:
        REDIS_DATABASES.append(int(urlsplit(settings.pop("REDIS_URL")).path.strip("/")))


@contextmanager
def running_desk(var: Path, *, demo: bool = False, **settings: str) -> Iterator[Desk]:
    desk = Desk(var, **settings)
    try:
        yield desk.start(demo=demo)
    finally:
        desk.stop()
