"""Our letters in a challenge after it is filed: to the body that decides it, or to the agency."""

from requests_app.vocabulary.event_kinds import EventKind
from requests_app.vocabulary.letter_description import (
    ChallengeOffer,
    Question,
    Shape,
)
from requests_app.vocabulary.letter_description import (
    LetterDescription as D,
)
from requests_app.vocabulary.states import AppealOutcome, AppealState

WITHDRAWAL = D(
    "Withdrawal",
    is_farewell=True,
    in_a_challenge=ChallengeOffer(
        slug="withdrawal",
        title="Withdraw by a letter to the body",
        label="Withdraw by letter",
        refusal="Only a challenge that is filed and not decided can be withdrawn by a letter.",
        states=(AppealState.FILED,),
        event=EventKind.APPEAL_WITHDRAWN,
        transition="withdraw",
        is_grave=True,
        questions=(
            Question(
                "reason",
                "Why do you withdraw it?",
                "The city has given us the records since.",
                Shape.TEXT,
                help_text="If the body should know. It may stay empty.",
            ),
        ),
        hint="Read below what is lost by it before you send it.",
    ),
)
COMPLIANCE_DEMAND = D(
    "Demand for compliance with the decision",
    in_a_challenge=ChallengeOffer(
        slug="compliance-demanded",
        title="Demand that the city comply with the decision",
        label="Demand compliance",
        refusal="Only a decision in our favor can be demanded of the city: record it first.",
        states=(AppealState.DECIDED,),
        outcomes=(AppealOutcome.REVERSED, AppealOutcome.MODIFIED),
        event=EventKind.COMPLIANCE_DEMANDED,
        to_the_agency=True,
        enters_day="comply_by_on",
        questions=(
            Question(
                "required",
                "What does the decision require of the city?",
                ["give us copies of the use-of-force reports of 2024", "give us the index of them"],
                Shape.LIST,
                help_text="A line for each thing, as the decision has it: “give us copies of …”.",
                is_required=True,
            ),
            Question(
                "comply_by_on",
                "By when, if the decision itself names a day?",
                "2026-11-30",
                Shape.DAY,
                help_text="It stands in the calendar too. Left empty, the letter names the law’s "
                "day where there is one.",
            ),
        ),
        hint="It goes to the office that was asked. It stops no clock and starts none.",
    ),
)
SETTLEMENT_REPORT = D(
    "What is settled, and what remains",
    in_a_challenge=ChallengeOffer(
        slug="settled-in-part",
        title="Tell the body what is settled and what remains",
        label="Say what is settled",
        refusal="Nothing was offered in settlement of a challenge that is filed: record it first.",
        states=(AppealState.FILED,),
        after=(EventKind.SETTLEMENT_OFFERED,),
        event=EventKind.SETTLED_IN_PART,
        questions=(
            Question(
                "settled",
                "What is settled?",
                ["the use-of-force reports of January through June 2024, which the city gave us"],
                Shape.LIST,
                help_text="A line for each thing on which no decision is asked for any more.",
                is_required=True,
            ),
            Question(
                "remains",
                "What remains to be decided?",
                ["the reports of July through December 2024", "the fee for the copies"],
                Shape.LIST,
                help_text="A line for each thing. If nothing remains, withdraw it instead.",
                is_required=True,
            ),
        ),
        hint="The challenge goes on over what remains. No clock moves.",
    ),
)
SUPPLEMENT = D(
    "Supplement",
    in_a_challenge=ChallengeOffer(
        slug="supplement",
        title="Supplement the filing with further exhibits",
        label="Supplement it",
        refusal="Only a challenge that is filed and not decided can be supplemented.",
        states=(AppealState.FILED,),
        event=EventKind.APPEAL_SUPPLEMENTED,
        has_exhibits=True,
        questions=(
            Question(
                "added",
                "What do you add, and why does it matter?",
                "On November 12, 2026, the city wrote that the reports exist. That answers its "
                "earlier claim that they do not.",
                Shape.TEXT,
                is_required=True,
            ),
        ),
        hint="Its exhibits go on from the numbers of those that were filed. No clock moves.",
    ),
)
