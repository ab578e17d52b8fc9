"""What of a request's papers to put together."""

from typing import Any

from django import forms

from requests_app.models import Appeal, CaseFileKind, RecordsRequest

BUNDLE = "appeal-"


class CaseFileForm(forms.Form):
    """The whole, everything as it came, or what goes with one of the appeals."""

    what = forms.ChoiceField(label="What should be made?", widget=forms.RadioSelect)
    has_notes = forms.BooleanField(
        label="With the newsroom’s own notes",
        required=False,
        help_text="For ourselves. A lawyer, a commission or a court gets it without; the papers of "
        "an appeal never have them.",
    )

    embeds_files = forms.BooleanField(
        label="Embed in the PDF what has no pages",
        required=False,
        help_text="Spreadsheets, recordings and messages go inside the PDF as files. Without it "
        "the PDF is pages alone, each such file is named on a page, and the ZIP holds it. Many "
        "mail systems stop a PDF with files inside.",
    )

    def __init__(self, *args: Any, records_request: RecordsRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._appeals = {
            f"{BUNDLE}{appeal.pk}": appeal
            for appeal in Appeal.objects.filter(records_request=records_request).order_by("pk")
        }
        for appeal in self._appeals.values():
            appeal.records_request = records_request
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (CaseFileKind.WHOLE.value, CaseFileKind.WHOLE.label),
            *((key, f"Papers for: {a.pack_route.name}") for key, a in self._appeals.items()),
            (CaseFileKind.ARCHIVE.value, CaseFileKind.ARCHIVE.label),
        ]
        self.initial.setdefault("what", CaseFileKind.WHOLE.value)

    def asked(self) -> dict[str, Any]:
        """The arguments of `actions.case_files.ask`."""
        what: str = self.cleaned_data["what"]
        appeal = self._appeals.get(what)
        return {
            "kind": CaseFileKind.BUNDLE.value if appeal else what,
            "appeal": appeal,
            "has_notes": self.cleaned_data["has_notes"] and appeal is None,
            "embeds_files": self.cleaned_data["embeds_files"],
        }
