"""The table of a delivery's moves, beside the code that makes them."""

import ast
from pathlib import Path

from requests_app.delivery import outbox
from requests_app.delivery.outbox.moves import MOVES
from requests_app.models import DeliveryState, EventKind

FOLDER = Path(outbox.__file__).parent


def functions() -> dict[str, ast.FunctionDef]:
    return {
        node.name: node
        for file in FOLDER.glob("*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }


def test_each_state_is_reached_or_begun_with():
    reached = {target for _, _, target, _ in MOVES}

    assert reached | {DeliveryState.BY_HAND} == set(DeliveryState)


def test_each_move_is_a_function_that_names_its_target_and_its_event():
    for name, _, target, event in MOVES:
        words = ast.unparse(functions()[name])
        assert f"S.{target.name}" in words, name
        if event:
            assert f"EventKind.{event.name}" in words, name


def test_each_function_that_writes_a_state_is_in_the_table():
    writes = {
        name
        for name, node in functions().items()
        if "state=S." in (words := ast.unparse(node)) or "'state': S." in words
    }

    assert writes - {"enqueue"} == {name for name, *_ in MOVES}


def test_each_event_of_a_delivery_is_left_by_a_move():
    of_deliveries = {
        EventKind.SENT, EventKind.DELIVERED, EventKind.BOUNCED, EventKind.RECALLED,
        EventKind.SENDING_FAILED, EventKind.SENDING_IN_DOUBT, EventKind.SENDING_RETRIED,
    }  # fmt: skip

    assert {event for *_, event in MOVES if event} == of_deliveries
