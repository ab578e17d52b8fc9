"""The variables of a codebook, as one version of it asks for them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from requests_app.vocabulary.research.variable_types import HAVE_VALUES, YES_OR_NO, VariableType

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_VARIABLES, MOST_VALUES = 200, 200


@dataclass(frozen=True, slots=True)
class CodeValue:
    """One of the values that a variable can take: its key stays, its label may be corrected."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Variable:
    """`meaning` counts how often its meaning changed: codes of two meanings are not compared."""

    key: str
    label: str
    type: VariableType
    question: str = ""
    values: tuple[CodeValue, ...] = ()
    rules: str = ""
    is_required: bool = False
    meaning: int = 1

    @property
    def options(self) -> tuple[CodeValue, ...]:
        """What a coder chooses among; nothing where they write."""
        if self.type == VariableType.YES_NO:
            return tuple(CodeValue(key, label) for key, label in YES_OR_NO)
        return self.values

    @property
    def needs_passage(self) -> bool:
        return self.type == VariableType.TEXT

    def label_of(self, code: str) -> str:
        """A code in words: the value's label, or what was written."""
        return next((value.label for value in self.options if value.key == code), code)

    def is_same_as(self, other: "Variable") -> bool:
        return (self.key, self.meaning) == (other.key, other.meaning)


def read(stored: Iterable[Mapping[str, Any]]) -> tuple[Variable, ...]:
    """As a codebook or a version of it keeps them, in their order."""
    return tuple(
        Variable(
            **{
                **one,
                "type": VariableType(one["type"]),
                "values": tuple(CodeValue(**value) for value in one["values"]),
            }
        )
        for one in stored
    )


def stored(variables: Iterable[Variable]) -> list[dict[str, Any]]:
    return [
        {
            "key": one.key,
            "label": one.label,
            "type": str(one.type),
            "question": one.question,
            "values": [{"key": value.key, "label": value.label} for value in one.values],
            "rules": one.rules,
            "is_required": one.is_required,
            "meaning": one.meaning,
        }
        for one in variables
    ]


def named(variables: Iterable[Variable], key: str) -> Variable | None:
    return next((one for one in variables if one.key == key), None)


def counterpart(variable: Variable, now: Iterable[Variable]) -> Variable | None:
    """What of the codebook as it stands asks the same; None where nothing does any more."""
    return next((one for one in now if one.is_same_as(variable)), None)


def problem_of(variable: Variable) -> str:
    """Why it cannot stand in a codebook, in a sentence; empty where it can."""
    if not KEY.fullmatch(variable.key):
        return "A key has small letters, digits and underscores, and begins with a letter."
    if not variable.label:
        return "Give the variable a label."
    keys = [value.key for value in variable.values]
    if variable.type not in HAVE_VALUES:
        return "Only a variable that is chosen from values has values." if keys else ""
    if wrong := [key for key in keys if not KEY.fullmatch(key)]:
        return f"“{wrong[0]}” is no key of a value: small letters, digits, underscores."
    if twice := [key for key in keys if keys.count(key) > 1]:
        return f"The value “{twice[0]}” stands twice."
    if not 2 <= len(keys) <= MOST_VALUES:
        return f"Give from two to {MOST_VALUES} values, one a line: key, equals sign, label."
    return ""


def changes_meaning(before: Variable, after: Variable) -> str:
    """Why codes of the one cannot stand for the other whatever its editor says; empty: they can."""
    if before.type != after.type:
        return "its type changed"
    gone = {value.key for value in before.values} - {value.key for value in after.values}
    if gone:
        return f"its value “{min(gone)}” is gone"
    is_ordered = after.type == VariableType.ORDINAL
    kept = [value.key for value in after.values]
    if is_ordered and kept[: len(before.values)] != [value.key for value in before.values]:
        return "its values stand in another order"
    return ""


def is_changed(before: Variable, after: Variable) -> bool:
    return replace(before, meaning=after.meaning) != after


def next_meaning(key: str, versions: Iterable[Sequence[Variable]]) -> int:
    """One more than any that was ever coded by: what was removed does not come back by its key."""
    known = [one.meaning for variables in versions for one in variables if one.key == key]
    return max(known, default=0) + 1
