"""What a template names, and where: its facts, and the files it includes or extends."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from requests_app.letters.errors import LetterError
from requests_app.letters.wording.template_files import TemplateFiles


@dataclass(frozen=True, slots=True)
class Use:
    """One name in a template, and the file and line it stands on."""

    name: str
    place: str
    line: int

    def fault(self, problem: str) -> str:
        return f"{self.place}:{self.line}: {problem}"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a template, as it was read."""

    text: str
    uses: tuple[Use, ...]
    references: tuple[Use, ...]


class Reader:
    """Reads a template and the files it is put together from."""

    def __init__(self, files: TemplateFiles, jinja: Environment) -> None:
        self._files, self._jinja = files, jinja
        self._kept: dict[Path, Source] = {}

    def sources(self, name: str, above: tuple[str, ...] = ()) -> Iterator[Source]:
        """The file and every file it includes or extends. LetterError names file and line."""
        file = self._files.find(name)
        if file is None:
            raise LetterError(f"{self._files.place(name)}: {self._missing(name)}")
        source = self._source(file, self._files.place(name))
        yield source
        for reference in source.references:
            if reference.name in (*above, name):
                raise LetterError(reference.fault("includes itself: take one of the two out"))
            if self._files.find(reference.name) is None:
                raise LetterError(reference.fault(self._missing(reference.name)))
            yield from self.sources(reference.name, (*above, name))

    def _source(self, file: Path, place: str) -> Source:
        """The file as it is now; parsed again only where it has changed."""
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise LetterError(f"{place}: save it as UTF-8 ({error.reason})") from error
        kept = self._kept.get(file)
        if kept is None or kept.text != text:
            kept = self._kept[file] = self._parsed(place, text)
        return kept

    def _parsed(self, place: str, text: str) -> Source:
        try:
            tree = self._jinja.parse(text)
        except TemplateSyntaxError as error:
            raise LetterError(f"{place}:{error.lineno}: {error.message}") from error
        free = meta.find_undeclared_variables(tree)
        names = (name for name in tree.find_all(nodes.Name) if name.name in free)
        uses = tuple(Use(name.name, place, name.lineno) for name in names)
        return Source(text, uses, tuple(_references(tree, place)))

    def _missing(self, name: str) -> str:
        return f"there is no file “{name}”{meant(name, list(self._files.names()))}"


def meant(name: str, known: list[str]) -> str:
    """The nearest name there is, as the end of a sentence."""
    near = get_close_matches(name, sorted(known), n=1)
    return f"; is “{near[0]}” meant?" if near else ""


_REFERRING = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)


def _references(tree: nodes.Template, place: str) -> Iterator[Use]:
    for node in tree.find_all(nodes.Stmt):
        if not isinstance(node, _REFERRING):
            continue
        named = node.template
        if not isinstance(named, nodes.Const) or not isinstance(named.value, str):
            where = Use("", place, node.lineno)
            raise LetterError(where.fault("name the file that is included, in quotes"))
        yield Use(named.value, place, node.lineno)
