"""How a copy of a letter reaches whom it is for."""

from django.db.models import TextChoices


class CopyWay(TextChoices):
    """The name in the database, and what people call it."""

    WITH_THE_MAIL = "with_the_mail", "in the same e-mail"
    PRINTED = "printed", "printed, by post"
    BY_HAND = "by_hand", "by your own hand"
