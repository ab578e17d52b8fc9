"""A body given to a form of the desk, so that a rule for what is entered stands in one place.

What is left out is as the page has it filled in. What the form does not ask is an error.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from requests_app.api.protocol.problems import FieldError, not_valid

Made = Callable[[Any, Any], Iterable[forms.BaseForm]]
WHOLE = "__all__"


def entered(body: Any, files: Any, make: Made) -> Any:
    """The forms that `make(data, files)` gives, with the body in them. Problem: it is not valid.

    They are made twice: empty, to know what they ask, and with what was sent.
    """
    empty = list(make(None, None))
    asked = {name: (form, field) for form in empty for name, field in form.fields.items()}
    _check(body, files, asked)
    data: dict[str, Any] = {}
    for name, (form, field) in asked.items():
        if isinstance(field, forms.FileField):
            continue
        value = _sent(body, name, field)
        if value is None:
            value = _begun_with(form, name, field)
        if value is not None:
            data[name] = value
    filled = list(make(data, files or None))
    errors = [error for form in filled for error in errors_of(form)]
    if errors:
        raise not_valid(errors)
    return filled


def errors_of(form: forms.BaseForm) -> Iterator[FieldError]:
    for name, problems in form.errors.items():
        for problem in problems:
            yield FieldError(str(problem), "" if name == WHOLE else name)


def _check(body: Any, files: Any, asked: Mapping[str, tuple[forms.BaseForm, forms.Field]]) -> None:
    """That nothing was sent which is not asked, and everything is of its kind."""
    errors = [
        FieldError("This is not asked here.", name)
        for name in [*body, *(files or {})]
        if name not in asked
    ]
    if not isinstance(body, QueryDict):
        for name, (_, field) in asked.items():
            if name in body and (wrong := _wrong_kind(field, body[name])):
                errors.append(FieldError(wrong, name))
    if errors:
        raise not_valid(errors)


def _wrong_kind(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.FileField):
        return "Send files as multipart/form-data."
    if isinstance(field, forms.BooleanField):
        return "" if isinstance(value, bool) else "This is true or false."
    if isinstance(field, forms.ModelMultipleChoiceField):
        is_list = isinstance(value, list) and all(map(_is_whole, value))
        return "" if is_list else "This is a list of whole numbers."
    if isinstance(field, forms.MultipleChoiceField):
        is_list = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return "" if is_list else "This is a list of texts."
    if isinstance(field, forms.IntegerField | forms.ModelChoiceField) and not isinstance(
        field, forms.DecimalField
    ):
        is_none = value is None and not field.required
        return "" if is_none or _is_whole(value) else "This is a whole number."
    return "" if isinstance(value, str) else "This is a text."


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _sent(body: Any, name: str, field: forms.Field) -> Any:
    if name not in body:
        return None
    many = forms.MultipleChoiceField | forms.ModelMultipleChoiceField
    if isinstance(body, QueryDict) and isinstance(field, many):
        return body.getlist(name)
    value = body[name]
    if value is None:
        return ""  # of what may be left empty: see _wrong_kind
    return str(value) if _is_whole(value) else value


def _begun_with(form: forms.BaseForm, name: str, field: forms.Field) -> Any:
    """As a browser would send the field untouched."""
    value = form.get_initial_for_field(field, name)
    if value is None or value == "":
        return None
    if isinstance(field, forms.BooleanField | forms.MultipleChoiceField):
        return value
    if isinstance(field, forms.ModelChoiceField):
        return field.prepare_value(value)
    if isinstance(field, forms.ChoiceField):
        return str(value)
    return str(field.widget.format_value(field.prepare_value(value)) or "") or None
