"""What can be said of a kind of letter; `letter_kinds` says it of each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from cities.schema.offices import RequestKind
from requests_app.vocabulary.event_kinds import EventKind


class Shape(StrEnum):
    """How a person types the answer to a question of a letter's form."""

    LINE = "a line"
    TEXT = "several lines of text"
    LIST = "a list, an entry on each line"
    AMOUNT = "an amount in dollars"
    DAY = "a day"  # its example as ISO
    YES_OR_NO = "yes or no"  # begins with its example


@dataclass(frozen=True, slots=True)
class Question:
    """What a letter's wording needs from a person: a field of its form, and a fact of that name.

    `example` is what the sample letters say. `starts_as` names the field of the request that the
    form begins with.
    """

    name: str
    label: str
    example: Any
    shape: Shape = Shape.LINE
    help_text: str = ""
    is_required: bool = False
    starts_as: str = ""


def example_of(question: Question) -> Any:
    """Its example as a form would clean it."""
    return date.fromisoformat(question.example) if question.shape is Shape.DAY else question.example


@dataclass(frozen=True, slots=True)
class Offer:
    """A letter that moves no state: when it is offered, what it asks first, what it leaves.

    `slug` is its name in an address, `title` heads its page, `label` is its button's. `refusal`
    says why it is not written where it does not fit. `ledger_words` begin the ledger's sentence.
    `facts` names groups of `letters.facts.reply_facts`.
    """

    slug: str
    title: str
    label: str
    ledger_words: str
    refusal: str
    states: Collection[str]
    after: tuple[EventKind, ...] = ()  # one of these must have happened; samples walk to the first
    kinds: tuple[RequestKind, ...] = tuple(RequestKind)
    event: EventKind = EventKind.LETTER_WRITTEN
    facts: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    hint: str = ""

    def fits(self, kind: str, state: str, *, happened: Collection[str]) -> bool:
        """Whether the letter makes sense for such a request, there and then."""
        is_due = not self.after or bool(set(self.after) & set(happened))
        return kind in self.kinds and state in self.states and is_due


@dataclass(frozen=True, slots=True)
class ChallengeOffer:
    """A letter in a challenge that is filed: where the challenge must stand, what it asks first,
    what it leaves.

    It goes to the body that decides, or `to_the_agency`. `outcomes`: of decided ones, those that
    it fits. `after`: one of these must have happened in the challenge. What has a `transition`
    moves the challenge, whether or not the letter arrives.
    """

    slug: str
    title: str
    label: str
    refusal: str
    states: Collection[str]
    event: EventKind
    outcomes: Collection[str] = ()
    after: tuple[EventKind, ...] = ()
    transition: str = ""
    to_the_agency: bool = False
    enters_day: str = ""  # the question whose answer is the day by which the city has to comply
    has_exhibits: bool = False  # further ones, at least one, numbered on from those filed
    questions: tuple[Question, ...] = ()
    hint: str = ""
    is_grave: bool = False

    def fits(self, state: str, outcome: str, *, is_court: bool, happened: Collection[str]) -> bool:
        """Whether the letter makes sense there and then. A court hears from counsel alone."""
        is_theirs = self.to_the_agency or not is_court
        is_due = not self.after or bool(set(self.after) & set(happened))
        is_right = not self.outcomes or outcome in self.outcomes
        return is_theirs and is_due and is_right and state in self.states


@dataclass(frozen=True, slots=True)
class LetterDescription:
    """One kind of letter, for whoever offers it, prints it or files it.

    `heading` stands under the subject on paper; a request's and a challenge's follow from the law
    and the route. A farewell is sent also when the request is over.
    """

    heading: str = ""
    begins_a_request: bool = False
    rests_on_law: bool = True
    is_farewell: bool = False
    goes_to_enforcer: bool = False  # to the office that hears of misuse of the city's data
    goes_up: bool = False  # to the next office of the city's chain, see `escalations`
    offer: Offer | None = None
    in_a_challenge: ChallengeOffer | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        offered = self.offer or self.in_a_challenge
        return offered.questions if offered else ()
