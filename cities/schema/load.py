"""TOML → pack, a city's files over its state's; an error names the file, the line and the key.

A pack is a folder:  packs/us-ct/*.toml           the state: statute, clocks, routes, reliefs
                     packs/us-ct/stamford/*.toml  the city
Each folder's files are read as one table, so a long list may have a file of its own. The longest,
`exemptions` and `routes`, may have a folder: packs/us-ct/exemptions/*.toml, one after the other.
A city's route with the slug of a state's is laid over it: it says only what differs, such as the
county.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from cities.schema.city import City, Statute
from cities.schema.facts import Value
from cities.schema.line_numbers import line_of

T = TypeVar("T", bound=Value)
PACKS = Path(__file__).parent.parent / "packs"


@dataclass(frozen=True)
class PackError:
    """What is wrong with a pack: the file, the key in it, and what to do."""

    file: str
    key: str
    problem: str
    line: int = 0  # 0 where it is not known

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.key, self.problem) if part)


class PackErrors(Exception):
    """All that is wrong with one folder of a pack."""

    def __init__(self, errors: list[PackError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


def load_statute(slug: str, packs: Path = PACKS) -> Statute:
    """The law of a state, such as "us-ct". Raises PackErrors."""
    return _statute(slug, packs)


def load_city(slug: str, packs: Path = PACKS) -> City:
    """A city, such as "us-ct/stamford", with its state's law. Raises PackErrors, LookupError."""
    return _city(slug, packs)


def city_slugs(packs: Path = PACKS) -> tuple[str, ...]:
    """Every city there is a folder for, by name of the folder."""
    return _slugs(packs)


def all_cities(packs: Path = PACKS) -> tuple[City, ...]:
    """Every city, by its name. Raises PackErrors for the first pack that is wrong."""
    return tuple(
        sorted((load_city(slug, packs) for slug in city_slugs(packs)), key=lambda city: city.name)
    )


# Cached apart from the functions above: `cache` takes a default and the same value given for two.


@cache
def _statute(slug: str, packs: Path) -> Statute:
    return _state(slug, packs)[0]


@cache
def _state(slug: str, packs: Path) -> tuple[Statute, list[Any]]:
    """A state's law, and its routes as the files have them, for its cities to lay theirs over."""
    folder = Folder.read(slug, packs)
    return _build(Statute, folder, {"slug": slug}), folder.table.get("routes", [])


@cache
def _city(slug: str, packs: Path) -> City:
    if slug not in _slugs(packs):
        raise LookupError(f"no city pack {slug!r}; there are {', '.join(_slugs(packs))}")
    state = slug.split("/", maxsplit=1)[0]
    statute, law_routes = _state(state, packs)
    city = Folder.read(slug, packs)
    routes = _laid_over(law_routes, city.table.get("routes", []))
    return _build(City, city, {"slug": slug, "statute": statute, "routes": routes})


@cache
def _slugs(packs: Path) -> tuple[str, ...]:
    return tuple(
        sorted(file.parent.relative_to(packs).as_posix() for file in packs.glob("*/*/city.toml"))
    )


JOINED = ("exemptions", "routes")
"""Lists that may have a folder of that name: its files are read one after the other."""


@dataclass(frozen=True)
class Folder:
    """One folder's tables merged, remembering which file each top-level key came from."""

    slug: str
    packs: Path
    raw: dict[str, Any]
    origin: dict[str, tuple["Origin", ...]]  # of a joined list, one for each of its files

    @property
    def table(self) -> dict[str, Any]:
        """The table with the folder's `checked_on` in every stated fact that has none."""
        checked_on = self.raw.get("checked_on")
        # A folder without a day is refused for that alone, not once more for every fact in it.
        day = checked_on if isinstance(checked_on, date) else date.min
        filled: dict[str, Any] = _with_checked_on(self.raw, day)
        return filled

    @classmethod
    def read(cls, slug: str, packs: Path) -> "Folder":
        """The folder's files as one table. Raises PackErrors."""
        table: dict[str, Any] = {}
        origin: dict[str, tuple[Origin, ...]] = {}
        files = sorted((packs / slug).glob("*.toml"))
        if not files:
            raise PackErrors([PackError(slug, "", "no .toml file here")])
        for file in files:
            name = file.relative_to(packs).as_posix()
            for key, value in _content(file, name).items():
                if key in table:
                    problem = f"also in {origin[key][0].file}: keep it in one of them"
                    raise PackErrors([PackError(name, key, problem)])
                table[key], origin[key] = value, (Origin(name),)
        for key in JOINED:
            _join(key, packs / slug / key, packs, table, origin)
        return cls(slug, packs, table, origin)

    def error(self, path: tuple[str | int, ...], problem: str) -> PackError:
        """An error at such a place as ("routes", 2, "clock")."""
        key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
        origins = self.origin.get(str(path[0])) if path else None
        if origins is None:  # a key that is missing from all of them: it belongs in the main one
            return PackError(self._main_file(), key.lstrip("."), problem, 1)
        number = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
        of = next(origin for origin in reversed(origins) if origin.first <= number)
        text = (self.packs / of.file).read_text(encoding="utf-8")
        local = (path[0], number - of.first, *path[2:]) if len(path) > 1 and of.first else path
        return PackError(of.file, key.lstrip("."), problem, line_of(text, local))

    def _main_file(self) -> str:
        """Where the folder says who it is: statute.toml or city.toml, else its first file."""
        files = sorted({origin.file for origins in self.origin.values() for origin in origins})
        main = [name for name in files if name.endswith(("/statute.toml", "/city.toml"))]
        return (main or files)[0]


@dataclass(frozen=True)
class Origin:
    """A file that holds a top-level key: of a joined list, its items from `first` on."""

    file: str
    first: int = 0


def _content(file: Path, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackErrors([PackError(name, "", f"not readable as TOML: {error}")]) from error


def _join(
    key: str,
    folder: Path,
    packs: Path,
    table: dict[str, Any],
    origin: dict[str, tuple[Origin, ...]],
) -> None:
    """The list that a folder's files make together, put into the table. Raises PackErrors."""
    files = sorted(folder.glob("*.toml"))
    if files and key in table:
        name = files[0].relative_to(packs).as_posix()
        problem = f"also in {origin[key][0].file}: keep it in one of them"
        raise PackErrors([PackError(name, key, problem)])
    for file in files:
        name = file.relative_to(packs).as_posix()
        content = _content(file, name)
        if [*content] != [key] or not isinstance(content[key], list):
            problem = f"the files of this folder hold [[{key}]] and nothing else"
            raise PackErrors([PackError(name, "", problem)])
        before = table.get(key, [])
        origin[key] = (*origin.get(key, ()), Origin(name, len(before)))
        table[key] = [*before, *content[key]]


def _laid_over(state: list[Any], city: list[Any]) -> list[Any]:
    """A city's tables, each laid over the state's with the same slug."""
    states = {table.get("slug"): table for table in state if isinstance(table, dict)}
    return [
        {**states.get(table.get("slug"), {}), **table} if isinstance(table, dict) else table
        for table in city
    ]


def _build(kind: type[T], folder: Folder, given: dict[str, Any]) -> T:
    try:
        return kind.model_validate({**folder.table, **given})
    except ValidationError as error:
        raise PackErrors([_explain(folder, detail) for detail in _causes(error)]) from error


def _causes(error: ValidationError) -> list[Any]:
    """Its details, without the lists that count as too short for a faulty item that left them."""
    details = error.errors()
    faulty = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    return [d for d in details if d["type"] != "too_short" or d["loc"] not in faulty]


def _with_checked_on(value: Any, checked_on: date) -> Any:
    """Facts that do not say when they were checked were checked when their folder was."""
    if isinstance(value, list):
        return [_with_checked_on(item, checked_on) for item in value]
    if not isinstance(value, dict):
        return value
    filled = {key: _with_checked_on(item, checked_on) for key, item in value.items()}
    if "source" in value and ("value" in value or "fields" in value):  # a fact, or a form
        filled.setdefault("checked_on", checked_on)
    return filled


TAGS = {"stated", "none_set", "not_specified"}  # pydantic names the member of a union in the path


def _explain(folder: Folder, detail: Any) -> PackError:
    path = tuple(part for depth, part in enumerate(detail["loc"]) if depth == 0 or part not in TAGS)
    problem = {
        "missing": "is missing",
        "extra_forbidden": "is not a key we know: misspelt?",
        "string_too_short": "is empty: write it, or leave the key out",
    }.get(detail["type"], str(detail["msg"]).removeprefix("Value error, "))
    path += getattr(detail.get("ctx", {}).get("error"), "path", ())
    return folder.error(path, problem)
