"""Which kinds of code a codebook's variable can take."""

from django.db.models import TextChoices


class VariableType(TextChoices):
    NOMINAL = "nominal", "One of several values, in no order"
    ORDINAL = "ordinal", "One of several values, in their order"
    YES_NO = "yes_no", "Yes or no"
    NUMBER = "number", "A number"
    DATE = "date", "A day"
    TEXT = "text", "Free text, with the passage it rests on"


HAVE_VALUES = frozenset({VariableType.NOMINAL, VariableType.ORDINAL})
YES_OR_NO = (("yes", "Yes"), ("no", "No"))
