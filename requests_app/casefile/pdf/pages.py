"""Our own pages: HTML from `templates/casefile` → PDF, and where on them each thing stands."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from cities.clocks.counting import CountedDay
from cities.clocks.explain import CONFIDENCE, done_or_perhaps, which_day
from requests_app.casefile import CaseFileError
from requests_app.casefile.content.dossier import Clock
from requests_app.letters import markdown
from requests_app.vocabulary import dates_and_amounts

LONG_LINE = 1200  # characters; a paragraph of many pages takes the engine far longer than two
LONG_WORD = 400  # and what has no space in it longer still
_CODE = re.compile(r"U\+([0-9A-F]{4,6})")
_STRONG = {"L", "R", "AL"}
_BETWEEN = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF of our own, and where its anchors are: page from 0, and points from the page's top."""

    pdf: bytes
    page_count: int
    anchors: dict[str, tuple[int, float]]


def render(template: str, **context: Any) -> Printed:
    """The pages of a template. CaseFileError where the machine cannot make any."""
    return _print(_environment().get_template(template).render(css=Markup(_css()), **context))  # noqa: S704  our own file


def _print(html: str) -> Printed:
    try:
        from requests_app.letters.paper import pdf_engine
    except OSError as error:
        raise CaseFileError(
            "Case files cannot be made on this machine yet, because Pango is not installed: stop "
            "the desk and run “python3 run.py up”, which says what is missing."
        ) from error
    try:
        return _printed(pdf_engine.lay_out(html))
    except pdf_engine.MissingGlyphError as error:
        # A city's words must not stop its own case file: what no font has is named instead.
        codes = {int(code, 16) for code in _CODE.findall(str(error))}
        table = {code: f"[U+{code:04X}]" for code in codes}
        return _printed(pdf_engine.lay_out(html.translate(table)))


def _printed(document: Any) -> Printed:
    from requests_app.letters.paper import pdf_engine

    anchors: dict[str, tuple[int, float]] = {}
    for number, page in enumerate(document.pages):
        for name, place in page.anchors.items():
            # What runs over several pages has its anchor on each; it begins on the first.
            anchors.setdefault(name, (number, float(place[1]) * 0.75))  # CSS pixels → points
    return Printed(pdf_engine.write(document), len(document.pages), anchors)


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs, its lines kept; one that runs for pages is cut in several."""
    cleaned = markdown.clean(text).strip("\n")
    return Markup("").join(
        Markup("<p{}>{}</p>").format(direction(piece), piece)
        for block in _BETWEEN.split(cleaned)
        for piece in _pieces(block.split("\n"))
    )


def _pieces(lines: Sequence[str]) -> list[Markup]:
    """Lines in pieces the engine lays out quickly; each part of a long line is one of its own."""
    pieces: list[Markup] = []
    held: list[str] = []
    for line in lines:
        if held and sum(map(len, held)) + len(line) > LONG_LINE:
            pieces.append(_joined(held))
            held = []
        if len(line) > LONG_LINE:
            pieces += map(escape, _cut(line))
        else:
            held.append(line)
    return [*pieces, _joined(held)] if held else pieces


def _cut(line: str) -> list[str]:
    """A line in parts of bearable length, at a space where there is one."""
    parts = []
    while len(line) > LONG_LINE:
        at = line.rfind(" ", LONG_LINE // 2, LONG_LINE)
        at = at + 1 if at > 0 else LONG_WORD
        parts.append(line[:at])
        line = line[at:]
    return [*parts, line]


def _joined(lines: Sequence[str]) -> Markup:
    return escape("\n".join(lines))  # kept by the sheet's `white-space`: a third of a break's cost


def direction(text: str) -> Markup:
    """The attribute of an element whose text begins in a script that is read from the right."""
    strong = (unicodedata.bidirectional(character) for character in text)
    first = next((kind for kind in strong if kind in _STRONG), "L")
    return Markup("") if first == "L" else Markup(' dir="rtl"')


def due(clock: Clock) -> str:
    """The day of a clock in one sentence."""
    deadline = clock.deadline
    if deadline.not_computed_before:
        return clock.undated.capitalize()
    if deadline.due_on is None and deadline.met_on:
        return f"Done {dates_and_amounts.weekday(deadline.met_on)}, while it was tolled"
    if deadline.due_on is None:
        return "Tolled: no date now" if deadline.status == "tolled" else "No date"
    day = dates_and_amounts.weekday(deadline.due_on)
    if deadline.met_on:
        late = ": late" if deadline.was_met_late else ""
        done = done_or_perhaps(deadline)
        return f"{day}; {done} {dates_and_amounts.weekday(deadline.met_on)}{late}"
    tail = {"projected": ", if the city stays silent", "void": "; no longer runs"}
    return day + tail.get(deadline.status, "")


def source(clock: Clock) -> str:
    """Where the rule stands, how well it was read, and when it was checked."""
    deadline = clock.deadline
    checked = f"checked {dates_and_amounts.day(deadline.checked_on)}" if deadline.checked_on else ""
    notes = [CONFIDENCE.get(deadline.confidence, deadline.confidence), checked]
    reading = "; ".join(note for note in notes if note)
    return f"{deadline.citation} ({reading})." if reading else f"{deadline.citation}."


def span(day: CountedDay) -> str:
    """One day, or the first and last of several that are counted alike."""
    if day.until is None or day.until == day.on:
        return dates_and_amounts.short_weekday(day.on)
    return f"{dates_and_amounts.month_day(day.on)} – {dates_and_amounts.short_day(day.until)}"


def weekday(on: date) -> str:
    return dates_and_amounts.weekday(on)


@cache
def _css() -> str:
    return (_folder() / "case.css").read_text(encoding="utf-8")


def _folder() -> Path:
    return Path(settings.ROOT) / "templates" / "casefile"


@cache
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(_folder()),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    environment.filters.update(
        paragraphs=paragraphs,
        direction=direction,
        due=due,
        source=source,
        span=span,
        which_day=which_day,
        weekday=weekday,
        day=dates_and_amounts.day,
        size=lambda size: filesizeformat(size).replace("\xa0", " "),
    )
    return environment


def _clean(value: Any) -> Any:
    """Names and headings are cleaned as the text is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return markdown.clean(value)
    return value
