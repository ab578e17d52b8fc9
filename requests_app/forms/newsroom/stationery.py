"""What our letters look like and say of us."""

from django import forms

from requests_app.actions.cities.city_forms import BlankForm
from requests_app.models import Paragraph


class PictureForm(forms.Form):
    """A logo or a signature. Whether it is a picture at all, the action finds out."""

    picture = forms.FileField(
        label="Picture",
        help_text="PNG, JPEG, WebP or GIF, up to 5 MB; best on white or a transparent ground.",
        widget=forms.ClearableFileInput({"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )

    def data_of_it(self) -> bytes:
        data: bytes = self.cleaned_data["picture"].read()
        return data


class ParagraphForm(forms.Form):
    """Words of the newsroom's own. What looks like a template in them is only text."""

    about = forms.ChoiceField(
        label="What is it about?", choices=Paragraph.About.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label="Title", max_length=80, help_text="To find it by. It does not go into the letter."
    )
    text = forms.CharField(
        label="The words",
        max_length=8000,
        widget=forms.Textarea({"rows": 8, "class": "letter", "spellcheck": "true"}),
        help_text="As they stand in a letter. An empty line begins a new paragraph.",
    )


class CityFormForm(forms.Form):
    """The city's blank PDF form for one office."""

    pdf = forms.FileField(
        label="The blank form",
        help_text="The PDF as the city gives it, with fields to fill.",
        widget=forms.ClearableFileInput({"accept": "application/pdf,.pdf"}),
    )
    source = forms.CharField(
        label="Where you found it",
        max_length=300,
        help_text="A page's address, a letter, a call and with whom.",
    )

    def uploaded(self) -> BlankForm:
        file = self.cleaned_data["pdf"]
        return BlankForm(file.name or "form.pdf", file.read(), self.cleaned_data["source"])
