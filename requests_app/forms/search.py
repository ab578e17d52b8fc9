"""Words to look for, as somebody types them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from requests_app.search.words import SearchError, SearchWords


class SearchWordsField(forms.CharField):
    """Gives `SearchWords`; None where nothing was typed."""

    widget = forms.TextInput(attrs={"type": "search"})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return SearchWords.read(typed)
        except SearchError as error:
            raise ValidationError(str(error)) from error


class SearchForm(forms.Form):
    q = SearchWordsField(label="Search", required=False)
