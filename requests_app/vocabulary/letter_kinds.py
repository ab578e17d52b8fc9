"""Every kind of letter of ours, with all that is true of it.

To add a letter that moves no state, describe it with an `Offer` in one of the two modules of
letters, give it a member here, and write `templates/letters/replies/<kind>.md`: its page, its form,
its entry in the ledger and its samples follow.
"""

from typing import Self

from django.db.models import TextChoices

from requests_app.vocabulary import letters_after_a_refusal as after_refusal
from requests_app.vocabulary import letters_along_the_way as along_the_way
from requests_app.vocabulary import letters_in_a_challenge as in_a_challenge
from requests_app.vocabulary.letter_description import ChallengeOffer, Offer
from requests_app.vocabulary.letter_description import LetterDescription as D

LOOKED_UP = D()  # `LetterKind("thanks")` finds a member by its name alone


class LetterKind(TextChoices):
    """The name in the database, the description, and what people call it."""

    described: D

    def __new__(cls, value: str, described: D = LOOKED_UP) -> Self:
        kind = str.__new__(cls, value)
        kind._value_, kind.described = value, described
        return kind

    # what begins a request
    RECORDS_REQUEST = "records_request", D(begins_a_request=True), "Records request"
    DATASET_REQUEST = (
        "dataset_request",
        D("Request for a dataset", begins_a_request=True),
        "Dataset request",
    )
    CORRECTION_REQUEST = (
        "correction_request",
        D("Request to correct a published dataset", begins_a_request=True),
        "Dataset correction",
    )
    ACCESS_REQUEST = (
        "access_request",
        D("Request for access to data", begins_a_request=True),
        "Access request",
    )
    # what answers the city, each by an action of its own
    CLARIFICATION_ANSWER = (
        "clarification_answer",
        D("Answer to your question about our request"),
        "Answer to a clarification",
    )
    FEE_ACCEPTANCE = "fee_acceptance", D("Acceptance of the estimated fee"), "Acceptance of fees"
    FEE_REFUSAL = "fee_refusal", D("Objection to the estimated fee"), "Objection to fees"
    FEE_WAIVER_REQUEST = "fee_waiver_request", D("Request to waive fees"), "Request to waive fees"
    GROUNDS_REQUEST = (
        "grounds_request",
        D("Request for the grounds of your denial"),
        "Request for the grounds",
    )
    FOLLOW_UP = "follow_up", D("Our pending request"), "Follow-up"
    ESCALATION = (
        "escalation",
        D("Our request, which is not settled", rests_on_law=False, goes_up=True),
        "Escalation",
    )
    NARROWING = "narrowing", D("Our request, narrowed"), "Narrowing of the request"
    NOTICE_OF_SUIT = "notice_of_suit", D("Notice of intent to sue"), "Notice of intent to sue"
    THANKS = "thanks", D("Our thanks", rests_on_law=False, is_farewell=True), "Thanks"
    WITHDRAWAL = "withdrawal", D("Withdrawal of our request", is_farewell=True), "Withdrawal"
    REPLY = "reply", D("Our reply", rests_on_law=False, is_farewell=True), "Reply"
    APPEAL = "appeal", D(), "Appeal"
    # in a challenge that is filed
    CHALLENGE_WITHDRAWAL = (
        "challenge_withdrawal",
        in_a_challenge.WITHDRAWAL,
        "Withdrawal of the appeal",
    )
    CHALLENGE_SUPPLEMENT = (
        "challenge_supplement",
        in_a_challenge.SUPPLEMENT,
        "Supplement to the appeal",
    )
    SETTLEMENT_REPORT = (
        "settlement_report",
        in_a_challenge.SETTLEMENT_REPORT,
        "Report of a settlement in part",
    )
    COMPLIANCE_DEMAND = (
        "compliance_demand",
        in_a_challenge.COMPLIANCE_DEMAND,
        "Demand to comply with a decision",
    )
    # what answers a refusal, short of a challenge
    EXEMPTION_REBUTTAL = (
        "exemption_rebuttal",
        after_refusal.EXEMPTION_REBUTTAL,
        "Rebuttal of exemptions",
    )
    INDEX_REQUEST = "index_request", after_refusal.INDEX_REQUEST, "Request for an index"
    SEARCH_CHALLENGE = (
        "search_challenge",
        after_refusal.SEARCH_CHALLENGE,
        "Challenge to “no such records”",
    )
    DEFICIENCY_LETTER = (
        "deficiency_letter",
        after_refusal.DEFICIENCY_LETTER,
        "Deficiency of a release",
    )
    EXTENSION_OBJECTION = (
        "extension_objection",
        after_refusal.EXTENSION_OBJECTION,
        "Objection to an extension",
    )
    # what helps a request along
    INSPECTION_REQUEST = (
        "inspection_request",
        along_the_way.INSPECTION_REQUEST,
        "Request to inspect",
    )
    PAYMENT_LETTER = "payment_letter", along_the_way.PAYMENT_LETTER, "Covering letter for a payment"
    PRESERVATION_REQUEST = (
        "preservation_request",
        along_the_way.PRESERVATION_REQUEST,
        "Request to preserve records",
    )
    RETENTION_SCHEDULE_REQUEST = (
        "retention_schedule_request",
        along_the_way.RETENTION_SCHEDULE_REQUEST,
        "Request for the retention schedule",
    )
    DATA_DICTIONARY_REQUEST = (
        "data_dictionary_request",
        along_the_way.DATA_DICTIONARY_REQUEST,
        "Request for the data dictionary",
    )
    MISUSE_COMPLAINT = (
        "misuse_complaint",
        along_the_way.MISUSE_COMPLAINT,
        "Complaint about misuse of data",
    )
    FREE_LETTER = "free_letter", along_the_way.FREE_LETTER, "Letter in our own words"

    @classmethod
    def requests(cls) -> "frozenset[LetterKind]":
        """The letters that begin a request."""
        return frozenset(kind for kind in cls if kind.described.begins_a_request)

    @classmethod
    def offered(cls) -> "dict[LetterKind, Offer]":
        """The letters that are written by their description alone."""
        return {kind: kind.described.offer for kind in cls if kind.described.offer}

    @classmethod
    def in_a_challenge(cls) -> "dict[LetterKind, ChallengeOffer]":
        """The letters of a challenge after it is filed, by their description."""
        found = {kind: kind.described.in_a_challenge for kind in cls}
        return {kind: offer for kind, offer in found.items() if offer}


def letter_kinds() -> list[tuple[str, str]]:
    """The choices of `Letter.kind`. Migrations name this function, so a new kind needs none."""
    return list(LetterKind.choices)
