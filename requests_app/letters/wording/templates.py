"""Templates → text. The wording lies in files: a kind's, over it a state's, over it a city's.

Jinja2 in its sandbox, strict: a name that is not declared is an error, and so is printing a fact
that is absent. Text from a person or a pack is escaped wherever it is printed.
"""

import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from requests_app.letters import markdown
from requests_app.letters.errors import LetterError
from requests_app.letters.wording.template_files import WHERE, TemplateFiles
from requests_app.letters.wording.template_names import Reader, Use

# A heading, a quotation, an entry of a list.
_OF_ITS_OWN = re.compile(r"#|>|[-+*] |\d+[.)] ")


class Ready(str):
    """Text that a filter has escaped already."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A file of wording: the name it goes by, `us-ct/thanks.md`, and what it names."""

    path: str
    stem: str
    sha256: str
    uses: tuple[Use, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(use.name for use in self.uses)


class Wording:
    """The templates under one folder."""

    def __init__(self, root: Path) -> None:
        self.files = TemplateFiles(root)
        self._jinja = SandboxedEnvironment(
            loader=FileSystemLoader(self.files.folders),
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
        self._reader = Reader(self.files, self._jinja)

    def nearest(self, stems: tuple[str, ...], city_slug: str) -> Template:
        """The city's own template, else its state's, else the general one.

        Of several names the first that the nearest folder has.
        """
        state = city_slug.split("/", maxsplit=1)[0]
        for folder in (city_slug, state, ""):
            for stem in stems:
                path = f"{folder}/{stem}.md".lstrip("/")
                if self.files.find(path):
                    return self.template(path)
        raise LetterError(
            f"There is no wording for “{stems[-1].replace('_', ' ')}”: "
            f"add {WHERE}{stems[-1]}.md, or write the letter yourself."
        )

    def template(self, path: str) -> Template:
        """One template with the files it includes. LetterError where it cannot be read."""
        sources = list(self._reader.sources(path))
        digest = sha256("".join(source.text for source in sources).encode())
        uses = tuple(use for source in sources for use in source.uses)
        return Template(path, Path(path).stem, digest.hexdigest(), uses)

    def write(self, template: Template, facts: Mapping[str, Any]) -> str:
        """The letter's text. `facts` holds every declared name; None is absent."""
        try:
            text = self._jinja.get_template(template.path).render(facts)
        except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as error:
            raise LetterError(f"{self._place(template, error)}: {error}") from error
        return tidy(text)

    @property
    def engine(self) -> SandboxedEnvironment:
        """What parses the templates, and prints the facts in them."""
        return self._jinja

    def paths(self) -> Iterator[str]:
        """Every template; files beginning with _ are parts of others."""
        for name in self.files.names():
            if not Path(name).name.startswith("_"):
                yield name

    def _place(self, template: Template, error: Exception) -> str:
        """The file and line in which it went wrong: the innermost that is a template's."""
        place = self.files.place(template.path)
        for frame in traceback.extract_tb(error.__traceback__):
            file = Path(frame.filename)
            if file.is_relative_to(self.files.root):
                place = f"{WHERE}{file.relative_to(self.files.root)}:{frame.lineno}"
        return place


@cache
def wording() -> Wording:
    """The project's own templates."""
    return Wording(Path(settings.ROOT) / "templates" / "letters")


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


def tidy(text: str) -> str:
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
