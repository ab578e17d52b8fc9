import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from bootstrap.paths import ROOT
from bootstrap.servers.ports import any_free
from config.running.programs import web_command
from tests.setup.deployment.compose import Host, NotSet, interpolate, read_compose
from tests.setup.machine.test_locks import imported_modules

GIVEN = {
    "SECRET_KEY": "a-key-for-these-tests-only-0123456789-0123456789-0123456789",
    "POSTGRES_PASSWORD": "secret",
    "REDIS_PASSWORD": "hidden",
    "BASE_URL": "https://desk.example.org",
    "EMAIL_URL": "smtp://127.0.0.1:9",
}
DESK = ("web", "worker", "beat")
WAIT_SECONDS = 60


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = read_compose(GIVEN)["services"]
    return found


@pytest.fixture
def host(postgres_url: str, redis_url: str, tmp_path: Path) -> Iterator[Host]:
    """A database and a Redis number of its own; every process it started is ended."""
    name = f"compose_{tmp_path.name.replace('-', '_')}_{any_free()}"
    address = urlsplit(redis_url)
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        host = Host(
            database_url=urlsplit(postgres_url)._replace(path=f"/{name}").geturl(),
            redis_url=address._replace(path="/15").geturl(),
            volume=tmp_path,
            web_port=any_free(),
        )
        yield host
        for process in host.processes.values():
            process.kill()
            process.wait()
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("${A}", "set"),
        ("$A!", "set!"),
        ("${B}", ""),
        ("${B:-other}", "other"),
        ("${A:-other}", "set"),
        ("$$HOME ${A:?needed}", "$HOME set"),
    ],
)
def test_interpolation_reads_variables_as_compose_does(text: str, becomes: str) -> None:
    assert interpolate({"key": [text]}, {"A": "set"}) == {"key": [becomes]}


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_compose_refuses_to_start_without(name: str) -> None:
    with pytest.raises(NotSet, match=f"^{name}: set {name}"):
        read_compose({key: value for key, value in GIVEN.items() if key != name})


def test_compose_is_the_whole_system(services: dict[str, Any]) -> None:
    assert set(services) == {"migrate", *DESK, "postgres", "redis"}
    for name in (*DESK, "postgres", "redis"):
        assert services[name]["healthcheck"]["test"], name
        assert services[name]["restart"] == "unless-stopped", name
        assert services[name]["volumes"], name
    assert {services[name]["image"] for name in ("migrate", *DESK)} == {"records-desk"}
    assert services["postgres"]["image"].startswith("postgres:17.")
    assert services["redis"]["image"].startswith("redis:7.")


def test_compose_gives_redis_a_password_and_the_desk_the_same(services: dict[str, Any]) -> None:
    words = services["redis"]["command"]

    assert words[words.index("--requirepass") + 1] == GIVEN["REDIS_PASSWORD"]
    assert services["redis"]["environment"]["REDISCLI_AUTH"] == GIVEN["REDIS_PASSWORD"]
    for name in ("migrate", *DESK):
        assert urlsplit(services[name]["environment"]["REDIS_URL"]).password == "hidden"


def test_compose_starts_the_desk_after_the_tables_are_there(services: dict[str, Any]) -> None:
    for name in DESK:
        waits_for = services[name]["depends_on"]
        assert waits_for["migrate"]["condition"] == "service_completed_successfully"
        assert waits_for["redis"]["condition"] == "service_healthy"


def test_compose_opens_the_web_server_to_its_own_machine_only(services: dict[str, Any]) -> None:
    published = [port for service in services.values() for port in service.get("ports", [])]

    assert published == ["127.0.0.1:8000:8000"]


def test_compose_and_up_run_the_same_web_server(services: dict[str, Any]) -> None:
    assert services["web"]["command"] == list(web_command("0.0.0.0:8000"))


def test_image_holds_what_the_desk_imports_and_runs_as_nobody_special() -> None:
    lines = (ROOT / "Dockerfile").read_text()
    kept = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.M))

    assert {"static", "templates", "manage.py"} <= kept
    assert all((ROOT / name).exists() for name in kept)
    own = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    files = [file for name in own & kept for file in (ROOT / name).rglob("*.py")]
    assert {name for file in files for name in imported_modules(file)} & own == own & kept
    # Collected by root, read by the account that serves them.
    assert "&& chmod -R a+rX collected" in lines
    assert re.findall(r"^USER (\S+)$", lines, re.M) == ["desk"]
    assert "--require-hashes -r requirements.txt" in lines
    assert re.search(r"^HEALTHCHECK ", lines, re.M)


@pytest.mark.stack
def test_compose_services_run_on_postgresql_and_redis(services: dict[str, Any], host: Host) -> None:
    _run_once(
        host, "static files", services["web"], ["python", "manage.py", "collectstatic", "--noinput"]
    )
    _run_once(host, "migrate", services["migrate"], host.command(services["migrate"]))

    for name in DESK:
        host.start(name, services[name])

    for name in DESK:
        _wait_until_healthy(host, name, services[name])
    with urllib.request.urlopen(f"http://127.0.0.1:{host.web_port}/health/", timeout=10) as answer:
        assert answer.status == 200
    with psycopg.connect(host.database_url) as database:
        row = database.execute("SELECT count(*) FROM django_migrations").fetchone()
    assert row is not None
    assert row[0] > 0
    for name in reversed(DESK):
        host.processes[name].send_signal(signal.SIGTERM)
    for name in DESK:
        assert host.processes[name].wait(20) == 0, host.log(name)


def _run_once(host: Host, what: str, service: dict[str, Any], command: list[str]) -> None:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=host.environment(service),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{what}: {done.stdout}{done.stderr}"


def _wait_until_healthy(host: Host, name: str, service: dict[str, Any]) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while not host.is_healthy(service):
        assert host.processes[name].poll() is None, f"{name} ended: {host.log(name)}"
        assert time.monotonic() < end, f"{name} is not healthy: {host.log(name)}"


def test_image_has_database_programs_no_older_than_the_server(services: dict[str, Any]) -> None:
    """`pg_dump` refuses a newer server, and then there is no backup."""
    dockerfile = (ROOT / "Dockerfile").read_text()
    client = re.findall(r"\bpostgresql-client-(\d+)\b", dockerfile)
    server = re.match(r"postgres:(\d+)\.\d+@", services["postgres"]["image"])

    assert server
    assert [int(one) >= int(server[1]) for one in client] == [True]
    assert {"pg_dump --version", "pg_restore --version"} <= set(_run(dockerfile))


def test_image_is_not_built_without_the_library_of_the_cage() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()

    assert "libseccomp2" in dockerfile.split()
    assert 'python -c "import pyseccomp"' in _run(dockerfile)


def _run(dockerfile: str) -> list[str]:
    """The commands that build the image, one by one."""
    whole = dockerfile.replace("\\\n", " ")
    lines = re.findall(r"^RUN (.+)$", whole, re.M)
    return [" ".join(one.split()) for line in lines for one in line.split("&&")]
