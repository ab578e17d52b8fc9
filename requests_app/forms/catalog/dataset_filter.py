"""The search and the filters above a city's datasets."""

from collections.abc import Iterable
from typing import Any

from django import forms

from requests_app.catalog.dataset_search import FORMATS, LONGEST, STATES
from requests_app.forms.filter_choices import PlainSelect


def _any(words: str, values: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", words), *values]


class DatasetFilter(forms.Form):
    """Drawn from what the catalog holds; what an address asks for is read by `DatasetSearch`."""

    q = forms.CharField(label="Search", required=False, max_length=LONGEST)
    theme = forms.ChoiceField(label="Theme", required=False, widget=PlainSelect)
    steward = forms.ChoiceField(label="Steward", required=False, widget=PlainSelect)
    format = forms.ChoiceField(
        label="Format",
        required=False,
        widget=PlainSelect,
        choices=_any("Any format", [(name, name) for name in FORMATS]),
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        widget=PlainSelect,
        choices=_any("Any state", STATES.items()),
    )

    def __init__(
        self, *args: Any, themes: Iterable[str], stewards: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("theme", _any("Any theme", [(one, one) for one in themes]))
        self._offer("steward", _any("Any steward", [(one, one) for one in stewards]))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
