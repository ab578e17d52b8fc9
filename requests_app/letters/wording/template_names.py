"""What a template names, and where: its facts, and the files it includes or extends."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from requests_app.letters.errors import LetterError

WHERE = "templates/letters/"  # as errors name the folder


@dataclass(frozen=True, slots=True)
class Use:
    """One name in a template, and the file and line it stands on."""

    name: str
    path: str
    line: int

    def fault(self, problem: str) -> str:
        return f"{WHERE}{self.path}:{self.line}: {problem}"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a template, as it was read."""

    path: str
    text: str
    uses: tuple[Use, ...]
    references: tuple[Use, ...]


class Reader:
    """Reads a template and the files it is put together from."""

    def __init__(self, root: Path, jinja: Environment) -> None:
        self._root, self._jinja = root, jinja
        self._kept: dict[str, Source] = {}

    def sources(self, path: str, above: tuple[str, ...] = ()) -> Iterator[Source]:
        """The file and every file it includes or extends. LetterError names file and line."""
        source = self._source(path)
        yield source
        for reference in source.references:
            if reference.name in (*above, path):
                raise LetterError(reference.fault("includes itself: take one of the two out"))
            if not self._is_file(reference.name):
                raise LetterError(reference.fault(self._missing(reference.name)))
            yield from self.sources(reference.name, (*above, path))

    def _source(self, path: str) -> Source:
        """The file as it is now; parsed again only where it has changed."""
        try:
            text = (self._root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise LetterError(f"{WHERE}{path}: save it as UTF-8 ({error.reason})") from error
        kept = self._kept.get(path)
        if kept is None or kept.text != text:
            kept = self._kept[path] = self._parsed(path, text)
        return kept

    def _parsed(self, path: str, text: str) -> Source:
        try:
            tree = self._jinja.parse(text)
        except TemplateSyntaxError as error:
            raise LetterError(f"{WHERE}{path}:{error.lineno}: {error.message}") from error
        free = meta.find_undeclared_variables(tree)
        names = (name for name in tree.find_all(nodes.Name) if name.name in free)
        uses = tuple(Use(name.name, path, name.lineno) for name in names)
        return Source(path, text, uses, tuple(_references(tree, path)))

    def _is_file(self, name: str) -> bool:
        file = (self._root / name).resolve()
        return file.is_relative_to(self._root.resolve()) and file.is_file()

    def _missing(self, name: str) -> str:
        known = [str(file.relative_to(self._root)) for file in self._root.rglob("*.md")]
        return f"there is no file “{name}”{meant(name, known)}"


def meant(name: str, known: list[str]) -> str:
    """The nearest name there is, as the end of a sentence."""
    near = get_close_matches(name, sorted(known), n=1)
    return f"; is “{near[0]}” meant?" if near else ""


_REFERRING = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)


def _references(tree: nodes.Template, path: str) -> Iterator[Use]:
    for node in tree.find_all(nodes.Stmt):
        if not isinstance(node, _REFERRING):
            continue
        named = node.template
        if not isinstance(named, nodes.Const) or not isinstance(named.value, str):
            where = Use("", path, node.lineno)
            raise LetterError(where.fault("name the file that is included, in quotes"))
        yield Use(named.value, path, node.lineno)
