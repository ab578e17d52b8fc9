"""docs/states.md, drawn from the models' transitions and what they leave in the ledger."""

from collections.abc import Iterator, Mapping

from django_fsm import GET_STATE, Transition

from requests_app.delivery.outbox.moves import MOVES
from requests_app.models import (
    Appeal,
    AppealState,
    DeliveryState,
    RecordsRequest,
    RequestState,
)
from requests_app.models.requests.transition_decorator import leaves
from requests_app.vocabulary.drawing import events_table
from requests_app.vocabulary.states import CHALLENGED, PENDING, REFUSED

HEADER = """# States

Drawn by `python manage.py draw_states` from the models' transitions; a test fails when this page
is not what that command writes.

"Late" is no state: it is read off the deadlines. An extension, a part of the records, a follow-up,
a bounce are events: they stand in the ledger and move nothing here.

In the drawing a box is a group of states: an arrow from it may begin at each of them, an arrow to
*pending* ends where what is still open decides.
"""

Groups = Mapping[str, tuple[RequestState, ...]]
GROUPS: Groups = {"pending": PENDING, "refused": REFUSED, "challenged": CHALLENGED}


def draw() -> str:
    """The page, whole."""
    return "\n".join(
        [
            HEADER,
            *_section(RecordsRequest, "A request", RequestState, GROUPS),
            *_section(Appeal, "An appeal", AppealState, {}),
            *_deliveries(),
            *events_table(),
            "",
        ]
    )


def _deliveries() -> Iterator[str]:
    """A delivery is moved by compare-and-set, not by transitions: its table is the outbox's own."""
    yield "## A delivery\n"
    yield "One message or one paper; `requests_app/delivery/outbox` alone moves it.\n"
    yield "```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {DeliveryState.QUEUED}: e-mail"
    yield f"    [*] --> {DeliveryState.BY_HAND}: by hand"
    for name, sources, target, _ in MOVES:
        for source in sources:
            yield f"    {source} --> {target}: {name}"
    yield "```\n"
    yield "| move | from | to | event |\n|---|---|---|---|"
    for name, sources, target, event in MOVES:
        left = f"`{event}`" if event else ""
        yield f"| `{name}` | {', '.join(sorted(sources))} | {target} | {left} |"
    yield ""


def transitions_of(model: type[RecordsRequest] | type[Appeal]) -> list[Transition]:
    """Every transition of a model: one entry for each source it may start from."""
    return sorted(
        model._meta.get_field("state").get_all_transitions(model),
        key=lambda t: (str(t.name), str(t.source)),
    )


def names_of(model: type[RecordsRequest] | type[Appeal]) -> list[str]:
    """The transitions' names in the order of the model's source."""
    found = {t.name for t in transitions_of(model)}
    return [name for cls in reversed(model.mro()) for name in vars(cls) if name in found]


def targets(transition: Transition) -> list[str]:
    """Where it may lead; more than one where what is still open decides."""
    target = transition.target
    if isinstance(target, GET_STATE):
        return [str(state) for state in target.allowed_states]
    return [str(target)]


def _section(
    model: type[RecordsRequest] | type[Appeal],
    title: str,
    states: type[RequestState] | type[AppealState],
    groups: Groups,
) -> Iterator[str]:
    yield f"## {title}\n"
    yield "```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {next(iter(states)).value}"
    for group, members in groups.items():
        yield f"    state {group} {{\n" + "".join(f"        {m}\n" for m in members) + "    }"
    for (source, target), names in _arrows(model, groups).items():
        yield f"    {source} --> {target}: {', '.join(names)}"
    yield "```\n"
    yield "| transition | from | to | event |\n|---|---|---|---|"
    for name in names_of(model):
        yield _row(model, name)
    yield ""


def _arrows(
    model: type[RecordsRequest] | type[Appeal], groups: Groups
) -> dict[tuple[str, str], list[str]]:
    """One arrow a pair, with its transitions; a whole group of states is one end of an arrow."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for name in names_of(model):
        entries = [t for t in transitions_of(model) if t.name == name]
        sources = _grouped([str(t.source) for t in entries], groups)
        reached = _grouped([s for t in entries for s in targets(t)], groups)
        for source in sources:
            for target in reached:
                arrows.setdefault((source, target), []).append(name)
    return arrows


def _grouped(states: list[str], groups: Groups) -> list[str]:
    """The states, with the name of a group in place of its members where all of them are there."""
    left = list(dict.fromkeys(states))
    found = []
    for group, members in groups.items():
        if set(members) <= set(left):
            left = [state for state in left if state not in members]
            found.append(group)
    return [*left, *found]


def _row(model: type[RecordsRequest] | type[Appeal], name: str) -> str:
    entries = [t for t in transitions_of(model) if t.name == name]
    sources = ", ".join(sorted({str(t.source) for t in entries}))
    reached = ", ".join(dict.fromkeys(s for t in entries for s in targets(t)))
    return f"| `{name}` | {sources} | {reached} | `{leaves(model, name).event}` |"
