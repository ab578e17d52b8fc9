"""What is declared of a column: of the flat log, or of a table of the data package."""

from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db.models import Field, TextChoices


class Kind(StrEnum):
    """As Data Package calls the types of fields."""

    STRING = "string"
    DATE = "date"
    INTEGER = "integer"
    NUMBER = "number"  # money: two digits behind the point
    BOOLEAN = "boolean"
    LIST = "array"


class Part(StrEnum):
    REQUEST = "request"
    CHALLENGE = "challenge"


@dataclass(frozen=True, slots=True)
class Column:
    """`source` is the model's field that it is read from, as "LoggedRequest.subject"; empty where
    it is worked out. A derived one is exported and never imported."""

    name: str
    source: str
    description: str
    kind: Kind = Kind.STRING
    part: Part = Part.REQUEST
    is_personal: bool = False
    is_derived: bool = False
    choices: type[TextChoices] | None = None
    precision_in: str = ""  # the column that says how much of this day is known

    @property
    def field(self) -> "Field[object, object] | None":
        model, _, name = self.source.partition(".")
        if not name:
            return None
        found = apps.get_model("requests_app", model)._meta.get_field(name)
        assert isinstance(found, Field)
        return found

    @property
    def field_name(self) -> str:
        return self.source.partition(".")[2]

    @property
    def title(self) -> str:
        """The model's own words for it."""
        words = str(self.field.verbose_name) if self.field else self.name.replace("_", " ")
        return words[0].upper() + words[1:]

    @property
    def longest(self) -> int | None:
        return self.field.max_length if self.field else None
