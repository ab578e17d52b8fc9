"""What a challenge is of, in a word: the kinds of grievance, as the log says them."""

from django.db.models import TextChoices


class Challenged(TextChoices):
    """One for each `cities.schema.grievances.GrievanceKind`; a test holds the two together."""

    DENIED = "denied", "A denial"
    GRANTED_IN_PART = "granted_in_part", "A part withheld"
    SILENCE = "silence", "Silence"
    NO_RECORDS = "no_records", "No such records"
    REFERRED = "referred", "A referral"
    FEE = "fee", "A fee"
    FEE_WAIVER = "fee_waiver", "A fee waiver refused"
    EXTENSION = "extension", "An extension"
    DECISION = "decision", "An earlier decision"
    DISOBEYED = "disobeyed", "A decision not carried out"
