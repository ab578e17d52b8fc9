"""The restore drill, by its command: small by default, DRILL_WRITERS=20 for the whole."""

import io
import os

import pytest
from django.conf import settings
from django.core.management import call_command

pytestmark = pytest.mark.stack
WRITERS = int(os.environ.get("DRILL_WRITERS", "2"))


def test_what_was_backed_up_while_people_wrote_is_restored_whole() -> None:
    said = io.StringIO()

    call_command("drill", writers=WRITERS, server=_server(), stdout=said)

    assert f"{WRITERS} writers" in said.getvalue()
    assert "Nothing is missing." in said.getvalue()
    assert "0 of " in said.getvalue()  # requests differ, by `rederive --check`


def _server() -> str:
    """That of the tests, where they run on PostgreSQL; "" for SQLite."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("postgresql"):
        return ""
    return (
        f"postgresql://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:"
        f"{database['PORT']}/postgres"
    )
