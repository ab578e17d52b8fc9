"""What is told of a form's fields: values that come out of the cage as they are."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "checkbox", "radio", "choice", "button", "signature", "unknown"]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form: what a person may know of it."""

    name: str  # its full name, "Requester.Name"
    kind: Kind
    pages: tuple[int, ...]  # where it stands, from 1
    label: str = ""  # what a screen reader says of it
    max_length: int | None = None
    is_multiline: bool = False
    is_comb: bool = False
    is_read_only: bool = False
    choices: tuple[str, ...] = ()  # of a box, its one; of buttons and lists, each
    has_value: bool = False


@dataclass(frozen=True, slots=True)
class FormFields:
    """What a blank form asks for."""

    fields: tuple[FormField, ...]
    pages: int

    def named(self, name: str) -> FormField | None:
        return next((one for one in self.fields if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A field that was left empty, and why."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with what could be filled, and what could not."""

    pdf: bytes = field(repr=False)
    left_empty: tuple[Unfilled, ...]
