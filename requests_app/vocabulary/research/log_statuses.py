"""Where a request that somebody else filed stands, in the words of the Standard FOIA Log Format.

Source: MuckRock, Standard FOIA Log Format 1.5.0. The city's own word is kept beside it.
"""

from django.db.models import TextChoices


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
