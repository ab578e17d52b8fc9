"""docker-compose.yml read as Compose reads it, and its services run here without containers.

What a container would change is all that is changed: the addresses of postgres
and redis, the port web listens on, and the folders the image and its volume
hold. Commands, environment and health checks are the file's own words.
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bootstrap.paths import ROOT

VARIABLE = re.compile(
    r"\$(?:(?P<escaped>\$)|\{(?P<name>\w+)(?:(?P<how>:-|:\?)(?P<rest>[^}]*))?\}|(?P<bare>\w+))"
)


class NotSet(Exception):
    """A variable that the file insists on, with the file's own message."""


def interpolate(value: Any, given: Mapping[str, str]) -> Any:
    """`$$`, `${NAME}`, `${NAME:-default}` and `${NAME:?message}`, in every text of the tree."""
    if isinstance(value, dict):
        return {key: interpolate(each, given) for key, each in value.items()}
    if isinstance(value, list):
        return [interpolate(each, given) for each in value]
    if not isinstance(value, str):
        return value

    def replace(match: re.Match[str]) -> str:
        if match["escaped"]:
            return "$"
        name = match["name"] or match["bare"]
        if given.get(name):
            return given[name]
        if match["how"] == ":?":
            raise NotSet(f"{name}: {match['rest']}")
        return match["rest"] if match["how"] == ":-" else ""

    return VARIABLE.sub(replace, value)


def read_compose(given: Mapping[str, str]) -> dict[str, Any]:
    tree: dict[str, Any] = interpolate(
        yaml.safe_load((ROOT / "docker-compose.yml").read_text()), given
    )
    for service in tree["services"].values():
        if "environment" in service:
            service["environment"] = _received(service["environment"], given)
    return tree


def _received(environment: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """A name without a value is passed on from where Compose runs, if it is set there."""
    passed_on = {
        name: given.get(name) if text is None else text for name, text in environment.items()
    }
    return {name: str(text) for name, text in passed_on.items() if text is not None}


@dataclass
class Host:
    """Stands in for the containers' machine: what each service's words become here."""

    database_url: str
    redis_url: str
    volume: Path
    web_port: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def command(self, service: Mapping[str, Any]) -> list[str]:
        return [self._here(word) for word in service["command"]]

    def environment(self, service: Mapping[str, Any]) -> dict[str, str]:
        """The service's and the image's, and nothing of this machine but where programs are."""
        env = {name: str(value) for name, value in service["environment"].items()}
        env["DATABASE_URL"], env["REDIS_URL"] = self.database_url, self.redis_url
        return env | {
            "VAR_DIR": str(self.volume),
            "STATIC_ROOT": str(self.volume / "collected"),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOSTNAME": os.uname().nodename,
            "LANG": "C.UTF-8",
        }

    def start(self, name: str, service: Mapping[str, Any]) -> subprocess.Popen[bytes]:
        with (self.volume / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                self.command(service),
                cwd=ROOT,
                env=self.environment(service),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes[name] = process
        return process

    def is_healthy(self, service: Mapping[str, Any]) -> bool:
        kind, *words = service["healthcheck"]["test"]
        words = [self._here(word) for word in words]
        if kind == "CMD-SHELL":
            words = ["sh", "-c", *words]
        done = subprocess.run(
            words, cwd=ROOT, env=self.environment(service), capture_output=True, check=False
        )
        return done.returncode == 0

    def log(self, name: str) -> str:
        return (self.volume / f"{name}.log").read_text(errors="replace")

    def _here(self, word: str) -> str:
        word = word.replace("0.0.0.0:8000", f"127.0.0.1:{self.web_port}")
        return word.replace("127.0.0.1:8000", f"127.0.0.1:{self.web_port}")
