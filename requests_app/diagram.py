"""docs/states.md, drawn from the models and the table of events."""

from collections.abc import Iterator

from django_fsm import GET_STATE, Transition

from requests_app.models import Appeal, AppealState, RecordsRequest, RequestState
from requests_app.states import event_of

HEADER = """# States

Drawn by `python manage.py draw_states` from the models' transitions and the table in
`requests_app/states.py`; a test fails when this page is not what that command writes.

"Late" is no state: it is read off the deadlines. An extension, a part of the records, a follow-up,
a bounce are events: they stand in the ledger and move nothing here.
"""


def draw() -> str:
    """The page, whole."""
    return "\n".join(
        [
            HEADER,
            *_section(RecordsRequest, "A request", RequestState),
            *_section(Appeal, "An appeal", AppealState),
        ]
    )


def transitions_of(model: type[RecordsRequest] | type[Appeal]) -> list[Transition]:
    """Every transition of a model: one entry for each source it may start from."""
    return sorted(
        model._meta.get_field("state").get_all_transitions(model),
        key=lambda t: (str(t.name), str(t.source)),
    )


def names_of(model: type[RecordsRequest] | type[Appeal]) -> list[str]:
    """The transitions' names in the order of the model's source."""
    found = {t.name for t in transitions_of(model)}
    return [name for name in vars(model) if name in found]


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
) -> Iterator[str]:
    yield f"## {title}\n"
    yield "```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {next(iter(states)).value}"
    for (source, target), names in _arrows(model).items():
        yield f"    {source} --> {target}: {', '.join(names)}"
    yield "```\n"
    yield "| transition | from | to | event |\n|---|---|---|---|"
    for name in names_of(model):
        yield _row(model, name)
    yield ""


def _arrows(model: type[RecordsRequest] | type[Appeal]) -> dict[tuple[str, str], list[str]]:
    """The main line only: an arrow from each state to each other one, with its transitions."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for transition in transitions_of(model):
        for target in targets(transition):
            source = str(transition.source)
            if source != target and transition.name not in arrows.setdefault((source, target), []):
                arrows[source, target].append(str(transition.name))
    return arrows


def _row(model: type[RecordsRequest] | type[Appeal], name: str) -> str:
    entries = [t for t in transitions_of(model) if t.name == name]
    sources = ", ".join(sorted({str(t.source) for t in entries}))
    reached = ", ".join(dict.fromkeys(s for t in entries for s in targets(t)))
    return f"| `{name}` | {sources} | {reached} | `{event_of(model, name)}` |"
