"""The lists of docs/vocabulary.md, as tables of Markdown."""

from collections.abc import Iterator
from enum import Enum

from django.db.models import TextChoices

from requests_app.vocabulary import states
from requests_app.vocabulary.channels import Channel
from requests_app.vocabulary.clocks import CLOCKS
from requests_app.vocabulary.event_description import Actor, Mark
from requests_app.vocabulary.event_kinds import EventKind

BEGINS = "<!-- Drawn by `python manage.py draw_vocabulary`; a test fails when it is not. -->"
WHOSE = {
    Actor.NOBODY: "nobody’s",
    Actor.OURS: "ours",
    Actor.CITY: "the city’s",
    Actor.BODY: "the reviewing body’s",
}
STATES = (
    ("A request", states.RequestState),
    ("An appeal", states.AppealState),
    ("A delivery", states.DeliveryState),
)


def with_lists(page: str) -> str:
    """The page with everything below its mark drawn anew. ValueError where the mark is missing."""
    if BEGINS not in page:
        raise ValueError(f"docs/vocabulary.md has lost the line that its lists follow: {BEGINS}")
    return page[: page.index(BEGINS)] + "\n".join([BEGINS, *_lists()]) + "\n"


def events_table() -> Iterator[str]:
    """Every kind of event, for docs/states.md, where the moves that leave them are drawn."""
    yield "\n## Kinds of event\n"
    yield "| kind | in a case file | whose act | and |\n|---|---|---|---|"
    for kind in EventKind:
        about = kind.described
        yield f"| `{kind}` | {about.heading} | {WHOSE[about.actor]} | {_marks(about.marks)} |"


def _lists() -> Iterator[str]:
    yield "\nThe kinds of event stand in [states.md](states.md), with the moves that leave them."
    yield "\n## Clocks\n"
    yield "| clock | in a case file | beside a date | in a mail |\n|---|---|---|---|"
    for clock in CLOCKS:
        yield f"| `{clock.slug}` | {clock.name} | {clock.purpose} | {clock.matter} |"
    yield "\n## Channels\n"
    yield "| channel | on a page | in the ledger | in a letter | needs |\n|---|---|---|---|---|"
    for way in Channel:
        about_way = way.described
        words = (way.label, about_way.how, about_way.how_in_a_letter, about_way.needs)
        yield f"| `{way}` | {' | '.join(words)} |"
    yield "\n## States\n"
    yield "How each is reached is drawn in [states.md](states.md).\n"
    yield "| of | state | on a page | groups |\n|---|---|---|---|"
    for title, kind_of_state in STATES:
        yield from _states(title, kind_of_state)


def _marks(marks: Mark) -> str:
    return ", ".join(_plain(mark) for mark in marks)


def _plain(mark: Enum) -> str:
    return str(mark.name).lower().replace("_", " ")


def _states(title: str, kind_of_state: type[TextChoices]) -> Iterator[str]:
    for state in kind_of_state:
        # By identity: an appeal's "draft" equals a request's.
        groups = [name for name, members in _groups().items() if any(m is state for m in members)]
        yield f"| {title} | `{state}` | {state.label} | {', '.join(groups)} |"


def _groups() -> dict[str, tuple[TextChoices, ...]]:
    return {
        name.lower().replace("_", " "): group
        for name, group in vars(states).items()
        if name.isupper() and isinstance(group, tuple)
    }
