"""Every kind of event, with all that is true of it. To add a kind, add a member here.

A page, a case file, a digest, an action or a clock that asks something of an event reads it from
this table; `tests/vocabulary/test_one_list.py` finds any other list of kinds. That each transition
leaves an event of its own kind is said where the transition stands.
"""

from enum import StrEnum
from functools import cache
from typing import Self

from requests_app.vocabulary.event_description import Actor as A
from requests_app.vocabulary.event_description import EventDescription as D
from requests_app.vocabulary.event_description import Mark as M

REACHED_IT = ("sent", "received")  # nobody answers what has reached nobody
LOOKED_UP = D("", "")  # `EventKind("sent")` finds a member by its name alone


class EventKind(StrEnum):
    """What can happen to a request: the name in the database, and its description."""

    described: D

    def __new__(cls, value: str, described: D = LOOKED_UP) -> Self:
        kind = str.__new__(cls, value)
        kind._value_, kind.described = value, described
        return kind

    # fmt: off
    # in the newsroom
    DRAFTED = "drafted", D(
        "Drafted", "Drafted for the {office}, from the {city} letter.",
        marks=M.PRIVATE | M.NEVER_STRUCK
    )
    SENT_TO_REVIEW = "sent_to_review", D(
        "Sent to review", "Sent to an editor for review.", marks=M.PRIVATE | M.NEVER_STRUCK
    )
    APPROVED = "approved", D(
        "Approved for filing", "Approved for filing.", marks=M.PRIVATE | M.NEVER_STRUCK
    )
    RETURNED = "returned", D(
        "Returned to the reporter", "Returned to the reporter.", marks=M.PRIVATE | M.NEVER_STRUCK
    )
    DRAFT_DISCARDED = "draft_discarded", D(
        "Draft discarded", "The draft was discarded.", marks=M.PRIVATE | M.NEVER_STRUCK
    )
    DRAFT_BROUGHT_BACK = "draft_brought_back", D(
        "Draft brought back", "The draft was brought back.", marks=M.PRIVATE | M.NEVER_STRUCK
    )
    ASSIGNED = "assigned", D(
        "Assigned", "Assigned{to_person}.", marks=M.PRIVATE | M.NEVER_STRUCK
    )
    SHARED = "shared", D(
        "Shared", "Shared{with_person}.", marks=M.PRIVATE | M.NEVER_STRUCK
    )
    CATALOG_CHECKED = "catalog_checked", D(
        "Published datasets checked", "{checked_datasets}.", marks=M.PRIVATE | M.NEVER_STRUCK
    )
    NOTED = "noted", D(
        "Note of the newsroom", "Note.", marks=M.PRIVATE
    )
    # on its way
    SUBMITTED = "submitted", D(
        "Request submitted", "Submitted to the {office}{channel}{address}.", A.OURS, rank=1,
        papers=("request",)
    )
    SENT = "sent", D(
        "Letter sent", "{Letter} sent{channel}{confirmation}{server}.", marks=M.NEVER_STRUCK
    )
    DELIVERED = "delivered", D(
        "Letter delivered", "{Letter} reached the mailbox{answer}.", marks=M.NEVER_STRUCK,
        papers=("proof_of_receipt",),
        exhibit_title="Report that the letter reached the mailbox"
    )
    BOUNCED = "bounced", D(
        "Letter came back", "{Letter} came back{answer}.", marks=M.CAME_IN
    )
    COPY_CAME_BACK = "copy_came_back", D(
        "Copy came back", "A copy of the letter came back, and the letter itself did not{answer}.",
        marks=M.CAME_IN
    )
    RECALLED = "recalled", D(
        "Letter recalled before it left", "{Letter} was recalled before it left: nobody has it.",
        marks=M.NEVER_STRUCK
    )
    SENDING_FAILED = "sending_failed", D(
        "Sending failed", "Sending the letter failed{answer}.", marks=M.NEVER_STRUCK
    )
    SENDING_IN_DOUBT = "sending_in_doubt", D(
        "Sending interrupted",
        "The line broke while the letter was being sent: the server may have it.",
        marks=M.NEVER_STRUCK
    )
    SENDING_RETRIED = "sending_retried", D(
        "Letter sent again", "The letter was put in the queue again.", marks=M.NEVER_STRUCK
    )
    ENCLOSURE_LEFT_OUT = "enclosure_left_out", D(
        "Enclosure left out", "Left out of the letter, being kept apart: {left_out}.",
        marks=M.NEVER_STRUCK
    )
    COPY_GIVEN = "copy_given", D(
        "Copy given", "A copy of the letter went to {copy_to}.", marks=M.NEVER_STRUCK
    )
    RECEIVED = "received", D(
        "Received by the custodian", "Received by the custodian: the clock starts from this day.",
        A.CITY, papers=("proof_of_receipt",), needs=("submitted",),
        exhibit_title="Proof of receipt"
    )
    # the city's acts, and our answers
    ACKNOWLEDGED = "acknowledged", D(
        "Request acknowledged", "{city} acknowledged the request.", A.CITY,
        M.SHOWS_RECEIPT | M.BEGINS_OUR_COUNT,
        rank=9, papers=("answers", "proof_of_receipt"), needs=REACHED_IT,
        exhibit_title="Acknowledgment"
    )
    CLARIFICATION_REQUESTED = "clarification_requested", D(
        "Clarification asked for", "{city} asked for clarification.", A.CITY, M.SHOWS_RECEIPT,
        rank=13, papers=("answers",), needs=REACHED_IT,
        exhibit_title="Request for clarification"
    )
    CLARIFIED = "clarified", D(
        "Clarification given", "We answered the clarification{channel}{narrowed}.", A.OURS,
        M.BEGINS_OUR_COUNT, rank=14, papers=("request",)
    )
    CLARIFICATION_DECLINED = "clarification_declined", D(
        "Clarification declined", "We declined to answer the city’s question.", A.OURS,
        papers=("request",)
    )
    FEES_ESTIMATED = "fees_estimated", D(
        "Fees estimated", "{city} estimated fees{amount}.", A.CITY, M.SHOWS_RECEIPT, rank=11,
        papers=("answers", "fees"), needs=REACHED_IT,
        exhibit_title="Fee estimate"
    )
    FEES_ACCEPTED = "fees_accepted", D(
        "Fees accepted", "We accepted the fees{amount}.", A.OURS
    )
    FEES_REFUSED = "fees_refused", D(
        "Fees objected to", "We objected to the fees{amount}.", A.OURS, papers=("fees",)
    )
    FEES_PAID = "fees_paid", D(
        "Fees paid", "The fees were paid{amount}.", A.OURS, rank=15, papers=("fees",)
    )
    FEES_WAIVED = "fees_waived", D(
        "Fees waived", "{city} waived the fees.", A.CITY, M.SHOWS_RECEIPT | M.GIVES,
        needs=REACHED_IT,
        exhibit_title="Fee waiver"
    )
    FEE_WAIVER_DENIED = "fee_waiver_denied", D(
        "Fee waiver refused", "{city} refused to waive the fees.", A.CITY,
        papers=("answers", "denial", "fees"), needs=("fees_estimated",),
        exhibit_title="Refusal of a fee waiver"
    )
    EXTENDED = "extended", D(
        "Time extended by the city", "{city} took more time{until}{ground}.", A.CITY,
        M.SHOWS_RECEIPT | M.BEGINS_OUR_COUNT, rank=10, papers=("answers",), needs=REACHED_IT,
        exhibit_title="Extension"
    )
    PRODUCED_IN_PART = "produced_in_part", D(
        "Some of the records produced", "{city} sent some of the records; more are to come.",
        A.CITY, M.SHOWS_RECEIPT | M.GIVES | M.GIVES_RECORDS, rank=16, papers=("answers",),
        needs=REACHED_IT,
        exhibit_title="Partial production"
    )
    GRANTED = "granted", D(
        "Records produced", "{city} {gave}.", A.CITY,
        M.ANSWERS | M.GIVES | M.GIVES_RECORDS, rank=4,
        papers=("answers",), needs=REACHED_IT,
        exhibit_title="Grant"
    )
    GRANTED_IN_PART = "granted_in_part", D(
        "Granted in part", "{city} gave a part of the records and withheld the rest{exemptions}.",
        A.CITY, M.ANSWERS | M.GIVES | M.GIVES_RECORDS | M.REFUSES | M.WITHHOLDS, rank=5,
        papers=("answers", "denial"), needs=REACHED_IT,
        exhibit_title="Partial denial"
    )
    DENIED = "denied", D(
        "Request denied", "{city} denied the request{exemptions}.", A.CITY,
        M.ANSWERS | M.REFUSES | M.WITHHOLDS, rank=2,
        papers=("answers", "denial"), needs=REACHED_IT,
        exhibit_title="Denial"
    )
    DEEMED_DENIED = "deemed_denied", D(
        "Silence treated as a denial", "No answer in time: we treat the silence as a denial.",
        A.OURS, M.ENDS_ASKING_FOR_RECEIPT | M.SETTLES | M.REFUSES, rank=3,
        papers=("answers", "denial")
    )
    NO_RECORDS = "no_records", D(
        "No such records, says the city", "{city} says that it has no such records.", A.CITY,
        M.ANSWERS | M.REFUSES, rank=6,
        papers=("answers", "denial"), needs=REACHED_IT,
        exhibit_title="Answer that there are no such records"
    )
    REFERRED = "referred", D(
        "Referred elsewhere", "{city} referred us{to}.", A.CITY,
        M.ANSWERS | M.REFUSES, rank=12,
        papers=("answers", "denial"), needs=REACHED_IT,
        exhibit_title="Referral"
    )
    GROUNDS_REQUESTED = "grounds_requested", D(
        "Grounds of the denial asked for", "We asked for the grounds of the denial{channel}.",
        A.OURS
    )
    GROUNDS_GIVEN = "grounds_given", D(
        "Grounds of the denial stated", "{city} stated its grounds.", A.CITY, rank=17,
        papers=("answers", "denial"), needs=("grounds_requested",),
        exhibit_title="Grounds of the denial"
    )
    FOLLOWED_UP = "followed_up", D(
        "Follow-up", "We sent a follow-up{channel}.", A.OURS, M.BEGINS_OUR_COUNT
    )
    ESCALATED = "escalated", D(
        "Taken to the next office", "We took it to the {office}{channel}.", A.OURS,
        M.BEGINS_OUR_COUNT, needs=("submitted",)
    )
    TURNED_INTO_RECORDS_REQUEST = "turned_into_records_request", D(
        "Records request begun from it", "We began a records request from it: {records_request}.",
        marks=M.PRIVATE | M.NEVER_STRUCK
    )
    CORRECTION_CHECKED = "correction_checked", D(
        "Change of the dataset looked at", "The dataset changed, and we looked: {checked}.",
        marks=M.PRIVATE | M.BEGINS_OUR_COUNT
    )
    FEE_WAIVER_REQUESTED = "fee_waiver_requested", D(
        "Fee waiver asked for", "We asked for the fee to be waived{channel}.", A.OURS,
        papers=("fees",)
    )
    NARROWED = "narrowed", D(
        "Request narrowed", "We narrowed the request{channel}. What we ask for now:", A.OURS,
        papers=("request",)
    )
    THANKED = "thanked", D(
        "Letter of thanks", "We thanked {city}{channel}.", A.OURS
    )
    REPLIED = "replied", D(
        "Reply in our own words", "We wrote to {city}{channel}{mail_subject}.", A.OURS
    )
    LETTER_WRITTEN = "letter_written", D(
        "Letter to the city", "{wrote}{channel}.", A.OURS
    )
    SUIT_ANNOUNCED = "suit_announced", D(
        "Notice of intent to sue", "We announced a suit{channel}.", A.OURS
    )
    # mail, as a machine or a person filed it: it says that something came, never what it means
    MAIL_RECEIVED = "mail_received", D(
        "Message from the city", "Mail came{from_whom}{mail_subject}.", A.CITY,
        M.READ_BY_NO_CLOCK | M.CAME_IN | M.NEVER_STRUCK,
        exhibit_title="Message"
    )
    AUTO_REPLY_RECEIVED = "auto_reply_received", D(
        "Automatic reply", "Automatic mail came{from_whom}{mail_subject}: it answers nothing.",
        A.CITY, M.READ_BY_NO_CLOCK | M.CAME_IN | M.NEVER_STRUCK,
        exhibit_title="Automatic reply"
    )
    MAIL_TAKEN_OUT = "mail_taken_out", D(
        "A message filed by mistake was taken out",
        "Mail{from_whom}{mail_subject} was taken out: it belongs elsewhere.",
        marks=M.PRIVATE | M.READ_BY_NO_CLOCK | M.NEVER_STRUCK
    )
    # what came otherwise, as a person wrote it down: it means no more by itself than mail does
    CONTACTED_US = "contacted_us", D(
        "Call, paper letter or visit", "{city} {city_did}{by_whom}.", A.CITY,
        M.READ_BY_NO_CLOCK | M.CAME_IN
    )
    # challenges
    APPEAL_DRAFTED = "appeal_drafted", D(
        "Appeal drafted", "Appeal drafted: {route}.", marks=M.PRIVATE | M.NEVER_STRUCK
    )
    APPEAL_BROUGHT_UP_TO_DATE = "appeal_brought_up_to_date", D(
        "Appeal brought up to date",
        "The draft of the appeal was brought up to date: {route}{kept}.",
        marks=M.PRIVATE | M.NEVER_STRUCK
    )
    APPEAL_FILED = "appeal_filed", D(
        "Appeal filed", "Appeal filed{channel}: {route}.", A.OURS, M.SETTLES, rank=7,
        papers=("appeal_letter",)
    )
    APPEAL_RECEIVED = "appeal_received", D(
        "Appeal received", "The appeal was received: {route}.", A.BODY, needs=("appeal_filed",)
    )
    APPEAL_DECIDED = "appeal_decided", D(
        "Appeal decided", "Appeal decided: {outcome}. {route}.", A.BODY, M.SETTLES, rank=8,
        papers=("earlier_decision",),
        exhibit_title="Decision"
    )
    APPEAL_WITHDRAWN = "appeal_withdrawn", D(
        "Appeal withdrawn", "Appeal withdrawn{told_by_letter}: {route}.", A.OURS
    )
    DAY_ENTERED = "day_entered", D(
        "Day of the challenge entered", "{entered_day}. {route}.", needs=("appeal_filed",)
    )
    DAY_OVER = "day_over", D(
        "Day of the challenge over", "{entered_day}: {came}. {route}.", needs=("day_entered",)
    )
    APPEAL_SUPPLEMENTED = "appeal_supplemented", D(
        "Appeal supplemented", "Appeal supplemented{channel}{exhibits}: {route}.", A.OURS,
        needs=("appeal_filed",), papers=("appeal_letter",)
    )
    SETTLEMENT_OFFERED = "settlement_offered", D(
        "Offer of settlement", "{city} offered or gave something in settlement. {route}.", A.CITY,
        needs=("appeal_filed",),
        exhibit_title="Offer of settlement"
    )
    SETTLED_IN_PART = "settled_in_part", D(
        "Settled in part", "We told the body what is settled and what remains{channel}. {route}.",
        A.OURS, needs=("settlement_offered",)
    )
    COMPLIANCE_DEMANDED = "compliance_demanded", D(
        "Compliance with the decision demanded",
        "We demanded that {city} comply with the decision{channel}. {route}.", A.OURS,
        needs=("appeal_decided",)
    )
    COMPLIED = "complied", D(
        "Decision complied with", "{city} did what was decided.", A.CITY, M.GIVES,
        needs=("appeal_decided",)
    )
    LAWSUIT = "lawsuit", D(
        "Decision taken to court by the city", "{city} took the decision to court.", A.CITY,
        needs=("appeal_decided",)
    )
    # the end
    CLOSED = "closed", D(
        "Closed", "Closed.", A.OURS, M.ENDS_ASKING_FOR_RECEIPT | M.ENDS_THE_WAIT
    )
    WITHDRAWN = "withdrawn", D(
        "Request withdrawn", "Withdrawn{by_letter}.", A.OURS,
        M.ENDS_ASKING_FOR_RECEIPT | M.ENDS_THE_WAIT
    )
    LAPSED = "lapsed", D(
        "Request lapsed", "Lapsed.", A.CITY, M.ENDS_ASKING_FOR_RECEIPT
    )
    # corrections: each strikes one earlier entry, which stays readable
    ENTRY_STRUCK = "entry_struck", D(
        "An entry struck", "Struck: “{struck}” of {struck_day}.", marks=M.PRIVATE | M.NEVER_STRUCK
    )
    ENTRY_RESTORED = "entry_restored", D(
        "An entry restored", "Restored: “{struck}” of {struck_day}.",
        marks=M.PRIVATE | M.NEVER_STRUCK
    )
    # what the law, or who sent it, wanted gone: the entry that tells of it stays
    CONTENT_ERASED = "content_erased", D(
        "Erased by law", "Erased for good, its hash kept: {erased}.",
        marks=M.PRIVATE | M.NEVER_STRUCK
    )
    # derived by the desk
    DEADLINE_MOVED = "deadline_moved", D(
        "A deadline moved", "The day {clock} moved{from_day}{to_day}: {because}.",
        marks=M.DERIVED | M.NEVER_STRUCK
    )
    # fmt: on

    @property
    def label(self) -> str:
        """As a choice in a form or a filter: "Sent To Review"."""
        return self.name.replace("_", " ").title()


def event_kinds() -> list[tuple[str, str]]:
    """The choices of `Event.kind`. Migrations name this function, so a new kind needs none."""
    return [(kind.value, kind.label) for kind in EventKind]


def describe(kind: str) -> D:
    """What is true of an event's kind, by its name in the database."""
    return EventKind(kind).described


@cache
def kinds_marked(mark: M) -> frozenset[EventKind]:
    """The kinds that bear the mark, or any of several."""
    return frozenset(kind for kind in EventKind if kind.described.marks & mark)
