"""What a form is filled with: plain values, the same for the desk and for the cage."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

FormFacts: TypeAlias = Mapping[str, str]
"""The facts of `cities.schema.forms.FORM_FACTS` that are stated; a mere yes or no is "yes"."""

Targets: TypeAlias = Mapping[str, Sequence[tuple[str, str]]]
"""Of each fact the fields that it goes into, and of each the choice that is meant, or ""."""

# Facts that are either there or not: a box that stays empty says the same, so it is no gap.
IS_OR_IS_NOT = frozenset({"wants_fee_waiver", "asks_for_records", "asks_for_data"})
