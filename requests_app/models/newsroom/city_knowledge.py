"""What a newsroom knows of a city beside its pack: contacts it found, days it was closed."""

from django.db import models
from django.utils import timezone

from requests_app.models.newsroom.people import Newsroom, User


class OfficeEntry(models.Model):
    """One way to reach an office that a newsroom found itself, or its hour. It wins over the
    pack's."""

    class Way(models.TextChoices):
        EMAIL = "email", "E-mail"
        ADDRESS = "address", "Postal address"
        PORTAL_URL = "portal_url", "Web portal"
        PHONE = "phone", "Telephone"
        CUT_OFF = "cut_off", "Hour after which a message counts as of the next business day"

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="office_entries")
    city = models.CharField(max_length=80)  # the pack's slug, "us-ct/stamford"
    office = models.CharField(max_length=40)  # the office's role in the pack
    way = models.CharField(max_length=20, choices=Way.choices)
    value = models.TextField()
    source = models.CharField("where you found it", max_length=300)
    checked_on = models.DateField("checked on")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["newsroom", "city", "office", "way"], name="one_entry_for_a_way"
            ),
            models.CheckConstraint(
                condition=~models.Q(source="") & ~models.Q(value=""),
                name="office_entry_has_a_value_and_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} of {self.city}: {self.value}"


class Closure(models.Model):
    """A day on which a city's office was closed beyond the legal holidays."""

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="closures")
    city = models.CharField(max_length=80)
    on = models.DateField()
    reason = models.CharField(max_length=200)
    source = models.CharField("where you found it", max_length=300)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["newsroom", "city", "on"], name="one_closure_for_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.city} closed {self.on}: {self.reason}"
