"""No page takes a character that no database keeps: said once, before any view or form is asked."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

API = "/api/"  # says by itself, and as problem+json, what it does not take


class RefuseTextThatCannotBeKept:
    """400 for a NUL, which PostgreSQL does not take, and for half of a surrogate pair, which is no
    text: in an address, in its query, in a form. What providers and programs send is read by them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(API) and not is_text(_address(request)):
            return refused(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        is_a_form = request.method == "POST" and not getattr(view, "csrf_exempt", False)
        if is_a_form and not is_text(_pairs(request.POST)):
            return refused(request)
        return None


def is_text(parts: Iterable[str]) -> bool:
    return not any("\x00" in part or _has_half_a_pair(part) for part in parts)


def _has_half_a_pair(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _address(request: HttpRequest) -> Iterable[str]:
    yield request.path_info
    yield from _pairs(request.GET)


def _pairs(sent: Any) -> Iterable[str]:
    for name, values in sent.lists():
        yield name
        yield from values


@requires_csrf_token
def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "400.html", status=400)
