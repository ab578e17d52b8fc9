"""kill -9 at every point of a submission: nothing is lost, nothing is sent twice, a doubt is said.

The worker is killed at each step of the dialogue with the mail server, the web server at many
moments of the request it is answering, the scheduler before a sweep that is needed.
"""

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.desk import text_of
from tests.stack.programs import PEOPLE, Programs, Told, programs
from tests.stack.slow_smtp import STEPS, Gate, slow_smtp

pytestmark = pytest.mark.stack

# Before the message is given another try is safe. After it, only the server knows.
MUST_BECOME = {
    "EHLO": "sent",
    "MAIL": "sent",
    "RCPT": "sent",
    "DATA": "sent",
    "GIVEN": "in_doubt",
    "QUIT": "sent",
}


@pytest.fixture
def desk_and_gate(tmp_path: Path) -> Iterator[tuple[Programs, Gate]]:
    with slow_smtp() as (gate, url), programs(tmp_path / "var", EMAIL_URL=url) as desk:
        yield desk, gate


def check_nothing_is_lost_or_doubled(told: list[Told], gate: Gate) -> None:
    for request in told:
        assert request.state in {"draft", "submitted"}
        is_submitted = request.state == "submitted"
        # Either nothing happened, or all of it: the event, the letter and the promise to send it.
        assert (request.submissions, request.letters, len(request.deliveries)) == (
            (1, 1, 1) if is_submitted else (0, 0, 0)
        )
        for state, message_id in request.deliveries:
            taken = gate.message_ids.count(message_id)
            assert (state, taken) in {("sent", 1), ("in_doubt", 0), ("in_doubt", 1)}
            assert request.sent_events == (1 if state == "sent" else 0)


def test_worker_killed_at_each_step_of_the_dialogue(desk_and_gate: tuple[Programs, Gate]):
    desk, gate = desk_and_gate
    drafts = desk.found(drafts=len(STEPS))
    for program in ("web", "beat", "worker"):
        desk.begin(program)

    for step, public_id in zip(STEPS, drafts, strict=True):
        gate.arm(step)
        assert desk.submit(public_id).status_code == 200
        assert gate.reached.wait(30), f"the worker never came to {step}"
        desk.kill("worker")
        gate.opened.set()
        desk.begin("worker")
        told = desk.settled()
        check_nothing_is_lost_or_doubled(told, gate)

    assert [t.deliveries[0][0] for t in told] == [MUST_BECOME[step] for step in STEPS]
    reader = desk.person(PEOPLE)
    for step, public_id in zip(STEPS, drafts, strict=True):
        shown = text_of(reader.get(f"/requests/{public_id}/"))
        says_so = "mail server may already have it" in shown
        assert says_so == (MUST_BECOME[step] == "in_doubt"), step


def test_web_server_killed_while_it_submits(desk_and_gate: tuple[Programs, Gate]):
    """Each draft is submitted while the web server is killed a little later than for the last."""
    desk, gate = desk_and_gate
    drafts = desk.found(drafts=6)
    for program in ("web", "beat", "worker"):
        desk.begin(program)
    person = desk.person(PEOPLE)

    for number, public_id in enumerate(drafts):
        person.get(f"/requests/{public_id}/submit/")
        killer = threading.Timer(0.07 * number, desk.kill, ["web"])
        killer.start()
        with suppress(httpx.TransportError):  # what became of it, the database says below
            person.send_form(f"/requests/{public_id}/submit/", channel="email", version="1")
        killer.join()
        desk.begin("web")
    check_nothing_is_lost_or_doubled(desk.settled(), gate)

    for public_id in drafts:  # whoever tries again gets it done, or is told that it is done
        person.fill(f"/requests/{public_id}/submit/", channel="email")
    told = desk.settled()
    check_nothing_is_lost_or_doubled(told, gate)
    assert {t.state for t in told} == {"submitted"}


def test_scheduler_and_worker_killed_before_a_sweep(desk_and_gate: tuple[Programs, Gate]):
    """A promise that no task hurries is found by the sweep once a scheduler is back."""
    desk, gate = desk_and_gate
    drafts = desk.found(drafts=4)
    for program in ("web", "beat", "worker"):
        desk.begin(program)
    desk.kill("worker")
    desk.kill("beat")

    for public_id in drafts:
        desk.submit(public_id)
    assert {t.deliveries[0][0] for t in desk.tell()} == {"queued"}
    desk.begin("worker")
    desk.kill("worker")
    desk.begin("beat")
    desk.begin("worker")

    told = desk.settled()
    check_nothing_is_lost_or_doubled(told, gate)
    assert {t.deliveries[0][0] for t in told} == {"sent"}
