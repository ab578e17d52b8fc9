"""Every setting that the code reads is in README.md's table and reaches the containers."""

import re
from pathlib import Path

import pytest

from bootstrap.paths import ROOT
from bootstrap.setting_names import setting_names
from tests.setup.deployment.compose import read_compose

# Not for people who run the desk: Django's own entry, and how a test does without collecting.
INTERNAL = {"DJANGO_SETTINGS_MODULE", "STATICFILES_STORAGE"}
NOT_IN_CONTAINERS = {"PRACTICE_MAIL_PORT"}  # there EMAIL_URL must be set
SETTINGS = setting_names() - INTERNAL


def settings_of_readme() -> set[str]:
    table = (ROOT / "README.md").read_text().partition("| setting |")[2].partition("\n\n")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for cell in first_cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def settings_of_image() -> set[str]:
    return set(re.findall(r"(?:ENV|^ {4})\s*([A-Z_]+)=", (ROOT / "Dockerfile").read_text(), re.M))


def test_readme_lists_every_setting() -> None:
    assert settings_of_readme() == SETTINGS


@pytest.mark.parametrize("service", ["migrate", "web", "worker", "beat"])
def test_compose_passes_every_setting(service: str) -> None:
    given = {
        name: f"value of {name}" for name in (*SETTINGS, "POSTGRES_PASSWORD", "REDIS_PASSWORD")
    }

    received = read_compose(given)["services"][service]["environment"]

    assert set(received) | (settings_of_image() & SETTINGS) == SETTINGS - NOT_IN_CONTAINERS
    own = {"DATABASE_URL", "REDIS_URL"}  # Compose's own PostgreSQL and Redis
    assert {n for n in received if received[n] != given[n]} == own


def test_compose_leaves_what_is_not_set_to_the_desk() -> None:
    needed = {"SECRET_KEY": "k", "POSTGRES_PASSWORD": "p", "REDIS_PASSWORD": "r"}
    needed |= {"BASE_URL": "b", "EMAIL_URL": "e"}

    received = read_compose(needed)["services"]["web"]["environment"]

    assert set(received) == {
        *needed, "DATABASE_URL", "REDIS_URL", "BEHIND_PROXY", "LOG_FORMAT",
    } - {"POSTGRES_PASSWORD", "REDIS_PASSWORD"}  # fmt: skip


def test_settings_are_found_however_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('A = env.int("FIRST", default=1)\nB = env.str("lower")\n')
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "b.py").write_text('C = os.environ.get("SECOND")\nd.get("THIRD")\n')

    assert setting_names(tmp_path) == {"FIRST", "SECOND"}
