"""People with a password, on the Monday that the factories live in, over plain http."""

from tests.views.conftest import _monday, _plain_http

__all__ = ["_monday", "_plain_http"]
