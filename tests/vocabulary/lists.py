"""Finds in a module's source what the vocabulary says already: lists of kinds, clocks, channels.

A list is what one statement of a module or class, or one function, holds together: a verb that
names its own kind of event is none, a table of six kinds is.
"""

import ast
from collections.abc import Iterator
from enum import Enum

from requests_app.vocabulary import states
from requests_app.vocabulary.channels import Channel
from requests_app.vocabulary.clocks import CLOCKS
from requests_app.vocabulary.event_kinds import EventKind

MOST_KINDS = 5
MOST_KEYS = 2
ENUMS: dict[str, type[Enum]] = {
    "EventKind": EventKind,
    "Channel": Channel,
    "RequestState": states.RequestState,
    "AppealState": states.AppealState,
    "DeliveryState": states.DeliveryState,
}
KINDS = {kind.value for kind in EventKind}
SLUGS = {clock.slug for clock in CLOCKS}
GROUPS = {
    frozenset(map(repr, group)): name
    for name, group in vars(states).items()
    if name.isupper() and isinstance(group, tuple)
}


def second_lists(source: str) -> Iterator[str]:
    """Each as "line: what it lists"."""
    tree = ast.parse(source)
    names = _names(tree)
    for place in _places(tree):
        kinds = {m for m in _members(place, names) if isinstance(m, EventKind)}
        if len(kinds) > MOST_KINDS:
            yield f"{_line(place)}: {len(kinds)} kinds of event"
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield from _of_keys(node, names)
        if isinstance(node, ast.Dict | ast.Set | ast.List | ast.Tuple):
            yield from _of_a_display(node, names)


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


def _names(tree: ast.Module) -> dict[str, type[Enum]]:
    """What the enumerations are called in this module: by their names, or by a short one."""
    found = dict(ENUMS)
    for node in tree.body:
        if isinstance(node, ast.Assign):
            left, right = _each(node.targets[0]), _each(node.value)
            for short, full in zip(left, right, strict=False):
                if _id(full) in ENUMS:
                    found[_id(short)] = ENUMS[_id(full)]
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name in ENUMS and alias.asname:
                    found[alias.asname] = ENUMS[alias.name]
    return found


def _each(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]


def _id(node: ast.expr) -> str:
    """The name, or the last part of a dotted one."""
    return getattr(node, "id", getattr(node, "attr", ""))


def _places(node: ast.Module | ast.ClassDef) -> Iterator[ast.stmt]:
    """The statements of the module and of its classes; a function is one."""
    for statement in node.body:
        if isinstance(statement, ast.ClassDef):
            yield from _places(statement)
        else:
            yield statement


def _members(node: ast.AST, names: dict[str, type[Enum]]) -> Iterator[Enum]:
    for part in ast.walk(node):
        member = _member(part, names)
        if member is not None:
            yield member


def _member(node: ast.AST | None, names: dict[str, type[Enum]]) -> Enum | None:
    if isinstance(node, ast.Attribute):
        enum = names.get(_id(node.value))
        return enum.__members__.get(node.attr) if enum else None
    return None


def _of_keys(node: ast.Dict, names: dict[str, type[Enum]]) -> Iterator[str]:
    """Words by clock, channel or state."""
    clocks = {k.value for k in node.keys if isinstance(k, ast.Constant) and k.value in SLUGS}
    if len(clocks) > MOST_KEYS:
        yield f"{_line(node)}: {len(clocks)} clocks"
    members = [_member(key, names) for key in node.keys]
    for enum in set(ENUMS.values()) - {EventKind}:
        keys = {member for member in members if isinstance(member, enum)}
        if len(keys) > MOST_KEYS:
            yield f"{_line(node)}: {len(keys)} of {enum.__name__}"


def _of_a_display(node: ast.expr, names: dict[str, type[Enum]]) -> Iterator[str]:
    """Kinds of event as plain strings; a group of states that has a name already."""
    parts = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
    kinds = {p.value for p in parts if isinstance(p, ast.Constant) and p.value in KINDS}
    if len(kinds) > MOST_KINDS:
        yield f"{_line(node)}: {len(kinds)} kinds of event, as strings"
    members = [_member(part, names) for part in parts]
    if len(members) > 1 and all(members):
        group = GROUPS.get(frozenset(map(repr, members)))
        if group:
            yield f"{_line(node)}: the states of {group}"
