"""What nobody types into a form, and the forms of a page as a browser would send them."""

import importlib
import pkgutil
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from typing import Any
from urllib.parse import quote, quote_plus

from django import forms
from django.conf import settings

import requests_app.forms

# fmt: off
VALUES = (
    "", " ", "\x00", "a\x00b", "\ud800", "x\udfffy", "\ufffe", "\u202e",
    "\r\nBcc: a@b.example", "\n" * 300,
    "0", "-1", "1", "9223372036854775807", "9223372036854775808", "9" * 40, "1" * 5000, "1e400",
    "NaN", "Infinity", "0x10", "1.5", "-0.001", "٣", "²", "½", "1_000", "+1", "99999999.999",
    "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-13-01", "1900-01-01",
    "2026-11-02", "24:00", "10:00", "-1:-1", "true", "None", "null", "[]", "{}", "()", "on",
    "x" * 20_000, "😀" * 300, "é" * 600, "../../etc/passwd", "<script>alert(1)</script>",
    "' OR 1=1 --", "%s %d {0} {{ x }} {% x %}", "a@b", "a@b.example", "@", "http://[::1",
    "https://x:99999/", "ftp://x", "us-ct/stamford", "us-ct/nowhere", "/", "email", "post",
    "portal", "message-1", "file-999999", "letter-x", "message-" + "9" * 30, "filed", "draft",
    "decided", "keep", "finish", "write", "pdf", "look",
)
# fmt: on
READ_BY_HAND = re.compile(
    r"(?:POST|GET)(?:\.get(?:list)?\(|\[)\"(\w+)\"|\"(\w+)\" in request\.(?:POST|GET)"
)


def every_field() -> list[str]:
    """The names of all fields of all forms, and of what a view reads by itself."""
    found = set()
    for module in pkgutil.walk_packages(requests_app.forms.__path__, "requests_app.forms."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, type) and issubclass(one, forms.BaseForm):
                found |= set(getattr(one, "base_fields", ()))
    for file in (settings.ROOT / "requests_app" / "views").rglob("*.py"):
        for names in READ_BY_HAND.findall(file.read_text(encoding="utf-8")):
            found |= set(filter(None, names))
    return sorted(found)


@dataclass
class PageForm:
    """`action` is empty where it goes to the page itself."""

    action: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)


class Forms(HTMLParser):
    """The forms of a page that are posted, with what stands in them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[PageForm] = []
        self._form: PageForm | None = None
        self._text = self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            is_posted = at.get("method", "").lower() == "post"
            self._form = PageForm(at.get("action", "")) if is_posted else None
            if self._form:
                self.found.append(self._form)
        if self._form is None:
            return
        if tag in {"input", "button"} and at.get("name"):
            self._form.fields.append((at["name"], at.get("value", "")))
        elif tag == "textarea":
            self._text = at.get("name", "")
        elif tag == "select":
            self._select = at.get("name", "")
        elif tag == "option" and self._select:
            self._form.fields.append((self._select, at.get("value", "")))
            self._select = "" if "selected" in at else self._select

    def handle_data(self, data: str) -> None:
        if self._form and self._text:
            self._form.fields.append((self._text, data))
            self._text = ""


def mutated(fields: list[tuple[str, str]], names: list[str], rng: Random) -> list[tuple[str, str]]:
    """Some of it another value, left out, sent twice; and what was not asked."""
    sent = [one for one in fields if rng.random() > 0.05]
    for _ in range(rng.randint(1, 4)):
        if sent and rng.random() < 0.7:
            place = rng.randrange(len(sent))
            name = sent[place][0]
            if rng.random() < 0.2:
                sent.append((name, rng.choice(VALUES)))
            else:
                sent[place] = (name, rng.choice(VALUES))
        else:
            sent.append((rng.choice(names), rng.choice(VALUES)))
    return sent


def encoded(pairs: list[tuple[str, str]]) -> str:
    """As a form is sent, whatever stands in it."""
    return "&".join(f"{_plus(name)}={_plus(value)}" for name, value in pairs)


def _plus(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))


def bent(url: str, rng: Random) -> str:
    """An address with one of its parts replaced."""
    path, _, query = url.partition("?")
    parts = path.strip("/").split("/")
    value: Any = rng.choice(VALUES)[:200]
    parts[rng.randrange(len(parts))] = quote(value.encode("utf-8", "surrogatepass"), safe="")
    return f"/{'/'.join(parts)}/" + (f"?{query}" if query else "")
