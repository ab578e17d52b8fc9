"""What a city can do, or leave undone, that opens a right: grievances, as a statute knows them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from cities.schema.clock_rules import Triggers
from cities.schema.facts import Confidence, Text, Value

GrievanceKind = Literal[
    "denied", "granted_in_part", "silence", "no_records", "referred", "fee", "fee_waiver",
    "extension", "decision", "disobeyed",
]  # fmt: skip
"""What was done to us. "silence" is a clock that ended without the act it waits for; "extension" is
one without its ground, or longer than the law gives; "decision" is an earlier route's against us,
given or deemed given; "disobeyed" is a decision for us that the city did not carry out."""


class AnewIfFiled(Value):
    """That our time runs anew, where we filed on that route within the days that it has."""

    route: Text
    within_days: Annotated[int, Field(gt=0)]
    after: Triggers  # the acts that the days are counted from


class GrievanceRule(Value):
    """One kind of grievance under a statute: what makes it, and how sure that is.

    A route says which kinds it `follows`. The time for a route runs from each grievance that opens
    it: see `Clock.starts`.
    """

    kind: GrievanceKind
    starts: Annotated[Triggers, Field(min_length=1)]  # the acts and lapses that are this grievance
    remedied_by: Triggers = ()  # acts after which it opens nothing more, unless time still runs
    has_own_window: bool = False  # a wrong apart from the withholding: days of its own run from it
    runs_anew: AnewIfFiled | None = None  # the law counts from this act, whatever began before it
    for_custodians: tuple[Literal["city", "elected_official"], ...] = ("city", "elected_official")
    unsettled: str = ""  # where the law may be read otherwise; the sentence that says so
    explanation: Text
    citation: str = ""  # empty: no law, only what anybody may object to
    confidence: Confidence = Confidence.FOUND


def plain_rules(clocks: tuple[str, ...] = ()) -> tuple[GrievanceRule, ...]:
    """What anybody may object to where no statute says more: a refusal, a fee, a decision.

    `clocks`: those whose lapse is a silence that can be challenged.
    """
    against_us = {"event": "appeal_decided", "except_outcomes": ["reversed", "settled"]}
    made_by: dict[str, tuple[list[Any], str]] = {
        "denied": (["denied"], "The city denied the request."),
        "granted_in_part": (["granted_in_part"], "The city gave a part and withheld the rest."),
        "no_records": (["no_records"], "The city says that it has no such records."),
        "referred": (["referred"], "The city referred us elsewhere."),
        "fee": (["fees_estimated"], "The city demands a fee."),
        "decision": ([against_us], "An earlier step was decided against us."),
        "silence": (
            [{"silence_of": name} for name in clocks],
            "The city let its time pass without an answer.",
        ),
    }
    return tuple(
        GrievanceRule.model_validate({"kind": kind, "starts": starts, "explanation": words})
        for kind, (starts, words) in made_by.items()
        if starts
    )
