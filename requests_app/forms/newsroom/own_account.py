"""What a person changes about themselves."""

from django import forms


class NameForm(forms.Form):
    name = forms.CharField(
        label="Name, as you sign letters",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )


class AddressForm(forms.Form):
    email = forms.EmailField(
        label="New e-mail address",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text="A link is mailed there. Until you open it, you sign in as before.",
    )
