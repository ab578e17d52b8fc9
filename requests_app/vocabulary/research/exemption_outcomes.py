"""What became of an exemption that a city claimed, once somebody decided of it."""

from django.db.models import TextChoices


class Became(TextChoices):
    UPHELD = "upheld", "Upheld"
    REJECTED = "rejected", "Rejected"
    NARROWED = "narrowed", "Narrowed: some of it may be withheld"
    WITHDRAWN = "withdrawn", "Withdrawn by the city"
