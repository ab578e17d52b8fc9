"""Copies of a request with everything that belongs to it, each begun some days earlier."""

import copy
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.db import models

from requests_app.models import (
    Appeal,
    Communication,
    Delivery,
    DraftVersion,
    Event,
    InboundMail,
    Letter,
    RecordsRequest,
    User,
)
from requests_app.models.guards.state_guard import state_may_change
from requests_app.models.letters.delivery import new_return_token

# Each after those it refers to. Deadlines are not copied: the ledger derives them.
KINDS: tuple[type[models.Model], ...] = (
    RecordsRequest, DraftVersion, Appeal, Letter, Delivery, Event, InboundMail, Communication
)  # fmt: skip
CHUNK = 1_000
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Rows = dict[type[models.Model], list[models.Model]]
Made = dict[tuple[type[models.Model], int], models.Model]


@dataclass(frozen=True, slots=True)
class Copy:
    """Which number a copy has, how many days earlier it was begun, and by whom."""

    number: int
    earlier: int
    by: User  # a reporter, instead of who told the original
    instead_of: User
    assigned_to: User | None


def rows_of(original: RecordsRequest) -> Rows:
    """Everything that is copied of it."""
    mail = InboundMail.objects.filter(communications__records_request=original)
    found: Rows = {RecordsRequest: [original], InboundMail: list(mail)}
    for kind in KINDS:
        if kind not in found:
            found[kind] = list(
                kind._default_manager.filter(records_request=original).order_by("pk")
            )
    return found


def copy_all(rows: Rows, copies: Sequence[Copy]) -> None:
    """Written some thousand requests at a time, so that memory stays flat."""
    for first in range(0, len(copies), CHUNK):
        _copy_some(rows, copies[first : first + CHUNK])


def _copy_some(rows: Rows, copies: Sequence[Copy]) -> None:
    made: list[Made] = [{} for _ in copies]
    for kind in KINDS:
        fields = _fields_of(kind)
        fresh: list[models.Model] = []
        for one, known in zip(copies, made, strict=True):
            for row in rows[kind]:
                known[kind, row.pk] = new = _copied(row, fields, one, known)
                fresh.append(new)
        with state_may_change():  # their events are copied with them
            kind._default_manager.bulk_create(fresh)


@dataclass(frozen=True, slots=True)
class Fields:
    """Of one kind of row: what is a day, what holds days, and what refers to what is copied."""

    days: tuple[str, ...]
    facts: tuple[str, ...]
    references: tuple[tuple[str, type[models.Model]], ...]
    people: tuple[str, ...]


def _fields_of(kind: type[models.Model]) -> Fields:
    by_type: dict[str, list[Any]] = defaultdict(list)
    for field in kind._meta.concrete_fields:
        if isinstance(field, models.DateField):
            by_type["days"].append(field.attname)
        elif isinstance(field, models.JSONField):
            by_type["facts"].append(field.attname)
        elif field.related_model in KINDS:
            by_type["references"].append((field.attname, field.related_model))
        elif field.related_model is User:
            by_type["people"].append(field.attname)
    names = ("days", "facts", "references", "people")
    return Fields(*(tuple(by_type[name]) for name in names))


def _copied(row: models.Model, fields: Fields, one: Copy, known: Made) -> models.Model:
    new = copy.copy(row)
    new._state = copy.copy(row._state)
    new._state.fields_cache = {}
    new.pk, new._state.adding = None, True
    earlier, values = timedelta(days=one.earlier), vars(new)
    for name in fields.days:
        if values[name] is not None:
            values[name] -= earlier
    for name in fields.facts:
        values[name] = _moved(values[name], earlier)
    for name, kind in fields.references:
        if values[name] is not None:
            values[name] = known[kind, values[name]].pk
    for name in fields.people:
        if values[name] == one.instead_of.pk:
            values[name] = one.by.pk
    _make_unique(new, one)
    return new


def _make_unique(row: models.Model, one: Copy) -> None:
    """What no two rows may share; a letter's paper, which no list shows, is left out."""
    if isinstance(row, RecordsRequest):
        row.public_id = f"b{one.number:08d}"
        row.reference = f"{row.city.code}-B-{one.number:06d}"
        row.subject = f"{row.subject}, block {one.number}"
        row.assigned_to = one.assigned_to
    elif isinstance(row, Letter):
        row.pdf = b"%PDF-1.7"
    elif isinstance(row, Delivery):
        row.message_id = f"<{one.number}.{row.message_id.strip('<>')}>"
        row.return_token = new_return_token()
    elif isinstance(row, InboundMail):
        row.sha256 = sha256(f"{one.number} {row.sha256}".encode()).hexdigest()
        row.content_key, row.message_id = row.sha256, f"<{one.number}@clerk.example>"


def _moved(facts: Any, earlier: timedelta) -> Any:
    """The same facts with every day in them so much earlier."""
    if isinstance(facts, str) and DAY.fullmatch(facts):
        return (date.fromisoformat(facts) - earlier).isoformat()
    if isinstance(facts, dict):
        return {key: _moved(value, earlier) for key, value in facts.items()}
    if isinstance(facts, list):
        return [_moved(value, earlier) for value in facts]
    return facts
