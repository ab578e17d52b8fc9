"""Whether every template says only what it may: tried with all its facts, and without each.

Django checks it at every start, so a misspelt fact stops the start and not a letter.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.checks import CheckMessage, Error, register

from cities.schema.load import PackErrors, city_slugs
from requests_app.letters.errors import LetterError
from requests_app.letters.facts.declared_facts import FACTS, Declared, declared_for, route_letters
from requests_app.letters.wording.template_files import WHERE
from requests_app.letters.wording.template_names import meant
from requests_app.letters.wording.templates import Template, Wording, wording

Values = dict[str, Any]
Routes = Mapping[str, frozenset[str]]


@register("letters")
def letters_name_known_facts(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [Error(fault, id="letters.E001") for fault in check_templates()]


def check_templates(letters: Wording | None = None) -> list[str]:
    """What is wrong with the wording, a sentence a fault; empty where all is well."""
    letters = letters or wording()
    try:
        routes = route_letters()
    except PackErrors as error:  # which letters there are is not known then
        return [str(fault) for fault in error.errors]
    missing = [
        f"{WHERE}{stem}.md is missing: every kind of letter needs a general wording"
        for stem in FACTS
        if letters.files.find(f"{stem}.md") is None
    ]
    missing += _twice(letters)
    places = _places()
    for path in letters.paths():
        missing += _misplaced(letters, path, places, routes) or _faults(letters, path)
    return missing


def _places() -> list[str]:
    """Where wording may lie: in general, for a state, for a city."""
    cities = city_slugs()
    return ["", *cities, *{slug.split("/", maxsplit=1)[0] for slug in cities}]


def _twice(letters: Wording) -> list[str]:
    """A name that two rooms have: only one of the files would ever be read."""
    counted = Counter(letters.files.names())
    return [
        f"{letters.files.place(name)}: another folder has a {name} too: remove one of them"
        for name, times in counted.items()
        if times > 1
    ]


def _misplaced(letters: Wording, path: str, places: list[str], routes: Routes) -> list[str]:
    """A name that no letter has, or a folder that is no state's and no city's."""
    where = letters.files.place(path)
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".md")
    if declared_for(stem) is None:
        near = meant(stem, [*FACTS, *routes])
        return [f"{where}: no letter has this name{near or ': misspelt?'}"]
    if folder not in places:
        return [f"{where}: there is no state or city “{folder}”{meant(folder, places)}"]
    if stem not in FACTS and folder not in routes[stem]:
        return [f"{where}: “{folder}” has no such route: move it to the place that has"]
    return []


def _faults(letters: Wording, path: str) -> Iterator[str]:
    try:
        template = letters.template(path)
        declared = declared_for(template.stem) or {}
        unknown = [use for use in template.uses if use.name not in declared]
        for use in unknown:
            near = meant(use.name, list(declared))
            yield use.fault(f"“{use.name}” is no fact of this letter{near}")
        if not unknown:
            _try_out(letters, template, declared)
    except LetterError as error:
        yield str(error)


def _try_out(letters: Wording, template: Template, declared: dict[str, Declared]) -> None:
    for values in _cases(template, declared):
        letters.write(template, values)


def _cases(template: Template, declared: dict[str, Declared]) -> Iterator[Values]:
    """All facts and the fewest; each one gone or come alone; and every value that is told apart."""
    full: Values = {name: fact.example for name, fact in declared.items()}
    least = {name: fact.example if fact.is_always else None for name, fact in declared.items()}
    yield full
    yield least
    for name in sorted(template.names):
        fact = declared[name]
        values = fact.others if fact.is_always else (None, *fact.others)
        for value in values:
            yield full | {name: value}
        for value in (fact.example, *fact.others):
            yield least | {name: value}
