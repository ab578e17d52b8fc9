"""Our letters that help a request along, or stand beside it. None moves a state or a clock."""

from cities.schema.offices import RequestKind
from requests_app.vocabulary.event_kinds import EventKind
from requests_app.vocabulary.kinds_of_request import OF_DATA
from requests_app.vocabulary.letter_description import LetterDescription as D
from requests_app.vocabulary.letter_description import Offer, Question, Shape
from requests_app.vocabulary.states import FILED_AND_OPEN, OVER, PENDING
from requests_app.vocabulary.states import RequestState as S

REACHED_THE_CITY = (EventKind.SENT, EventKind.RECEIVED)
NOT_WITH_THE_CITY = "The city does not have this request, or it is over."
WHICH_RECORDS = Question(
    "which_records",
    "Which records, or which dataset?",
    "The use-of-force reports of the Police Department",
    help_text="Left empty, the letter names what the request asks for.",
)

INSPECTION_REQUEST = D(
    "Request to inspect the records",
    offer=Offer(
        slug="inspection-requested",
        title="Ask to inspect the records instead of having copies",
        label="Ask to inspect",
        ledger_words="We asked to inspect the records instead of having copies",
        refusal=NOT_WITH_THE_CITY,
        states=(*PENDING, S.GRANTED, S.GRANTED_IN_PART),
        kinds=(RequestKind.RECORDS,),
        facts=("asked_for",),
        questions=(
            Question(
                "when_we_can_come",
                "When can you come?",
                "any weekday morning in the week of November 16",
                help_text="As it goes on after “We can come”.",
            ),
        ),
    ),
)
PAYMENT_LETTER = D(
    "Payment of your fee",
    rests_on_law=False,
    offer=Offer(
        slug="payment-sent",
        title="Send a payment with a letter",
        label="Send a payment",
        ledger_words="We sent a letter with a payment",
        refusal="The city has estimated no fee: record its estimate first.",
        states=FILED_AND_OPEN,
        after=(EventKind.FEES_ESTIMATED,),
        facts=("fees",),
        questions=(
            Question(
                "paid_amount",
                "Amount",
                "$180.00",
                Shape.AMOUNT,
                is_required=True,
                starts_as="fee_amount",
            ),
            Question(
                "paid_by",
                "How is it paid?",
                "check no. 1042, enclosed",
                help_text="The check’s number, or the receipt’s: “check no. 1042, enclosed”.",
                is_required=True,
            ),
            Question(
                "paid_for",
                "For what?",
                "the first installment of the use-of-force reports",
                help_text="Left empty, the letter says that it is for the request.",
            ),
        ),
        hint="The letter moves no clock. Once the fee is paid, record that too, with its "
        "day: “Fees paid”.",
    ),
)
PRESERVATION_REQUEST = D(
    "Request to preserve records",
    offer=Offer(
        slug="preservation-requested",
        title="Ask that the records be preserved",
        label="Ask to preserve",
        ledger_words="We asked that the records be preserved",
        refusal=NOT_WITH_THE_CITY,
        states=FILED_AND_OPEN,
        facts=("asked_for",),
    ),
)
RETENTION_SCHEDULE_REQUEST = D(
    "Request for the retention schedule",
    offer=Offer(
        slug="retention-schedule-requested",
        title="Ask for the retention schedule",
        label="Ask for the retention schedule",
        ledger_words="We asked for the retention schedule",
        refusal=NOT_WITH_THE_CITY,
        states=FILED_AND_OPEN,
        facts=("asked_for",),
        questions=(WHICH_RECORDS,),
        hint="It asks in passing: no clock of the desk’s runs for it. For a clock, make it "
        "a request of its own.",
    ),
)
DATA_DICTIONARY_REQUEST = D(
    "Request for the data dictionary",
    offer=Offer(
        slug="data-dictionary-requested",
        title="Ask for the data dictionary",
        label="Ask for the data dictionary",
        ledger_words="We asked for the data dictionary",
        refusal=NOT_WITH_THE_CITY,
        states=FILED_AND_OPEN,
        facts=("asked_for",),
        questions=(WHICH_RECORDS,),
        hint="It asks in passing: no clock of the desk’s runs for it. For a clock, make it "
        "a request of its own.",
    ),
)
MISUSE_COMPLAINT = D(
    "Complaint about the use of the city’s data",
    rests_on_law=False,
    goes_to_enforcer=True,
    offer=Offer(
        slug="misuse-reported",
        title="Report misuse of the city’s data, or a breach of its license",
        label="Report misuse of data",
        ledger_words="We reported misuse of the city’s data",
        refusal="This is written about published data, in a request that the city has.",
        states=FILED_AND_OPEN,
        kinds=OF_DATA,
        facts=("dataset",),
        questions=(
            Question(
                "what_happened",
                "What was done with the data?",
                "A company resells the permit data as its own, without naming the city.",
                Shape.TEXT,
                is_required=True,
            ),
            Question(
                "where_seen",
                "Where can it be seen?",
                "https://permits.example/data, on November 3, 2026",
                help_text="An address or a publication, and the day.",
            ),
            Question(
                "terms_broken",
                "Which license or terms does it break?",
                "the attribution clause of the license on the dataset’s page",
                Shape.TEXT,
            ),
        ),
        hint="It goes to the office that the city’s guide names for this, by the address "
        "below. Where the desk has none, ask for it first.",
    ),
)
FREE_LETTER = D(
    "Our request",
    rests_on_law=False,
    is_farewell=True,
    offer=Offer(
        slug="letter",
        title="Write a letter in your own words",
        label="Write a letter",
        ledger_words="We wrote in our own words",
        refusal="Nothing of this request has reached the city yet: send the request first.",
        states=(*FILED_AND_OPEN, *OVER),
        after=REACHED_THE_CITY,
        hint="It starts no clock and meets none.",
    ),
)
