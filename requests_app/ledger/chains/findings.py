"""What is wrong with a chain."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong first with a chain: `what` is one word or a few, `number` the entry's,
    `sentence` says it to a person."""

    what: str
    number: int
    sentence: str
