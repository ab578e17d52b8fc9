"""Pages over plain http, on the Monday that the factories live in."""

from tests.views.conftest import _monday, _plain_http

__all__ = ["_monday", "_plain_http"]
