"""Templates → text. The wording lies in files: a kind's, over it a state's, over it a city's.

Jinja2 in its sandbox, strict: a name that is not declared is an error, and so is printing a fact
that is absent. Text from a person or a pack is escaped wherever it is printed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, meta
from jinja2.sandbox import SandboxedEnvironment

from requests_app.letters import markdown
from requests_app.letters.declared import FACTS
from requests_app.letters.errors import LetterError

WHERE = "templates/letters/"  # as errors name the folder
# A heading, a quotation, an entry of a list.
_OF_ITS_OWN = re.compile(r"#|>|[-+*] |\d+[.)] ")


class Ready(str):
    """Text that a filter has escaped already."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A file of wording: its path under the folder of letters, and what it may name."""

    path: str
    stem: str
    sha256: str
    names: frozenset[str]


class Wording:
    """The templates under one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._jinja = SandboxedEnvironment(
            loader=FileSystemLoader(root),
            undefined=StrictUndefined,
            finalize=_printed,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,  # so that an included part is lines of its own
            autoescape=False,  # `finalize` escapes, for Markdown and not for HTML
        )
        self._jinja.filters |= {
            "lines": _filter(markdown.lines),
            "numbered": _filter(markdown.numbered),
            "paragraphs": _filter(markdown.paragraphs),
            "quoted": _filter(markdown.quoted),
            "stated": _filter(markdown.stated),
            "listed": _filter(markdown.listed),
        }
        self._jinja.globals.clear()

    def nearest(self, stem: str, city_slug: str) -> Template:
        """The city's own template, else its state's, else the general one."""
        state = city_slug.split("/", maxsplit=1)[0]
        for folder in (city_slug, state, ""):
            path = f"{folder}/{stem}.md".lstrip("/")
            if (self.root / path).is_file():
                return self.template(path)
        raise LetterError(
            f"There is no wording for “{stem.replace('_', ' ')}”: "
            f"add {WHERE}{stem}.md, or write the letter yourself."
        )

    def template(self, path: str) -> Template:
        """One template with the files it includes. LetterError where it cannot be read."""
        names: set[str] = set()
        digest = sha256()
        for source in self._sources(path):
            digest.update(source.encode())
            names |= meta.find_undeclared_variables(self._jinja.parse(source))
        return Template(path, Path(path).stem, digest.hexdigest(), frozenset(names))

    def write(self, template: Template, facts: Mapping[str, Any]) -> str:
        """The letter's text. `facts` holds every declared name; None is absent."""
        try:
            text = self._jinja.get_template(template.path).render(facts)
        except TemplateError as error:
            raise LetterError(f"{WHERE}{template.path}: {error}") from error
        return _tidy(text)

    def paths(self) -> Iterator[str]:
        """Every template; files beginning with _ are parts of others."""
        for file in sorted(self.root.rglob("*.md")):
            if not file.name.startswith("_"):
                yield str(file.relative_to(self.root))

    def _sources(self, path: str) -> Iterator[str]:
        try:
            source, _, _ = self._loader.get_source(self._jinja, path)
            included = list(meta.find_referenced_templates(self._jinja.parse(source)))
        except TemplateError as error:
            raise LetterError(f"{WHERE}{path}: {error}") from error
        yield source
        for name in included:
            if name is None:
                raise LetterError(f"{WHERE}{path}: name the file that is included")
            yield from self._sources(name)

    @property
    def _loader(self) -> FileSystemLoader:
        loader = self._jinja.loader
        assert isinstance(loader, FileSystemLoader)
        return loader


@cache
def wording() -> Wording:
    """The project's own templates."""
    return Wording(Path(settings.ROOT) / "templates" / "letters")


def undeclared(template: Template) -> list[str]:
    """Names a template uses that are no facts of its letter."""
    return sorted(template.names - FACTS[template.stem].keys())


def _printed(value: Any) -> Any:
    if value is None:
        raise TemplateError("prints a fact that is absent: put its sentence in an {% if %}")
    if isinstance(value, Ready):
        return value
    return markdown.escape(value) if isinstance(value, str) else value


def _filter(function: Any) -> Any:
    def apply(value: Any) -> Ready:
        if value is None:
            raise TemplateError("prints a fact that is absent: put its sentence in an {% if %}")
        return Ready(function(value))

    return apply


def _tidy(text: str) -> str:
    """One line a paragraph, however its sentences were set, and no gaps where one was left out."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    tidied: list[str] = []
    for line in lines:
        if tidied and _flows_on(tidied[-1], line):
            tidied[-1] += f" {line}"
        elif line or (tidied and tidied[-1]):
            tidied.append(line)
    return "\n".join(tidied).strip() + "\n"


def _flows_on(before: str, line: str) -> bool:
    """Whether the line goes on with the paragraph above it."""
    return bool(before and line) and not (_OF_ITS_OWN.match(before) or _OF_ITS_OWN.match(line))
