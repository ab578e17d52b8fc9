"""Four fields that Django does not have as we need them: a day, an hour, files, money."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from requests_app.actions.requests.attachments import MAX_FILE_BYTES
from requests_app.typed_numbers import whole_number


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A calendar day, by the browser's own date picker."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)
        self.error_messages["invalid"] = "Write the day as year-month-day, such as 2026-11-09."


class HourField(forms.TimeField):
    """The hour at which somebody entered a letter in a portal, on the city's clock."""

    def __init__(self) -> None:
        super().__init__(
            label="At what hour, in the city",
            required=False,
            widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
            help_text=(
                "Matters only for a portal whose office counts what comes late in the day as of "
                "the next business day."
            ),
            error_messages={"invalid": "Write the hour as 17:00."},
        )


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files. Cleans to a tuple, which may be empty."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files: Sequence[UploadedFile] = data if isinstance(data, list | tuple) else [data]
        cleaned = tuple(super(FilesField, self).clean(file, initial) for file in files if file)
        if self.required and not cleaned:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        for file in cleaned:
            if file.size > MAX_FILE_BYTES:
                limit = f"{MAX_FILE_BYTES // 2**20} MB"
                raise forms.ValidationError(
                    f"{file.name} is larger than {limit}: attach a smaller copy, or save without "
                    "it and use “Add a large file” on the request’s page."
                )
        return cleaned


class RowsField(forms.ModelMultipleChoiceField):
    """Rows chosen by their keys. Django asks the database for a number that none can hold."""

    def clean(self, value: Any) -> Any:
        keys = value if isinstance(value, list | tuple) else []
        for key in keys:
            if whole_number(str(key)) is None:
                message = self.error_messages["invalid_pk_value"]
                raise forms.ValidationError(
                    message, code="invalid_pk_value", params={"pk": str(key)[:40]}
                )
        return super().clean(value)


class MoneyField(forms.DecimalField):
    """Dollars and cents, zero or more."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal(0), max_digits=10, decimal_places=2, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "class": "short", "step": "0.01"}
