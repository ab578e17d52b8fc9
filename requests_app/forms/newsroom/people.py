"""The newsroom, its members and its settings."""

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from requests_app.actions.errors import Refused
from requests_app.guessable_passwords import refuse_guessable
from requests_app.models import Newsroom, Role, User


class NewsroomForm(forms.ModelForm[Newsroom]):
    """As it stands on letters, and whether an editor looks first."""

    class Meta:
        model = Newsroom
        fields = [
            "name",
            "address",
            "email",
            "phone",
            "reviews_before_filing",
            "recall_minutes",
            "largest_file_mb",
            "requires_second_factor",
        ]
        widgets = {"address": forms.Textarea({"rows": 3})}
        labels = {
            "email": "E-mail for people",
            "reviews_before_filing": "Review before filing",
            "recall_minutes": "Minutes to recall a letter",
            "largest_file_mb": "Largest file, in megabytes",
            "requires_second_factor": "A second factor for everybody",
        }
        help_texts = {
            "address": "On every letterhead.",
            "email": "On the letterhead too. Cities answer to each request's own address.",
            "reviews_before_filing": "An editor approves every request before it is filed.",
            "recall_minutes": "An e-mail waits so long before it leaves. 0: it leaves at once.",
            "requires_second_factor": "Whoever has none is led to set one up before anything else.",
            "largest_file_mb": "Of a file added to what the city sent. At least 50.",
        }


def _code_field() -> forms.CharField:
    return forms.CharField(
        label="Setup code",
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="The desk printed it when it started; `manage.py setup_code` prints it again.",
    )


class FoundingForm(forms.Form):
    """The first newsroom and its admin."""

    name = forms.CharField(label="The newsroom's name", max_length=160)
    address = forms.CharField(
        label="Postal address", widget=forms.Textarea({"rows": 3}), required=False
    )
    email = forms.EmailField(label="The newsroom's e-mail", required=False)
    admin_name = forms.CharField(
        label="Your name, as you sign letters",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    admin_email = forms.EmailField(
        label="Your e-mail", widget=forms.EmailInput({"autocomplete": "username"})
    )
    admin_password = forms.CharField(
        label="A password",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="Ten characters or more, not a common word.",
    )

    def __init__(self, *args: Any, code: str = "", **kwargs: Any) -> None:
        """With a code, whoever does not know it founds nothing."""
        super().__init__(*args, **kwargs)
        self.code = code
        if code:
            self.fields = {"code": _code_field(), **self.fields}

    def clean_code(self) -> str:
        given = str(self.cleaned_data["code"]).strip()
        if not secrets.compare_digest(given.encode(), self.code.encode()):
            raise forms.ValidationError("This is not the code. `manage.py setup_code` prints it.")
        return given

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if password := cleaned.get("admin_password"):
            person = User(email=cleaned.get("admin_email", ""), name=cleaned.get("admin_name", ""))
            try:
                validate_password(password, person)
                refuse_guessable(password, names=[cleaned.get("name", "")])
            except forms.ValidationError as error:
                self.add_error("admin_password", error)
        return cleaned


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="They are mailed a link that works once, for seven days.",
    )
    role = forms.ChoiceField(label="Role", choices=Role.choices, widget=forms.RadioSelect)


class ComingInForm(forms.Form):
    """What somebody says of themselves who was invited at `email`."""

    name = forms.CharField(
        label="Your name, as you sign letters",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="A password",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="Ten characters or more, not a common word.",
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if password := cleaned.get("password"):
            try:
                validate_password(password, User(email=self._email, name=cleaned.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class AddressForm(forms.Form):
    """Of somebody outside."""

    email = forms.EmailField(label="Their e-mail address", max_length=254)


class MemberForm(forms.Form):
    name = forms.CharField(
        label="Name, as it is signed",
        max_length=120,
        help_text="Letters from now on are signed with it, and old entries are shown under it.",
    )
    role = forms.ChoiceField(label="Role", choices=Role.choices, widget=forms.RadioSelect)


class PersonForm(forms.Form):
    """Somebody of the newsroom, to assign a request to or to share it with.

    `people` are those who work there, where a page that shows several forms has read them already.
    """

    person = forms.ModelChoiceField(label="To whom?", queryset=User.objects.none())

    def __init__(
        self, *args: Any, newsroom: Newsroom, people: Sequence[User] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        members = User.objects.filter(membership__newsroom=newsroom, is_active=True)
        field.empty_label = "Choose somebody"
        field.queryset = members.order_by("name")
        if people is not None:
            field.choices = [("", field.empty_label), *((one.pk, str(one)) for one in people)]

    def chosen(self) -> User:
        """Raises Refused where nobody of the newsroom was chosen."""
        if not self.is_valid():
            raise Refused("Choose somebody of this newsroom.")
        person: User = self.cleaned_data["person"]
        return person
