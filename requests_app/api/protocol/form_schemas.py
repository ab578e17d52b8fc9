"""A form of the desk as a JSON Schema, for the API's document."""

from collections.abc import Mapping
from typing import Any

from django import forms

from requests_app.forms.fields import FilesField

JSON, MULTIPART = "application/json", "multipart/form-data"
Schema = dict[str, Any]


def body_of(
    *asked: Mapping[str, forms.Field], optional: frozenset[str] = frozenset()
) -> dict[str, Schema]:
    """By media type. Files go as multipart alone; what has an initial value may be left out."""
    fields = {name: field for one in asked for name, field in one.items()}
    files = {name for name, field in fields.items() if isinstance(field, forms.FileField)}
    needed = [
        name
        for name, field in fields.items()
        if field.required and field.initial in (None, "") and name not in optional
    ]
    plain = {name: schema_of(field) for name, field in fields.items() if name not in files}
    bodies = {JSON: _object(plain, [name for name in needed if name not in files])}
    if files:
        whole = {name: schema_of(field) for name, field in fields.items()}
        bodies[MULTIPART] = _object(whole, needed)
    return bodies


def _object(properties: Schema, required: list[str]) -> Schema:
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": required} if required else schema


def schema_of(field: forms.Field) -> Schema:
    about = " ".join(str(text) for text in (field.label, field.help_text) if text)
    return {**_kind_of(field), **({"description": about} if about else {})}


def _kind_of(field: forms.Field) -> Schema:
    if isinstance(field, FilesField):
        return {"type": "array", "items": {"type": "string", "format": "binary"}}
    if isinstance(field, forms.FileField):
        return {"type": "string", "format": "binary"}
    if isinstance(field, forms.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, forms.ModelMultipleChoiceField):
        return {"type": "array", "items": {"type": "integer"}}
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": _one_of(field)}
    if isinstance(field, forms.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, forms.DecimalField):
        return {"type": "string", "pattern": r"^[0-9]+(\.[0-9]{1,2})?$"}
    if isinstance(field, forms.ModelChoiceField | forms.IntegerField):
        return {"type": "integer" if field.required else ["integer", "null"]}
    if isinstance(field, forms.ChoiceField):
        return _one_of(field)
    return _text(field)


def _one_of(field: forms.ChoiceField) -> Schema:
    values = sorted({str(value) for value, _ in _flat(field.choices)})
    return {"type": "string", "enum": values} if values else {"type": "string"}


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for value, label in choices:
        found += _flat(label) if isinstance(label, list | tuple) else [(value, label)]
    return found


def _text(field: forms.Field) -> Schema:
    schema: Schema = {"type": "string"}
    if field.required:
        schema["minLength"] = 1
    if longest := getattr(field, "max_length", None):
        schema["maxLength"] = longest
    if isinstance(field, forms.EmailField):
        schema["format"] = "email"
    if isinstance(field, forms.URLField):
        schema["format"] = "uri"
    return schema
