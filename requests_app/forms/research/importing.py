"""A file for the log, what its columns mean, and what to do with what the dry run found."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms

from cities.schema.load import all_cities
from requests_app.actions.research.importing import AboutTheFile, Meaning
from requests_app.models import LogImport, Newsroom, Project
from requests_app.research.importing.known_files import STATUS_WORDS
from requests_app.research.importing.mapping import CAN_BE_MEANT
from requests_app.research.importing.previews import FoundWords
from requests_app.research.importing.reading.limits import MOST_BYTES
from requests_app.research.log_table.column import Part
from requests_app.research.log_table.columns import BY_NAME
from requests_app.research.places import label_of

NOTHING = ("", "Nothing: leave it out")
ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xls,.xlsb,.ods,.jsonl,.parquet,.zip"


class BringFileForm(forms.Form):
    file = forms.FileField(
        label="File",
        widget=forms.ClearableFileInput({"accept": ACCEPTED}),
        help_text=f"CSV, a spreadsheet (XLSX, XLS, ODS: its first sheet), JSON Lines, Parquet, or "
        f"a data package of another desk. Up to {MOST_BYTES // 2**20} MB.",
    )
    source = forms.CharField(
        label="Which log is it?",
        max_length=120,
        help_text="Such as “Chicago FOIA log 2024”. A row is known again by this name and its "
        "own number, so keep it when you bring the same log again.",
    )
    city_slug = forms.ChoiceField(label="City", required=False)
    place = forms.CharField(
        label="Or another place",
        max_length=160,
        required=False,
        help_text="Where the requests were made, if the file has no column that says so.",
    )
    agency = forms.CharField(label="Office or agency", max_length=200, required=False)
    project = forms.ModelChoiceField(
        Project.objects.none(), required=False, empty_label="None", label="Project"
    )

    def __init__(self, *args: Any, newsroom: Newsroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities = sorted((label_of(city), city.slug) for city in all_cities())
        field = self.fields["city_slug"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "None of ours"), *((slug, label) for label, slug in cities)]
        projects = self.fields["project"]
        assert isinstance(projects, forms.ModelChoiceField)
        projects.queryset = Project.objects.filter(newsroom=newsroom)

    def about(self) -> AboutTheFile:
        return AboutTheFile(**{n: v for n, v in self.cleaned_data.items() if n != "file"})


class MappingForm(forms.Form):
    """A choice for each column of the file, and for each of its words that we have another for.

    `words`: of columns by heading, as they are meant. A column that is given a meaning on the page
    has words that were not asked yet: then the form asks them before it is valid.
    """

    def __init__(
        self,
        *args: Any,
        log_import: LogImport,
        words: Callable[[Mapping[str, str]], Sequence[FoundWords]],
        samples: Sequence[Sequence[str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.log_import = log_import
        self.words = words(self._columns_said() if self.is_bound else log_import.columns)
        for place, heading in enumerate(log_import.headings):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading,
                choices=_meanings(),
                required=False,
                initial=log_import.columns.get(heading, ""),
                help_text=" · ".join(samples[place]) or "Empty in every row that was looked at.",
            )
        for key, name, word in self._asked_words():
            self.fields[key] = _word_field(log_import, name, word)
        self.fields["is_day_first"] = forms.BooleanField(
            label="In 3/4/2019 the day comes first",
            required=False,
            initial=log_import.is_day_first,
        )
        self.fields["name"] = forms.CharField(
            label="Keep this mapping as",
            max_length=120,
            required=False,
            help_text="It is proposed when a file has the same headings.",
        )

    def columns(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    def word_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("word_")]

    def rest(self) -> list[forms.BoundField]:
        return [self["is_day_first"], self["name"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unasked = [key for key, _, _ in self._asked_words() if key not in self.data]
        if unasked:
            proposed = {key: self.fields[key].initial for key in unasked}
            self.data = {**dict(self.data.items()), **proposed}
            raise forms.ValidationError(
                "One thing more: say below which of our words theirs are, then try it."
            )
        return cleaned

    def meaning(self) -> Meaning:
        said = self.cleaned_data
        words = {name: dict(found) for name, found in self.log_import.words.items()}
        for key, name, word in self._asked_words():
            words.setdefault(name, {})[word.casefold()] = said[key]
        return Meaning(self._columns_said(), words, said["is_day_first"], said["name"])

    def _columns_said(self) -> dict[str, str]:
        headings = enumerate(self.log_import.headings)
        return {heading: self.data.get(f"column_{place}", "") for place, heading in headings}

    def _asked_words(self) -> list[tuple[str, str, str]]:
        """The field's name, the log's column, the file's word."""
        return [
            (f"word_{found.name}_{found.place}_{number}", found.name, word)
            for found in self.words
            for number, word in enumerate(found.words)
        ]


class StartForm(forms.Form):
    takes_duplicates = forms.BooleanField(
        label="Import also what seems to be here already", required=False
    )
    leaves_out_refused = forms.BooleanField(
        label="Leave out the rows that were refused", required=False
    )


def _meanings() -> list[Any]:
    groups = {Part.REQUEST: "The request", Part.CHALLENGE: "The challenge"}
    return [
        NOTHING,
        *(
            (words, [(one.name, one.title) for one in CAN_BE_MEANT if one.part is part])
            for part, words in groups.items()
        ),
    ]


def _word_field(log_import: LogImport, name: str, word: str) -> forms.ChoiceField:
    column = BY_NAME[name]
    assert column.choices is not None
    ours = log_import.words.get(name, {}).get(word.casefold(), "")
    return forms.ChoiceField(
        label=f"{column.title}: “{word}”",
        choices=[("", "None of ours: keep their word alone"), *column.choices.choices],
        required=False,
        initial=ours or (STATUS_WORDS.get(word.casefold(), "") if name == "status" else ""),
    )
