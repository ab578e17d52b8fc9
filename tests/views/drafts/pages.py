"""A draft's page as a browser sends it back: every field of its form, some of them changed."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from requests_app.models import RecordsRequest

NEW = "/requests/new/"


class _Fields(HTMLParser):
    """What stands in the forms of a page that keep what is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._is_inside, self._writes, self._select = False, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_inside = "data-keep" in given
        name = given.get("name", "")
        if not self._is_inside:
            return
        if tag == "textarea":
            self._writes, self.fields[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.fields[self._select] = given["value"]
        elif tag == "input" and given.get("type") in {"radio", "checkbox"}:
            if "checked" in given:
                self.fields[name] = given.get("value", "on")
        elif tag == "input" and name and given.get("type") != "file":
            self.fields[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._writes:
            self.fields[self._writes] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields[self._writes] = self.fields[self._writes].removeprefix("\n")
            self._writes = ""
        elif tag == "form":
            self._is_inside = False


def fields_in(answer: Any) -> dict[str, str]:
    """All that the form of a page holds, as a browser would send it."""
    reader = _Fields()
    reader.feed(answer.content.decode())
    return reader.fields


def edit_url(rr: RecordsRequest) -> str:
    return reverse("request_edit", args=[rr.public_id])


def opened(client: Client, url: str) -> dict[str, str]:
    return fields_in(client.get(url))


def sent(client: Client, url: str, fields: dict[str, str], do: str, **typed: str) -> Any:
    """The form of an open page, with what somebody typed into it."""
    return client.post(url, {**fields, **typed, "do": do})


def words_of(answer: Any) -> str:
    """What a reader of the answer reads."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())
