"""How a page answers an act: done and onward, or why not."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from requests_app.actions.errors import Refused


class SeeOther(HttpResponseRedirect):
    """303: what was posted is done, and this is where to look next. A reload posts nothing."""

    status_code = 303


def fulfilled(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Whether the form was right and the act done. A refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def button(request: HttpRequest, act: Callable[[], object], *, done: str, to: str) -> HttpResponse:
    """For a button without a form: the act, or as a message why it was refused; then onward."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return SeeOther(to)


def page(
    request: HttpRequest, template: str, *forms_shown: forms.BaseForm, **context: Any
) -> HttpResponse:
    """A page; 422 where a form on it was refused."""
    refused = any(form.is_bound and form.errors for form in forms_shown)
    return render(request, template, context, status=422 if refused else 200)
