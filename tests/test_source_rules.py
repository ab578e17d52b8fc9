"""Rules of the house that no linter knows, checked on the source itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

APP = Path(settings.ROOT) / "requests_app"
FILES = [f for f in APP.rglob("*.py") if "migrations" not in f.parts]
# `delivery/outbox` is to a delivery what `actions` are to a request.
MAY_SET_STATE = {f"delivery/outbox/{name}.py" for name in ("by_people", "moves", "queue")}
MAY_SET_STATE |= {"casefile/case_file_queue.py"}
MAY_SET_STATE |= {"webhooks/outbox.py", "reminders/mails/outbox.py", "models/guards/state_guard.py"}
# The edges read the clock; everything else is told the time.
EDGES = {"accounts", "views", "api", "inbound", "management", "templatetags", "forms"}
MAY_READ_THE_CLOCK = {
    "tasks.py",
    "casefile/tasks.py",
    "catalog/reading/tasks.py",
    "delivery/tasks.py",
    "mail_accounts/xoauth2.py",  # Django opens it by EMAIL_BACKEND, and tells it no time
    "storage/reading_files/tasks.py",
    "reminders/tasks.py",
    "research/tasks.py",
    "storage/scanning/tasks.py",
    "webhooks/tasks.py",
}


def name_of(file: Path) -> str:
    return file.relative_to(APP).as_posix()


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield getattr(called, "attr", getattr(called, "id", "")), node


def state_writes(file: Path) -> Iterator[str]:
    """Each place that would set a state past its transition, which `protected` does not see."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        for target in node.targets if isinstance(node, ast.Assign) else []:
            if isinstance(target, ast.Attribute) and target.attr == "state":
                yield f"{name_of(file)}:{target.lineno} assigns .state"
    for called, call in calls(tree):
        names = {keyword.arg for keyword in call.keywords}
        if called in {"update", "create", "get_or_create", "update_or_create"} and "state" in names:
            yield f"{name_of(file)}:{call.lineno} {called}(state=…)"
        if called in {"RecordsRequest", "Appeal", "Delivery"} and "state" in names:
            yield f"{name_of(file)}:{call.lineno} {called}(state=…)"
        if called == "bulk_update" and not ast.unparse(call.func).startswith("CatalogDataset."):
            yield f"{name_of(file)}:{call.lineno} bulk_update"
        if called == "setattr" and ast.unparse(call.args[1]) == "'state'":
            yield f"{name_of(file)}:{call.lineno} setattr(…, 'state', …)"


def test_no_state_is_set_outside_actions():
    found = [w for f in FILES if name_of(f) not in MAY_SET_STATE for w in state_writes(f)]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "request.state = 'closed'",
        "RecordsRequest.objects.filter(pk=1).update(state='closed')",
        "RecordsRequest(state='closed')",
        "setattr(request, 'state', 'closed')",
        "RecordsRequest.objects.bulk_update(rows, fields)",
    ],
)
def test_the_rule_sees_each_way_around_a_transition(line: str, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("tests.test_source_rules.APP", tmp_path)
    (tmp_path / "cunning.py").write_text(line)

    assert len(list(state_writes(tmp_path / "cunning.py"))) == 1


def test_actions_alone_let_a_state_change():
    """At run time nothing else can: see `models.state_guard`. Benches fill tables of their own."""
    allowed = {"actions/transitions.py", "models/guards/state_guard.py"}
    found = {
        name_of(file)
        for file in FILES
        for called, _ in calls(ast.parse(file.read_text(encoding="utf-8")))
        if called == "state_may_change" and file.relative_to(APP).parts[0] != "bench"
    }

    assert found <= allowed


def test_only_the_edges_read_the_clock():
    found = [
        f"{name_of(file)}:{call.lineno} {ast.unparse(call.func)}()"
        for file in FILES
        if file.relative_to(APP).parts[0] not in EDGES and name_of(file) not in MAY_READ_THE_CLOCK
        for called, call in calls(ast.parse(file.read_text(encoding="utf-8")))
        if called in {"now", "today", "utcnow", "localdate", "localtime"}
        and not call.args  # with one it converts the moment it was told
        and ast.unparse(call.func).split(".")[0] in {"datetime", "date", "timezone", "time"}
    ]

    assert found == []


def signals_in(file: Path) -> Iterator[str]:
    """What it imports of Django's signals. `pre_migrate` and `post_migrate` are Django's own
    moments beside a migrate, at which the ledger's protection is taken down and put up: no
    part of ours tells another part by them."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        imported = (
            {name.name for name in node.names}
            if isinstance(node, ast.ImportFrom | ast.Import)
            else set()
        )
        if module == "django.db.models.signals":
            allowed = {"post_migrate", "pre_migrate"} if name_of(file) == "apps.py" else set()
            yield from sorted(imported - allowed)
        elif module == "django.dispatch" or imported & {"django.dispatch", "signals"}:
            yield ", ".join(sorted(imported))


def test_there_are_no_signals_between_our_own_parts():
    assert [f"{name_of(file)}: {name}" for file in FILES for name in signals_in(file)] == []


@pytest.mark.parametrize(
    "line",
    [
        "from django.db.models.signals import post_save",
        "from django.db.models.signals import post_migrate",
        "from django.db.models import signals",
        "from django.dispatch import receiver",
        "import django.dispatch",
    ],
)
def test_the_rule_sees_each_way_to_a_signal(line: str, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("tests.test_source_rules.APP", tmp_path)
    (tmp_path / "cunning.py").write_text(line)

    assert len(list(signals_in(tmp_path / "cunning.py"))) == 1


def test_a_row_is_locked_so_that_others_may_still_refer_to_it() -> None:
    """PostgreSQL checks foreign keys at the end of a transaction, and waits there for whoever holds
    the row they name for themselves alone; who holds it may wait for the chain's head meanwhile."""
    found = [
        f"{name_of(file)}:{number}"
        for file in FILES
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if ".select_for_update(" in line and "no_key=True" not in line
    ]

    assert found == []
