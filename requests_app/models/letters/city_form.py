"""A city's own PDF form: the blank one that a newsroom uploaded, and the ones that were sent."""

from typing import Any

from django.db import models
from django.utils import timezone

from requests_app.models.letters.letter import Letter, LetterIsFrozenError
from requests_app.models.newsroom.people import Newsroom, User


class CityForm(models.Model):
    """A blank form for an office. The pack's mapping says which fact fills which of its fields."""

    newsroom = models.ForeignKey(Newsroom, on_delete=models.PROTECT, related_name="city_forms")
    city = models.CharField(max_length=80)  # the pack's slug
    office = models.CharField(max_length=40)  # the office's role in the pack
    name = models.CharField("file name", max_length=200)
    source = models.CharField("where you found it", max_length=300)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["newsroom", "city", "office"],
                condition=models.Q(retired_at__isnull=True),
                name="one_form_in_use_for_an_office",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, for {self.office} of {self.city}"


class FilledForm(models.Model):
    """The form as it went with a letter, frozen like it."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="filled_form")
    city_form = models.ForeignKey(CityForm, on_delete=models.PROTECT, related_name="filled")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    left_empty = models.JSONField("fields that could not be filled, with the reason", default=list)

    def __str__(self) -> str:
        return f"{self.city_form.name}, filled for {self.letter}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LetterIsFrozenError("A form that was filled for a letter is never changed.")
        super().save(*args, **kwargs)
