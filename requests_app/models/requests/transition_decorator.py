"""A transition as our models declare it: from where to where, and what it leaves and says."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, wraps
from typing import Any

from django.db import models
from django_fsm import transition as change_of_state

from requests_app.models.guards.state_guard import StateIsGuardedError, check_state_may_change
from requests_app.vocabulary.event_kinds import EventKind


@dataclass(frozen=True, slots=True)
class Leaves:
    """What a transition leaves in the ledger, and the words for somebody who cannot make it.

    `tried` follows "cannot be". `unless` is what to do where a guard refuses it. It has been done
    "already" only until one of the events that undo it. `reads` are the transition's own arguments,
    read back from what its event says: by them the ledger replays it.
    """

    event: EventKind
    tried: str
    unless: str = ""
    undone_by: Iterable[EventKind] = ()
    reads: Callable[[Any, Mapping[str, Any]], Mapping[str, Any]] = lambda row, data: {}


def transition(
    source: Any,
    target: Any,
    leaves: Leaves,
    *,
    only_if: Callable[[Any], bool] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """django-fsm's, of the field `state`, for the actions alone: see `state_guard`."""

    def declare(method: Callable[..., None]) -> Callable[..., None]:
        conditions = [only_if] if only_if else []
        change = change_of_state(
            "state", source=source, target=target, conditions=conditions, custom={"leaves": leaves}
        )(method)

        @wraps(change)
        def for_actions_alone(row: Any, **facts: Any) -> None:
            check_state_may_change(f"{method.__name__}()")
            change(row, **facts)

        return for_actions_alone

    return declare


def leaves(model: type[models.Model], name: str) -> Leaves:
    """What the transition of that name leaves. AttributeError where the model has none."""
    found: Leaves = next(iter(getattr(model, name)._django_fsm.transitions.values())).custom[
        "leaves"
    ]
    return found


@cache
def transitions_by_event(model: type[models.Model]) -> Mapping[str, str]:
    """The name of the transition that leaves each kind of event, as the transitions declare it."""
    declared: Any = model._meta.get_field("state")
    return {t.custom["leaves"].event: t.name for t in declared.get_all_transitions(model)}


def replay(row: models.Model, event: EventKind, *, on: date, data: Mapping[str, Any]) -> None:
    """Make the transition that left that event, on a row that is in memory alone.

    Where it leads is seen by it; `GuardedState` refuses to save it. Raises TransitionNotAllowed.
    """
    if not row._state.adding:
        raise StateIsGuardedError("Only a row that was never stored can be replayed upon.")
    name = transitions_by_event(type(row))[event]
    made: Any = getattr(type(row), name).__wrapped__
    made(row, on=on, **leaves(type(row), name).reads(row, data))


def is_refused_by_a_guard(row: models.Model, name: str) -> bool:
    """Whether it could be made from where the row stands, but for what its guard asks."""
    declared: Any = getattr(row, name)._django_fsm
    state: Any = getattr(row, "state")  # noqa: B009  a model of ours: see `GuardedState`
    return bool(declared.has_transition(state) and not declared.conditions_met(row, state))
