"""Whether every template says only what it may: tried with all its facts, and with the fewest."""

from collections.abc import Iterator

from cities.load import city_slugs
from requests_app.letters.declared import FACTS
from requests_app.letters.errors import LetterError
from requests_app.letters.wording import WHERE, Wording, undeclared, wording


def check_templates(letters: Wording | None = None) -> list[str]:
    """What is wrong with the wording, a sentence a fault; empty where all is well."""
    letters = letters or wording()
    missing = [
        f"{WHERE}{stem}.md is missing: every kind of letter needs a general wording"
        for stem in FACTS
        if not (letters.root / f"{stem}.md").is_file()
    ]
    folders = _folders()
    return missing + [
        fault for path in letters.paths() for fault in _faults(letters, path, folders)
    ]


def _folders() -> set[str]:
    cities = city_slugs()
    return {"", *cities, *(slug.split("/", maxsplit=1)[0] for slug in cities)}


def _faults(letters: Wording, path: str, folders: set[str]) -> Iterator[str]:
    folder, _, name = path.rpartition("/")
    if name.removesuffix(".md") not in FACTS:
        yield f"{WHERE}{path}: no letter has this name: misspelt?"
    elif folder not in folders:
        yield f"{WHERE}{path}: there is no state or city “{folder}”"
    else:
        try:
            yield from _try_out(letters, path)
        except LetterError as error:
            yield str(error)


def _try_out(letters: Wording, path: str) -> Iterator[str]:
    template = letters.template(path)
    if names := undeclared(template):
        yield from (f"{WHERE}{path}: “{name}” is no fact of this letter" for name in names)
        return
    facts = FACTS[template.stem].items()
    letters.write(template, {name: fact.example for name, fact in facts})
    letters.write(
        template, {name: fact.example if fact.is_always else None for name, fact in facts}
    )
