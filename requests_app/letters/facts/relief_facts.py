"""What a challenge asks of the body: the reliefs as of today, and how they are printed."""

from collections.abc import Sequence

from cities.rights.reliefs import notices_for, reliefs_for
from cities.schema.filings.reliefs import Relief
from requests_app.letters.facts.claimed_grounds import Challenged
from requests_app.letters.facts.fact import Facts, stated
from requests_app.models import AppealState, ChosenRelief, RecordsRequest


def of(what: Challenged) -> Facts:
    """`reliefs` for the body that decides; of a court, what it may award."""
    request = what.request
    if what.route.is_court:
        return awards(request, what.appeal.route, what.grievance)
    return stated(request.city.statute.slug, reliefs=printed_reliefs(what, as_of_today(what)))


def awards(request: RecordsRequest, route: str, grievance: str) -> Facts:
    """What a notice of suit says that the court may award."""
    notices = notices_for(request.city, route, grievance)
    return stated(request.city.statute.slug, awards=[one.notice for one in notices])


def offered(what: Challenged, grievance: str = "") -> tuple[Relief, ...]:
    """What the pack may ask for here, an alternative right behind what it is one to."""
    request = what.appeal.records_request
    found = [
        relief
        for relief in reliefs_for(
            request.city, what.appeal.route, grievance or what.grievance, kind=request.kind
        )
        if relief.may_be_printed
    ]
    order = [relief.slug for relief in found]

    def place(relief: Relief) -> tuple[int, int]:
        first = relief.in_the_alternative_to
        own = order.index(relief.slug)
        return (order.index(first), own + 1) if first in order else (own, 0)

    return tuple(sorted(found, key=place))


def as_of_today(what: Challenged) -> list[ChosenRelief]:
    """The rows with what the grievance of today adds and takes; nothing is saved."""
    appeal = what.appeal
    rows = list(appeal.chosen_reliefs.all()) if appeal.pk else []
    if what.route.is_court or (appeal.pk and appeal.state != AppealState.DRAFT):
        return rows
    now = offered(what)
    before = {one.slug for one in offered(what, rows[0].grievance)} if rows else set()
    kept = {row.slug for row in rows if row.slug}
    wanted = kept | {one.slug for one in now if not one.is_optional and one.slug not in before}
    return in_order(what, wanted, [row for row in rows if row.text])


def in_order(
    what: Challenged, slugs: set[str], own: Sequence[ChosenRelief] = ()
) -> list[ChosenRelief]:
    """Those of the pack in its order, then the writer's own."""
    chosen = [
        ChosenRelief(appeal=what.appeal, slug=one.slug, grievance=what.grievance)
        for one in offered(what)
        if one.slug in slugs
    ]
    return [*chosen, *own]


def printed_reliefs(what: Challenged, rows: Sequence[ChosenRelief]) -> list[str]:
    """One series: “order …;”, “in the alternative, …; and”, “find ….”"""
    packs = {one.slug: one for one in offered(what)}
    numbers = {row.slug: number for number, row in enumerate(rows, start=1) if row.slug}
    entries = [
        _entry(packs[row.slug], numbers, number) if row.slug else _begun_small(row.text)
        for number, row in enumerate(rows, start=1)
    ]
    return [
        _closed(entry, is_last=number == len(entries), is_before_last=number == len(entries) - 1)
        for number, entry in enumerate(entries, start=1)
    ]


def _entry(relief: Relief, numbers: dict[str, int], number: int) -> str:
    words = _begun_small(relief.text)
    if relief.citation and relief.citation not in words:
        words = f"{words} ({relief.citation})"
    first = numbers.get(relief.in_the_alternative_to)
    if first is None:
        return words
    to = "" if first == number - 1 else f" to paragraph {first}"
    return f"in the alternative{to}, {words}"


def _begun_small(text: str) -> str:
    """A sentence that begins with its verb, as an entry of a series."""
    text = text.strip().removesuffix(".")
    return text[:1].lower() + text[1:]


def _closed(entry: str, *, is_last: bool, is_before_last: bool) -> str:
    return f"{entry}." if is_last else f"{entry}; and" if is_before_last else f"{entry};"
