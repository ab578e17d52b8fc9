"""The pack's template as a text that an editor can change, and the passages that it lends to it.

Plain sentences become words and facts by name. What asks more than whether a fact is known (which
answer is challenged, how many records there are) stays the pack's, as a passage with a name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Template as Compiled
from jinja2 import TemplateError, nodes
from jinja2.visitor import NodeTransformer

from requests_app.letters.errors import LetterError
from requests_app.letters.wording.newsrooms_own.plain_lines import fact_in, plain_lines
from requests_app.letters.wording.templates import Template, Wording, wording


@dataclass(frozen=True, slots=True)
class PackText:
    """`start` writes the letter that the template writes. `passages` by their names."""

    start: str
    passages: Mapping[str, Compiled]

    def passage(self, name: str, facts: Mapping[str, Any]) -> str:
        """Its words with these facts. LetterError where the pack has no such passage."""
        if name not in self.passages:
            raise LetterError(f"The pack's wording of this letter has no passage “{name}”.")
        try:
            return self.passages[name].render(facts)
        except (TemplateError, TypeError, ValueError, LookupError) as error:
            raise LetterError(f"The passage “{name}” cannot be written: {error}") from error


def pack_text(template: Template) -> PackText:
    return _read(wording(), template.path, template.sha256)


@lru_cache(maxsize=200)
def _read(letters: Wording, path: str, sha256: str) -> PackText:
    """`sha256` is of all its files: where one changed, it is read anew."""
    reading = _Reading(letters)
    start = reading.text_of(_body(letters, path))
    return PackText(_whole_lines(start), reading.passages)


def _body(letters: Wording, path: str) -> list[nodes.Node]:
    """What the template says, with the blocks that it replaces of the one it extends."""
    source, _, _ = letters.engine.loader.get_source(letters.engine, path)  # type: ignore[union-attr]
    tree = letters.engine.parse(source)
    extended = next(tree.find_all(nodes.Extends), None)
    if extended is None:
        return tree.body
    own = {block.name: block for block in tree.find_all(nodes.Block)}
    assert isinstance(extended.template, nodes.Const)
    above = nodes.Template(_body(letters, extended.template.value), lineno=1)
    return list(_Replaced(own).visit(above).body)


class _Replaced(NodeTransformer):
    def __init__(self, blocks: Mapping[str, nodes.Block]) -> None:
        self._blocks = blocks

    def visit_Block(self, node: nodes.Block) -> nodes.Node:
        return self._blocks.get(node.name, node)


class _Opened(NodeTransformer):
    """A passage needs no blocks: they have been replaced by now."""

    def visit_Block(self, node: nodes.Block) -> list[nodes.Node]:
        self.generic_visit(node)
        return node.body


@dataclass(slots=True)
class _Reading:
    """A template on its way to a text: what was set above, and the passages found so far."""

    letters: Wording
    passages: dict[str, Compiled] = field(default_factory=dict)
    settings: list[nodes.Node] = field(default_factory=list)

    @property
    def _set_above(self) -> frozenset[str]:
        """Names that the template gave itself: they are no facts."""
        found = (name for one in self.settings for name in one.find_all(nodes.Name))
        return frozenset(name.name for name in found if name.ctx == "store")

    def text_of(self, body: list[nodes.Node]) -> str:
        text = ""
        for node in body:
            if isinstance(node, nodes.Assign):
                self.settings.append(node)
            elif isinstance(node, nodes.Output):
                text = self._printed(text, node)
            else:
                text += self._asked(node, begins_a_line=text.endswith("\n") or not text)
        return text

    def _printed(self, text: str, output: nodes.Output) -> str:
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                text += node.data
            elif not self._uses_what_was_set(node) and (
                fact := fact_in(node, begins_a_line=text.endswith("\n") or not text)
            ):
                text += fact
            else:
                text += self._lent(nodes.Output([node], lineno=output.lineno))
        return text

    def _asked(self, node: nodes.Node, *, begins_a_line: bool) -> str:
        if begins_a_line and isinstance(node, nodes.If) and not self._uses_what_was_set(node):
            lines = plain_lines(node)
            if lines is not None:
                return lines
        return self._lent(node) + ("\n" if begins_a_line else "")

    def _uses_what_was_set(self, node: nodes.Node) -> bool:
        names = {name.name for name in node.find_all(nodes.Name)}
        names |= {node.name} if isinstance(node, nodes.Name) else set()
        return bool(names & self._set_above)

    def _lent(self, node: nodes.Node) -> str:
        name, times = _name(node, is_first=not self.passages), 1
        while (numbered := name if times == 1 else f"{name} {times}") in self.passages:
            times += 1
        tree = _Opened().visit(nodes.Template([*self.settings, node], lineno=1))
        tree.set_environment(self.letters.engine)
        code = self.letters.engine.compile(tree)
        self.passages[numbered] = Compiled.from_code(self.letters.engine, code, {})
        return f"{{{{ pack: {numbered} }}}}"


_SPOKEN = {
    "answer": "what the city did",
    "case": "the request",
    "close": "closing",
    "list": "the records",
    "missing": "what is missing",
    "period": "the period",
    "reliefs": "relief",
    "us": "who we are",
    "waiver": "fee waiver",
    "which records": "the records",
}
"""Passages whose file or fact says less than its words do."""


def _name(node: nodes.Node, *, is_first: bool) -> str:
    """Of an included part or a block its own; else the first fact that is asked about."""
    if isinstance(node, nodes.Include) and isinstance(node.template, nodes.Const):
        name = Path(node.template.value).stem.lstrip("_")
    elif isinstance(node, nodes.Block):
        name = node.name
    elif _is_heading(node):
        name = "heading"
    else:
        asked = node.test if isinstance(node, nodes.If) else node
        names = [asked, *asked.find_all(nodes.Name)]
        name = next(one.name for one in names if isinstance(one, nodes.Name))
        if name == "answers" and is_first:
            name = "opening"
    spoken = name.replace("_", " ")
    return _SPOKEN.get(spoken, spoken)


def _is_heading(node: nodes.Node) -> bool:
    words = list(node.find_all(nodes.TemplateData))
    is_short = 0 < len(words) <= 3
    return isinstance(node, nodes.If) and is_short and words[0].data.startswith("## ")


# The last is a sentence of law, which a template sets on a line of its own.
_ENDS = (".", "!", "?", ":", "…", "_line }}")


def _whole_lines(text: str) -> str:
    """A sentence on one line: templates set long ones in two, and a line comes and goes whole."""
    return "\n".join(_joined(text.strip().split("\n"))) + "\n"


def _joined(lines: list[str]) -> Iterator[str]:
    open_line = ""
    for line in [*(line.strip() for line in lines), ""]:
        if open_line and line and not _begins_anew(line):
            open_line = f"{open_line} {line}"
        else:
            if open_line:
                yield open_line
            open_line = line
            if not line:
                yield ""
        if open_line and (open_line.endswith(_ENDS) or _is_of_its_own(open_line)):
            yield open_line
            open_line = ""


def _begins_anew(line: str) -> bool:
    return line.startswith(("or:", "#", ">", "- ")) or _is_of_its_own(line)


def _is_of_its_own(line: str) -> bool:
    """A heading, a quotation, an entry of a list, or a place alone on its line."""
    is_place = line.startswith("{{") and line.endswith("}}") and line.count("{{") == 1
    return is_place or line.startswith(("#", "> ", "- ")) or line[:1].isdigit()
