"""Our letters that answer a refusal, short of a challenge. None moves a state."""

from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import EventKind, kinds_marked
from requests_app.vocabulary.letter_description import LetterDescription as D
from requests_app.vocabulary.letter_description import Offer, Question, Shape
from requests_app.vocabulary.states import CHALLENGED, PENDING, WITHHELD
from requests_app.vocabulary.states import RequestState as S

HAS_WITHHELD = tuple(sorted(kinds_marked(Mark.WITHHOLDS)))
HAS_GIVEN_RECORDS = tuple(sorted(kinds_marked(Mark.GIVES_RECORDS)))
NOTHING_WITHHELD = "The city has withheld nothing in writing here: record its denial first."

EXEMPTION_REBUTTAL = D(
    "Our reply to the exemptions you claim",
    offer=Offer(
        slug="exemptions-rebutted",
        title="Answer the exemptions that the city claims",
        label="Rebut the exemptions",
        ledger_words="We answered the exemptions that the city claims",
        refusal=NOTHING_WITHHELD,
        states=WITHHELD,
        after=HAS_WITHHELD,
        facts=("withheld", "argument"),
        hint="Choose what answers each exemption recorded with the denial, fill in its gaps, and "
        "have the letter written with it. No time to appeal stops meanwhile.",
    ),
)
INDEX_REQUEST = D(
    "Request for an index of what is withheld",
    offer=Offer(
        slug="index-requested",
        title="Ask for an index of what is withheld, with the grounds",
        label="Ask for an index",
        ledger_words="We asked for an index of what is withheld",
        refusal=NOTHING_WITHHELD,
        states=WITHHELD,
        after=HAS_WITHHELD,
        event=EventKind.GROUNDS_REQUESTED,
        facts=("withheld",),
        hint="It asks for the grounds too, so it starts whatever clock the law sets for "
        "them. Not every law owes an index: the letter asks, and claims none.",
    ),
)
SEARCH_CHALLENGE = D(
    "Request for a further search",
    offer=Offer(
        slug="search-challenged",
        title="Challenge the answer that there are no such records",
        label="Challenge “no records”",
        ledger_words="We challenged the answer that there are no such records",
        refusal="The city has not said that it has no such records: record that first.",
        states=(S.NO_RECORDS, *CHALLENGED),
        after=(EventKind.NO_RECORDS,),
        facts=("no_records", "asked_for"),
        questions=(
            Question(
                "why_there_are_some",
                "Why do you believe that there are such records?",
                "The police chief cited the log of these reports before the council on "
                "October 5, 2026.",
                Shape.TEXT,
                is_required=True,
            ),
            Question(
                "places",
                "Where should the city look?",
                ["the Internal Affairs Division", "the records-management system"],
                Shape.LIST,
                help_text="An office, a system, or a person on each line.",
            ),
        ),
    ),
)
DEFICIENCY_LETTER = D(
    "Records missing from your release",
    offer=Offer(
        slug="release-incomplete",
        title="Say what a release lacks",
        label="Say what is missing",
        ledger_words="We said what the release lacks",
        refusal="The city has given no records yet: record what it gave first.",
        states=(*PENDING, S.GRANTED, S.GRANTED_IN_PART, *CHALLENGED),
        after=HAS_GIVEN_RECORDS,
        facts=("release",),
        questions=(
            Question(
                "missing",
                "What is missing?",
                ["the reports of March 2025", "pages 4 through 7 of report 25-0118"],
                Shape.LIST,
                help_text="A line for each thing.",
                is_required=True,
            ),
        ),
    ),
)
EXTENSION_OBJECTION = D(
    "Objection to your extension of time",
    offer=Offer(
        slug="extension-objected",
        title="Object to the time that the city has taken",
        label="Object to the extension",
        ledger_words="We objected to the extension",
        refusal="The city has taken no more time: record its extension first.",
        states=PENDING,
        after=(EventKind.EXTENDED,),
        facts=("extension",),
        questions=(
            Question(
                "what_is_wrong_with_it",
                "What is wrong with the extension?",
                "The notice gives no reason, and the records are kept in one office.",
                Shape.TEXT,
                help_text="No ground, a ground that the law does not know, too long a time.",
                is_required=True,
            ),
        ),
        hint="It stops no clock: the day the city named stands until somebody decides otherwise.",
    ),
)
