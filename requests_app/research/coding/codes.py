"""What a coder says of a variable: a code, and the passage that it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from requests_app.research.coding.variables import Variable
from requests_app.vocabulary.research.variable_types import VariableType

DECISION_TEXT = "decision"  # the words of the decision itself, which are no document


@dataclass(frozen=True, slots=True)
class Code:
    """`value` is a value's key, "yes" or "no", a number, a day as 2026-11-02, or the coder's words.

    `passage` stands in `source`, a key of the entry's sources, on `page`.
    """

    value: str
    passage: str = ""
    source: str = ""
    page: str = ""


def read(stored: Mapping[str, Mapping[str, str]]) -> dict[str, Code]:
    """By the variable's key. What is not coded is not there."""
    return {key: Code(**code) for key, code in stored.items()}


def stored(codes: Mapping[str, Code]) -> dict[str, dict[str, str]]:
    return {key: asdict(code) for key, code in codes.items() if code.value or code.passage}


def canonical(variable: Variable, text: str) -> str:
    """One way to write each code. Raises ValueError, with a sentence, where it is none."""
    text = text.replace("\r\n", "\n").strip()
    if not text or variable.type == VariableType.TEXT:
        return text
    if variable.type == VariableType.NUMBER:
        return _number(variable, text)
    if variable.type == VariableType.DATE:
        return _day(variable, text)
    if text not in {value.key for value in variable.options}:
        raise ValueError(f"“{variable.label}” has no value “{text}”.")
    return text


def _number(variable: Variable, text: str) -> str:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(f"“{variable.label}”: write a number, such as 12 or 12.5.") from error
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise ValueError(f"“{variable.label}”: write a number, such as 12 or 12.5.")
    plain = f"{abs(number) if number == 0 else number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _day(variable: Variable, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValueError(
            f"“{variable.label}”: write the day as year-month-day, such as 2026-11-09."
        ) from error


def problems(
    variables: Iterable[Variable], codes: Mapping[str, Code], sources: Mapping[str, str]
) -> list[str]:
    """Why a coding cannot be finished yet. `sources` gives what is readable of each, by its key."""
    found = []
    for variable in variables:
        code = codes.get(variable.key)
        if code is None or not code.value:
            if variable.is_required:
                found.append(f"“{variable.label}” is required: code it.")
            continue
        if variable.needs_passage and not code.passage:
            found.append(f"“{variable.label}” needs the passage that it rests on.")
        if code.passage and (problem := _misplaced(variable, code, sources)):
            found.append(problem)
    return found


def _misplaced(variable: Variable, code: Code, sources: Mapping[str, str]) -> str:
    """Why the passage is not where the coder says; what cannot be read here is believed."""
    if code.source not in sources:
        return f"“{variable.label}”: say in which document the passage stands."
    words = sources[code.source]
    if words and _plain(code.passage) not in _plain(words):
        return f"“{variable.label}”: that passage does not stand there. Copy it word for word."
    return ""


def _plain(text: str) -> str:
    """Without what differs between two copies of the same words."""
    for curly, plain in (("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'"), ("\u00ad", "")):
        text = text.replace(curly, plain)
    return " ".join(text.split()).casefold()


def rated(variable: Variable, code: Code) -> Any:
    """As agreement is computed of it: a number, a day's number, or the value's key."""
    if variable.type == VariableType.NUMBER:
        return Decimal(code.value)
    if variable.type == VariableType.DATE:
        return date.fromisoformat(code.value).toordinal()
    return code.value
