from contextlib import ExitStack

import pytest

from bootstrap.servers.environments import environment_of_this_machine


def test_tests_run_without_this_persons_settings_and_with_compiled_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    not_theirs = {"IMAP_URL", "CLAMD_URL", "WEB_CONCURRENCY", "PYTHONDONTWRITEBYTECODE"}
    for name in not_theirs:
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("DATABASE_URL", "postgres://this-persons/own")

    with ExitStack() as stack:
        env = environment_of_this_machine(stack)

    assert not_theirs & set(env) == set()
    assert env["LANG"] == "C.UTF-8"
    assert env["DATABASE_URL"] == "postgres://this-persons/own"
