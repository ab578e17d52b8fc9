"""The tests' environments: private servers, a browser, folders of their own; what is missing."""

import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bootstrap.machine import chromium, tools
from bootstrap.servers import postgresql, redis
from bootstrap.servers.private_server import PrivateServer
from bootstrap.setting_names import setting_names
from bootstrap.terminal import StepFailed, say


@dataclass(frozen=True)
class Environments:
    """Environments. POSTGRES_URL and REDIS_TEST_URL reach the servers from any pass (for the tests
    of docker-compose.yml); DATABASE_URL and REDIS_URL are what the desk itself uses."""

    base: dict[str, str]
    folder: Path
    given: dict[str, str]  # DATABASE_URL and REDIS_URL as this person set them
    postgres_url: str | None
    redis_url: str | None
    chromium: str | None
    no_servers: str | None
    no_browser: str | None
    no_tools: str | None

    @property
    def private(self) -> dict[str, str]:
        env = dict(self.base)
        if self.postgres_url:
            env["POSTGRES_URL"] = self.postgres_url
        if self.redis_url:
            env["REDIS_TEST_URL"] = self.redis_url
        if self.chromium:
            env["CHROMIUM"] = self.chromium
        return env

    @property
    def embedded(self) -> dict[str, str]:
        return {**self.private, "VAR_DIR": self._folder("embedded")}

    @property
    def servers(self) -> dict[str, str]:
        urls = {"DATABASE_URL": self.postgres_url or "", "REDIS_URL": self.redis_url or ""}
        return {**self.private, "VAR_DIR": self._folder("servers"), **urls}

    @property
    def browser(self) -> dict[str, str]:
        return {**self.private, "VAR_DIR": self._folder("browser")}

    def _folder(self, name: str) -> str:
        path = self.folder / name
        path.mkdir(exist_ok=True)
        return str(path)


def environment_of_this_machine(stack: ExitStack) -> dict[str, str]:
    """One environment with the databases that this person set, and nothing brought or started."""
    return {**_without_settings(_folder_for(stack)), **_given()}


def prepare_environments(stack: ExitStack) -> Environments:
    """Bring what can be brought. What cannot is named, and the rest goes on without it."""
    folder, given = _folder_for(stack), _given()
    postgres_url, no_postgres = given.get("DATABASE_URL"), None
    if not postgres_url:
        postgres_url, no_postgres = _postgresql(stack)
    redis_url, no_redis = given.get("REDIS_URL"), None
    if not redis_url:
        redis_url, no_redis = _redis(stack)
    browser = chromium.bring()
    missing = [why for why in (no_postgres, no_redis) if why]
    return Environments(
        base=_without_settings(folder),
        folder=folder,
        given=given,
        postgres_url=postgres_url,
        redis_url=redis_url,
        chromium=browser,
        no_servers="; ".join(missing) or None,
        no_browser=None if browser else "no Chromium: install it, or name it in CHROMIUM",
        no_tools=tools.bring(),
    )


def _folder_for(stack: ExitStack) -> Path:
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="records-desk-tests-")))


def _given() -> dict[str, str]:
    return {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if name in os.environ}


def _without_settings(folder: Path) -> dict[str, str]:
    """This person's environment without the desk's settings: they would change the tests.

    And without the wish to keep no compiled files: a run starts hundreds of Pythons, and each would
    compile the same modules again.
    """
    dropped = {*setting_names(), "PYTHONDONTWRITEBYTECODE"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "VAR_DIR": str(folder)}


def _postgresql(stack: ExitStack) -> tuple[str | None, str | None]:
    binaries = postgresql.bring()
    if binaries is None:
        return None, "no PostgreSQL: install it, or set DATABASE_URL"
    return _started(stack, lambda: postgresql.start(binaries), f"PostgreSQL ({binaries})")


def _redis(stack: ExitStack) -> tuple[str | None, str | None]:
    binary = redis.bring()
    if binary is None:
        return None, "no Redis: install redis-server, or set REDIS_URL"
    return _started(stack, lambda: redis.start(binary), f"Redis ({binary})")


def _started(
    stack: ExitStack, start: Callable[[], tuple[PrivateServer, str]], what: str
) -> tuple[str | None, str | None]:
    try:
        server, url = start()
    except StepFailed as failure:
        failure.show()
        return None, f"{failure.step}: {failure.why}"
    stack.callback(server.stop)
    say(f"private {what}")
    return url, None
