"""What a day is for that a person enters on a filed challenge, and who has to act on it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from requests_app.vocabulary.clocks import describe_clock
from requests_app.vocabulary.event_description import Actor

# An appeal's outcome that leaves the city something to do, perhaps by a day that it names: as the
# ledger has it, since what follows from the ledger needs no Django (`states.AppealOutcome`).
TO_BE_COMPLIED_WITH = frozenset({"reversed", "modified", "settled"})


@dataclass(frozen=True, slots=True)
class DayDescription:
    """`label`: as a choice in the form. `whose`: who acts on it; nobody's until a person says.

    Most stand while the challenge is undecided; some only once it was decided for us.
    """

    label: str
    whose: Actor = Actor.NOBODY
    is_set_by_a_decision: bool = False


LOOKED_UP = DayDescription("")  # `DayKind("hearing")` finds a member by its name alone


class DayKind(StrEnum):
    """The name in the ledger, which is that of the clock too, and the description."""

    described: DayDescription

    def __new__(cls, value: str, described: DayDescription = LOOKED_UP) -> Self:
        kind = str.__new__(cls, value)
        kind._value_, kind.described = value, described
        return kind

    HEARING = "hearing", DayDescription("Hearing", Actor.OURS)
    CONFERENCE = "conference", DayDescription("Conference or mediation", Actor.OURS)
    BRIEF = "brief", DayDescription("Our brief is due", Actor.OURS)
    CITY_ANSWER = "city_answer", DayDescription("The city’s answer is due", Actor.CITY)
    DECISION_EXPECTED = "decision_expected", DayDescription("Decision expected", Actor.BODY)
    COMPLY_BY = (
        "comply_by",
        DayDescription(
            "The city has to comply with the decision", Actor.CITY, is_set_by_a_decision=True
        ),
    )
    OWN = "own_day", DayDescription("Another day, by a name of your own")

    @property
    def is_appointment(self) -> bool:
        return describe_clock(self).is_appointment


class CameOf(StrEnum):
    """What came of such a day, as a person says once it is over, or before."""

    DONE = "done"
    CANCELED = "canceled"
