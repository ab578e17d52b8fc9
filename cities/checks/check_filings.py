"""Whether what a pack gives to filings can be printed, and names what there is.

Whatever is printed here goes before a commission or a court under a newspaper's name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cities.schema.city import City, Statute
from cities.schema.facts import Confidence
from cities.schema.filings.exemptions import GAP, Argument
from cities.schema.filings.reliefs import Relief
from cities.schema.filings.requirements import Requirement
from cities.schema.legal_sentences import Sentence
from cities.schema.load import Folder, PackError
from cities.schema.offices import Route

Path = tuple[str | int, ...]

VERBS = frozenset({
    "Advise", "Ask", "Award", "Bring", "Declare", "Determine", "Enjoin", "Examine", "Find",
    "Impose", "Invite", "Issue", "Look", "Make", "Order", "Reconsider", "Reduce", "Release",
    "Remand", "Require", "Reverse", "Review", "Search", "State", "Sustain", "Tell", "View", "Waive",
})  # fmt: skip
"""What a relief may begin with: it is an instruction to whoever decides."""

LAW_ASKS = re.compile(
    r"(?:(?:§+|[Ss]ections?|ORS)\s*\d\S*|\b(?:[Aa]ct|[Ll]aw|[Ss]tatute|[Rr]egulation|[Rr]ule|[Cc]ode))"
    r"\s+asks?\b"
)


def filings_of_a_state(
    folder: Folder, statute: Statute, slugs: Iterable[str]
) -> Iterator[PackError]:
    """What a state's folder gives to filings; `slugs` are the routes there are under it."""
    for number, exemption in enumerate(statute.exemptions):
        place: Path = ("exemptions", number)
        yield from _reads_well(folder, (*place, "must_show"), exemption.must_show)
        yield from _arguments(folder, (*place, "arguments"), exemption.arguments)
    yield from _arguments(folder, ("general_arguments",), statute.general_arguments)
    yield from _sentences(folder, statute.letter_sentences)
    yield from _reliefs(folder, statute.reliefs, _by_slug(statute.routes), set(slugs))
    for number, route in enumerate(statute.routes):
        yield from _checklist(folder, ("routes", number), route)


def filings_of_a_city(folder: Folder, city: City) -> Iterator[PackError]:
    """What a city's own folder adds to its state's."""
    yield from _sentences(folder, city.letter_sentences)
    routes = _by_slug(city.all_routes())
    yield from _reliefs(folder, city.reliefs, routes, set(routes))
    taken = {relief.slug for relief in city.statute.reliefs}
    for number, relief in enumerate(city.reliefs):
        if relief.slug in taken:
            problem = f"{relief.slug!r} is also the state's: give it a slug of its own"
            yield folder.error(("reliefs", number, "slug"), problem)
    for number, table in enumerate(folder.raw.get("routes", [])):
        if "requires" in table or "days" in table:  # else they are the state's
            yield from _checklist(folder, ("routes", number), city.routes[number])


def _sentences(folder: Folder, sentences: Mapping[str, Sentence]) -> Iterator[PackError]:
    """What a letter quotes of the law says that it requires, where it requires."""
    for key, sentence in sentences.items():
        yield from _requires(folder, ("letter_sentences", key, "text"), sentence.text)


def _arguments(folder: Folder, place: Path, arguments: Sequence[Argument]) -> Iterator[PackError]:
    for number, argument in enumerate(arguments):
        at = (*place, number)
        yield from _reads_well(folder, (*at, "text"), argument.text)
        yield from _reads_well(folder, (*at, "authority"), argument.authority)
        if argument.gaps and not argument.facts_needed:
            problem = "has a place to fill in: say in `facts_needed` what to find out"
            yield folder.error((*at, "text"), problem)


def _reliefs(
    folder: Folder, reliefs: Sequence[Relief], routes: Mapping[str, Route], slugs: set[str]
) -> Iterator[PackError]:
    by_slug = {relief.slug: relief for relief in reliefs}
    for number, relief in enumerate(reliefs):
        at: Path = ("reliefs", number)
        for key, text in (("text", relief.text), ("notice", relief.notice)):
            yield from _reads_well(folder, (*at, key), text)
        if relief.text.split()[0] not in VERBS or not relief.text.endswith("."):
            problem = f"write one sentence that begins with a verb: {', '.join(sorted(VERBS))}"
            yield folder.error((*at, "text"), problem)
        for name in relief.routes:
            if name not in slugs:
                problem = f"no route {name!r}; there are {', '.join(sorted(slugs))}"
                yield folder.error((*at, "routes"), problem)
        own = [routes[name] for name in relief.routes if name in routes]
        for kind in relief.follows:
            if own and not any(kind in route.follows for route in own):
                problem = f"none of its routes follows {kind!r}: leave it out"
                yield folder.error((*at, "follows"), problem)
        if not relief.citation and any(route.is_formal for route in own):
            problem = "is missing: only on a route that no law gives may it be left out"
            yield folder.error((*at, "citation"), problem)
        if relief.in_the_alternative_to:
            yield from _alternative(folder, at, relief, by_slug)


def _alternative(
    folder: Folder, at: Path, relief: Relief, by_slug: Mapping[str, Relief]
) -> Iterator[PackError]:
    first = by_slug.get(relief.in_the_alternative_to)
    if first is None or first is relief:
        problem = f"no other relief {relief.in_the_alternative_to!r} here"
        yield folder.error((*at, "in_the_alternative_to"), problem)
    elif set(first.routes).isdisjoint(relief.routes):
        problem = f"{first.slug!r} is never asked for on the same route"
        yield folder.error((*at, "in_the_alternative_to"), problem)


def _checklist(folder: Folder, place: Path, route: Route) -> Iterator[PackError]:
    for key, slugs in (
        ("requires", [item.slug for item in route.requires]),
        ("days", [day.slug for day in route.days]),
    ):
        for number, slug in enumerate(slugs):
            if slug in slugs[:number]:
                problem = f"{slug!r} stands twice: each may be used once"
                yield folder.error((*place, key, number, "slug"), problem)
    for number, item in enumerate(route.requires):
        at = (*place, "requires", number)
        for text_key, text in (("text", item.text), ("why", item.why)):
            yield from _reads_well(folder, (*at, text_key), text)
        for item_key, problem in _faults_of(item, route):
            yield folder.error((*at, item_key), problem)


def _faults_of(item: Requirement, route: Route) -> Iterator[tuple[str, str]]:
    """The key at fault in one line of a route's checklist, and what to do."""
    if item.kind == "exhibit" and not item.parts:
        yield "parts", "is missing: name the parts of the bundle of which any one satisfies it"
    if item.kind != "exhibit" and item.parts:
        yield "parts", f"only an exhibit has parts, and this is {item.kind!r}"
    if item.kind != "fact" and item.known_from:
        yield "known_from", f"only a fact is known from others, and this is {item.kind!r}"
    if item.is_mandatory and item.confidence is Confidence.UNVERIFIED:
        yield "is_mandatory", "what is not verified refuses no filing: verify it, or leave this out"
    for kind in item.follows:
        if kind not in route.follows:
            yield "follows", f"the route does not follow {kind!r}: leave it out"
    bundled = set(route.bundle.parts) if route.bundle else set(item.parts)
    if item.is_mandatory and item.parts and bundled.isdisjoint(item.parts):
        yield "parts", "none of them is in the route's bundle: add one to its `parts`"


def _reads_well(folder: Folder, place: Path, text: str) -> Iterator[PackError]:
    """What a printed text may not hold."""
    rest = GAP.sub("", text)
    if "[[" in rest or "]]" in rest:
        yield folder.error(place, "a place to fill in is not closed: write it as [[the day]]")
    if "'" in text or '"' in text:
        yield folder.error(place, "holds a straight quote: write ’ or “ ”")
    yield from _requires(folder, place, text)


def _requires(folder: Folder, place: Path, text: str) -> Iterator[PackError]:
    if LAW_ASKS.search(text):
        yield folder.error(place, "says that the law “asks”: it requires")


def _by_slug(routes: Iterable[Route]) -> dict[str, Route]:
    return {route.slug: route for route in routes}
