"""Where a request that somebody else filed stands, in the words of the Standard FOIA Log Format.

Source: MuckRock, Standard FOIA Log Format 1.5.0. The city's own word is kept beside it.
"""

from collections.abc import Mapping

from django.db.models import TextChoices

from requests_app.vocabulary.states import RequestState as S


class LogStatus(TextChoices):
    PROCESSED = "processed", "Being processed"
    APPEALING = "appealing", "Under appeal"
    FIX = "fix", "To be put right"
    PAYMENT = "payment", "Payment awaited"
    LAWSUIT = "lawsuit", "In court"
    REJECTED = "rejected", "Rejected"
    NO_DOCS = "no_docs", "No records"
    DONE = "done", "Completed"
    PARTIAL = "partial", "Completed in part"
    ABANDONED = "abandoned", "Abandoned"


# Of our own requests: what a draft is, nobody else is told.
STATUS_OF_OURS: Mapping[str, LogStatus] = {
    **dict.fromkeys((S.SUBMITTED, S.ACKNOWLEDGED, S.REFERRED), LogStatus.PROCESSED),
    S.AWAITING_CLARIFICATION: LogStatus.FIX,
    S.AWAITING_FEES: LogStatus.PAYMENT,
    S.GRANTED: LogStatus.DONE,
    S.GRANTED_IN_PART: LogStatus.PARTIAL,
    S.DENIED: LogStatus.REJECTED,
    S.NO_RECORDS: LogStatus.NO_DOCS,
    S.UNDER_APPEAL: LogStatus.APPEALING,
    S.IN_LITIGATION: LogStatus.LAWSUIT,
    S.CLOSED: LogStatus.DONE,
    **dict.fromkeys((S.WITHDRAWN, S.LAPSED), LogStatus.ABANDONED),
}
