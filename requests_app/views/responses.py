"""How a page answers an act: done and onward, or why not."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from requests_app.actions.errors import Refused

Result = TypeVar("Result")


class SeeOther(HttpResponseRedirect):
    """303: what was posted is done, and this is where to look next. A reload posts nothing."""

    status_code = 303


class Checked(Protocol):
    """A form, or several that are sent as one."""

    def is_valid(self) -> bool: ...

    def add_error(self, field: str | None, error: str) -> None: ...


def result_of(form: Checked, act: Callable[[], Result]) -> Result | None:
    """What the act gave back; None where the form was wrong, or the act was refused: then the
    form says why."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def fulfilled(form: Checked, act: Callable[[], object]) -> bool:
    """Whether the form was right and the act done. A refusal becomes an error of the form."""
    return result_of(form, lambda: (act(),)) is not None


def button(
    request: HttpRequest,
    act: Callable[[], Result],
    *,
    done: str,
    to: str,
    onward: Callable[[Result], str] | None = None,
) -> HttpResponse:
    """For a button without a form: the act, or as a message why it was refused. Then to `to`; or,
    once it is done, `onward` to the address of what came of it."""
    try:
        result = act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return SeeOther(to)
    messages.success(request, done)
    return SeeOther(onward(result) if onward else to)


def page(
    request: HttpRequest, template: str, *forms_shown: forms.BaseForm, **context: Any
) -> HttpResponse:
    """A page; 422 where a form on it was refused."""
    refused = any(form.is_bound and form.errors for form in forms_shown)
    return render(request, template, context, status=422 if refused else 200)
