"""What of a template can be said in lines that come and go with their facts."""

import re
from collections.abc import Iterator

from jinja2 import nodes

_SHAPES = {"quoted": "> ", "lines": "- ", "numbered": "", "paragraphs": ""}
_PLACE = re.compile(r"\{\{ (\w+) \}\}")


def fact_in(node: nodes.Node, *, begins_a_line: bool) -> str:
    """How an expression is written as a fact by name; empty where it is more than that."""
    if isinstance(node, nodes.Name):
        return f"{{{{ {node.name} }}}}"
    if not isinstance(node, nodes.Filter) or not isinstance(node.node, nodes.Name) or node.args:
        return ""
    if node.name == "listed" and not begins_a_line:
        return f"{{{{ {node.node.name} }}}}"
    if node.name in _SHAPES and begins_a_line:
        return f"{_SHAPES[node.name]}{{{{ {node.node.name} }}}}"
    return ""


def plain_lines(node: nodes.If) -> str | None:
    """The sentence for each case, from the second on after "or:"; or the section that goes with
    its fact. None where a line alone could not tell the cases apart."""
    cases = [(node.test, node.body), *((one.test, one.body) for one in node.elif_)]
    texts = []
    for test, body in cases:
        names, text = _known(test), _words(body)
        if names is None or text is None:
            return None
        texts.append((names, text))
    otherwise = _words(node.else_) if node.else_ else ""
    if otherwise is None:
        return None
    if len(texts) == 1 and not otherwise and _is_section(*texts[0]):
        return texts[0][1]
    if not all(_is_line(text, names) for names, text in texts):
        return None
    if otherwise and not _is_line(otherwise, frozenset()):
        return None
    lines = [text for _, text in texts] + ([otherwise] if otherwise else [])
    return "or: ".join(f"{' '.join(line.split())}\n" for line in lines)


def _known(test: nodes.Node) -> frozenset[str] | None:
    """The facts that must be known; None where more is asked."""
    if isinstance(test, nodes.Name):
        return frozenset({test.name})
    if isinstance(test, nodes.And):
        left, right = _known(test.left), _known(test.right)
        return None if left is None or right is None else left | right
    return None


def _words(body: list[nodes.Node]) -> str | None:
    text = ""
    for node in body:
        if not isinstance(node, nodes.Output):
            return None
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                text += part.data
                continue
            fact = fact_in(part, begins_a_line=text.endswith("\n") or not text)
            if not fact:
                return None
            text += fact
    return text


def _printed(text: str) -> frozenset[str]:
    return frozenset(_PLACE.findall(text))


def _is_line(text: str, names: frozenset[str]) -> bool:
    lines = list(_content(text))
    return (
        text.endswith("\n")
        and "\n\n" not in text
        and bool(lines)
        and names <= _printed(text)
        and not any(line.startswith(("#", "or:")) for line in lines)
        and (len(lines) == 1 or not any(line.startswith(("> ", "- ")) for line in lines))
    )


def _is_section(names: frozenset[str], text: str) -> bool:
    """A heading, and below it nothing but lines that name every fact that must be known."""
    lines = list(_content(text))
    below = [line for line in lines if not line.startswith("#")]
    return (
        text.endswith("\n")
        and len(lines) > len(below) > 0
        and all(names <= _printed(line) for line in below)
    )


def _content(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line.strip())
