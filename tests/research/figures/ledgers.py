"""Requests whose days are told, through the real actions, for what counts them."""

from datetime import timedelta

from requests_app.actions.requests import city_determinations, city_progress
from requests_app.models import RecordsRequest, User
from tests.factories import NOW, TODAY, acting, said, submitted


def answered(
    by: User, *, ago: int, after: int, verb: str = "grant", **facts: object
) -> RecordsRequest:
    """Filed so many days ago, and answered so many days after that."""
    request = submitted(by, at=NOW - timedelta(days=ago))
    day = TODAY - timedelta(days=ago - after)
    getattr(city_determinations, verb)(request, answer=said(day), **acting(request), **facts)
    request.refresh_from_db()
    return request


def acknowledged(request: RecordsRequest, *, ago: int) -> RecordsRequest:
    city_progress.acknowledge(request, answer=said(TODAY - timedelta(days=ago)), **acting(request))
    request.refresh_from_db()
    return request
