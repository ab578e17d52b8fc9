"""`manage.py bench clocks` measures what it says, and leaves nothing behind."""

import subprocess
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from requests_app.bench import commands, derivations, running
from requests_app.models import Event, Newsroom, RecordsRequest

WHAT = (
    *("chain", "clocks", "ledger", "letters", "casefile", "mail", "bounces"),
    *("pages", "api", "figures", "catalog", "import", "quotes"),
)
SLACK = 10  # a test machine may be busy: here only an order of magnitude is a fault


def test_engine_keeps_its_limits() -> None:
    slow = [str(m) for m in derivations.measures() if m.took > SLACK * m.limit]
    assert slow == []


def test_measure_says_whether_its_limit_is_met() -> None:
    assert str(derivations.Measure("x", 4e-6, 5e-6)).endswith("4 µs  (at most 5 µs) ok")
    assert str(derivations.Measure("x", 6e-3, 5e-6)).endswith("6 ms  (at most 5 µs) TOO SLOW")


@pytest.mark.django_db
def test_closure_is_measured_and_rolled_back() -> None:
    out = StringIO()

    call_command("bench", "clocks", "--yes", requests=30, stdout=out)

    assert "30 deadlines moved" in out.getvalue()
    assert "a closure, 30 open requests" in out.getvalue()
    assert not RecordsRequest.objects.exists()
    assert not Event.objects.exists()
    assert not Newsroom.objects.exists()


@pytest.mark.django_db
def test_ledgers_are_checked_and_rolled_back() -> None:
    out = StringIO()

    call_command("bench", "ledger", "--yes", requests=30, stdout=out)

    assert "0 requests differ" in out.getvalue()
    assert "checked 302 entries" in out.getvalue()
    assert not RecordsRequest.objects.exists()


@pytest.mark.django_db
def test_a_chain_is_verified_and_rolled_back() -> None:
    out = StringIO()

    call_command("bench", "chain", "--yes", entries=200, stdout=out)

    assert ": whole, " in out.getvalue()
    assert "verified 200 entries" in out.getvalue()
    assert not Event.objects.exists()


def test_number_of_requests_is_checked() -> None:
    with pytest.raises(CommandError, match="at least 1"):
        call_command("bench", "clocks", "--yes", requests=0)


@pytest.mark.django_db
def test_case_file_is_measured_and_rolled_back() -> None:
    out = StringIO()

    call_command("bench", "casefile", "--yes", communications=6, exhibits=5, pages=20, stdout=out)

    assert "case file, 6 communications, 5 exhibits" in out.getvalue()
    assert "the PDF is sound" in out.getvalue()
    assert not RecordsRequest.objects.exists()


def test_size_of_a_case_file_is_checked() -> None:
    with pytest.raises(CommandError, match="at least 1"):
        call_command("bench", "casefile", "--yes", exhibits=0)


def test_each_benchmark_has_a_module_that_runs_it() -> None:
    assert set(commands.MODULES) == set(WHAT)
    for what in commands.MODULES:
        assert callable(commands.benchmark(what))


def test_options_are_checked_before_anything_is_measured() -> None:
    for what, options in (
        ("casefile", {"pages": 0}),
        ("catalog", {"datasets": 0}),
        ("import", {"rows": 999}),
        ("figures", {"requests": 99}),
        ("letters", {"letters": 9}),
    ):
        with pytest.raises(CommandError, match="at least"):
            call_command("bench", what, **options)


def test_without_a_database_of_its_own_the_verdict_is_that_of_the_process() -> None:
    said: list[str] = []
    bench = running.Bench("casefile", {"pages": 3}, said.append, timezone.now)

    bench._report(subprocess.CompletedProcess([], 1, "too slow\n", ""))
    with pytest.raises(CommandError, match="it broke"):
        bench._report(subprocess.CompletedProcess([], 2, "", "it broke"))

    assert (said, bench.told("pages")) == (["too slow"], ["--pages=3"])
