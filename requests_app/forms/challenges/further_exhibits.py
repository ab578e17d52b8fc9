"""What stands behind a supplement: papers of the request, and new files."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from requests_app.actions.challenges import supplements
from requests_app.actions.requests.exhibits import Paper
from requests_app.actions.sending.our_letters import FurtherExhibits, OurLetter
from requests_app.forms.fields import FilesField
from requests_app.models import Appeal


class FurtherExhibitsForm(forms.Form):
    """Chosen before the letter is written, which names them by their numbers."""

    exhibits = forms.MultipleChoiceField(
        label="Further exhibits",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each stands behind the letter with the next number; what the body has already "
        "keeps the number that it has.",
    )
    uploads = FilesField(
        label="New files",
        required=False,
        help_text="They become files of this request, and are chosen above.",
    )
    is_beside_confirmed = forms.BooleanField(
        label="What has no pages goes beside the letter as a file", required=False
    )

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.appeal = appeal
        self.offer_papers()

    def offer_papers(self) -> None:
        field = self.fields["exhibits"]
        assert isinstance(field, forms.MultipleChoiceField)
        offered = supplements.choices(self.appeal)
        field.choices = [(_typed(paper), title) for paper, title in offered]

    def take_in(self, papers: list[Paper]) -> None:
        """What was uploaded with this form is a file of the request by now, and chosen."""
        self.offer_papers()
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        data.setlist("exhibits", [*data.getlist("exhibits"), *map(_typed, papers)])
        self.data, self.files = data, MultiValueDict()
        self.full_clean()

    @property
    def papers(self) -> tuple[Paper, ...]:
        if not self.is_bound or not self.is_valid():
            return ()
        return tuple(_paper(chosen) for chosen in self.cleaned_data["exhibits"])

    @property
    def titles(self) -> tuple[tuple[int, str], ...]:
        """What is chosen, with the numbers that it would have."""
        return supplements.titles_of(self.appeal, self.papers)

    def with_exhibits(self, letter: OurLetter) -> OurLetter:
        is_confirmed = self.cleaned_data["is_beside_confirmed"]
        return replace(letter, exhibits=FurtherExhibits(self.papers, is_confirmed))


def _typed(paper: Paper) -> str:
    kind, key = paper
    return f"{kind}-{key}"


def _paper(chosen: str) -> Paper:
    kind, _, key = chosen.partition("-")
    return kind, int(key)
