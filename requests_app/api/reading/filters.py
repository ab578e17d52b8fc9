"""The pages' own filters, asked by the parameters of an address."""

from typing import Any

from django import forms

from requests_app.api.protocol.problems import FieldError, not_valid


def checked(form: forms.Form) -> None:
    """Problem: it does not know a value, which a page would say beside its list."""
    if not form.is_valid():
        raise not_valid(
            FieldError(str(problem), parameter="" if name == "__all__" else name)
            for name, problems in form.errors.items()
            for problem in problems
        )


def parameters_of(named: dict[str, str]) -> list[dict[str, Any]]:
    """For the API's document: each name with what it is called."""
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": about,
            "schema": {"type": "string"},
        }
        for name, about in named.items()
    ]
