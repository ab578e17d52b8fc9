"""Everything that can go wrong while a letter is sent, at every step: none lost, none doubled.

A real SMTP server goes wrong where it is told to, real processes are killed with SIGKILL. In a
first round each message meets the fault; then time passes, what dead workers held is released, and
all that is due is tried again by a server that is well, or that refuses. At the end each message
was taken exactly once and is SENT, or was never taken and FAILED, or is IN_DOUBT, and then the page
says so: nothing else is possible.

A few messages for each fault in the suite; RECORDS_DESK_PROOF=500 for the proof (docs/mail.md).
"""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from tests.stack.faulty_smtp import DROP, HOLD, SILENCE, STEPS, Fault, faulty_smtp
from tests.stack.workers import MESSAGES, Workers, check, say

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("faults")]

NOW = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)  # longer than any lease and than a first wait
PATIENT, IMPATIENT = 60.0, 0.5  # seconds
AT_ONCE = 4

BEFORE_THE_END = ("EHLO", "MAIL", "RCPT", "DATA")
ANSWERED = (*BEFORE_THE_END, "BODY", "DOT")
NOT_NOW, NO = "451 4.3.2 not now", "550 5.1.1 no such mailbox"

SENT, DOUBT, FAILED = {"sent"}, {"in_doubt"}, {"failed"}


@dataclass(frozen=True)
class Case:
    """A fault at a step, what the server does in the second round, and how it may end."""

    step: str
    act: str
    then: str
    may_become: frozenset[str]

    def __str__(self) -> str:
        return f"{self.act} at {self.step}" + (f", then {self.then}" if self.then else "")


def _cases() -> Iterator[Case]:
    for step in STEPS:
        # A small message is under way as a whole before its middle can be lost: then the line was
        # broken before its end was sent, or after.
        after = {"BODY": SENT | DOUBT, "LOST": DOUBT, "DOT": DOUBT}.get(step, SENT)
        yield Case(step, DROP, "", frozenset(after))
        # On a slow machine a step before may take too long as well.
        yield Case(step, SILENCE, "", frozenset(after | SENT))
    for step in ANSWERED:
        yield Case(step, NOT_NOW, "", frozenset(SENT))
        yield Case(step, NOT_NOW, NO, frozenset(FAILED))
        yield Case(step, NO, "", frozenset(FAILED))
    yield Case("QUIT", NO, "", frozenset(SENT))


CASES = list(_cases())
# By its own hand, at a line of the code; or by ours, while the server holds it at a step.
KILLED_AT_A_LINE = {"CLAIMED": SENT, "MARKED": DOUBT, "ANSWERED": DOUBT, "WRITTEN": SENT}
KILLED_AT_A_STEP = {
    "EHLO": SENT, "MAIL": SENT, "RCPT": SENT, "DATA": SENT,
    "BODY": SENT | DOUBT, "LOST": DOUBT, "DOT": DOUBT, "QUIT": SENT,
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workers, Fault]]:
    var = tmp_path_factory.mktemp("faults") / "var"
    var.mkdir()
    with faulty_smtp() as (fault, url), Workers(var, url) as workers:
        yield workers, fault


def second_round(workers: Workers, fault: Fault, ids: list[int], then: str, step: str) -> None:
    """Time passes; what was held is released, and all that is due is tried again."""
    fault.arm(step if then else "", then)
    workers("release", LATER.isoformat())
    workers.send(ids, LATER, timeout=PATIENT)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_fault_at_a_step_of_the_dialogue(desk: tuple[Workers, Fault], case: Case):
    workers, fault = desk
    fault.taken.clear()
    ids = workers("make", MESSAGES, NOW.isoformat())

    fault.arm(case.step, case.act)
    is_silent = case.act == SILENCE
    workers.send(
        ids, NOW, timeout=IMPATIENT if is_silent else PATIENT, at_once=24 if is_silent else 2
    )
    second_round(workers, fault, ids, case.then, case.step)

    say(case, check(workers, fault, ids, set(case.may_become)))


@pytest.mark.parametrize("step", KILLED_AT_A_STEP)
def test_worker_killed_while_the_server_holds_it(desk: tuple[Workers, Fault], step: str):
    workers, fault = desk
    fault.taken.clear()
    ids = workers("make", MESSAGES, NOW.isoformat())

    for delivery in ids:
        fault.arm(step, HOLD)
        pid = workers("send", [delivery], NOW.isoformat(), "", PATIENT)
        assert fault.reached.wait(60), f"no worker came to {step}"
        os.kill(pid, signal.SIGKILL)
        assert workers("wait", pid) == -signal.SIGKILL
        fault.let_go()
    second_round(workers, fault, ids, "", step)

    say(f"kill -9 at {step}", check(workers, fault, ids, KILLED_AT_A_STEP[step]))


@pytest.mark.parametrize("line", KILLED_AT_A_LINE)
def test_worker_killed_between_two_of_its_own_steps(desk: tuple[Workers, Fault], line: str):
    workers, fault = desk
    fault.taken.clear()
    fault.arm()
    ids = workers("make", MESSAGES, NOW.isoformat())

    for some in (ids[n : n + AT_ONCE] for n in range(0, len(ids), AT_ONCE)):
        pids = [workers("send", [one], NOW.isoformat(), line, PATIENT) for one in some]
        assert {workers("wait", pid) for pid in pids} == {-signal.SIGKILL}
    second_round(workers, fault, ids, "", "")

    say(f"kill -9 when {line}", check(workers, fault, ids, KILLED_AT_A_LINE[line]))
