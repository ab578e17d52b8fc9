"""What changed between two days of a dataset's record, as sentences that a person reads. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cities.portals.dataset_record import Column, DatasetRecord
from requests_app.vocabulary.dates_and_amounts import count, day, listed

NOT_STATED = "not stated"
NAMED = 6  # so many columns are named; of more it is said how many they are

# The fields of which a follower is told. A later day of the data alone is no news.
NEWS = frozenset(
    {
        "title", "steward", "license_text", "license_spdx", "license_url", "access_level",
        "cadence_text", "cadence_iso", "columns", "row_count", "withdrawn", "returned",
    }
)  # fmt: skip

PLAIN = (
    ("title", "Title"),
    ("external_id", "Identifier"),
    ("steward", "Steward"),
    ("publisher", "Publisher"),
    ("access_level", "Access level"),
)
LICENSE = ("license_text", "license_spdx", "license_url")
CADENCE = ("cadence_text", "cadence_iso")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed: `sentence` says all of it, `field` is the first that differs."""

    field: str
    sentence: str

    @property
    def is_news(self) -> bool:
        return self.field in NEWS


def differences(before: DatasetRecord, after: DatasetRecord) -> tuple[Difference, ...]:
    """Every difference between the two, what matters most to a reporter first."""
    return tuple(
        Difference(field, sentence)
        for field, sentence in (
            *_plain(before, after),
            *_first_of("License", LICENSE, before, after),
            *_first_of("Cadence", CADENCE, before, after),
            *_columns(before.columns, after.columns),
            *_rows(before.row_count, after.row_count),
            *_times(before, after),
            *_texts(before, after),
            *_ways(before, after),
        )
    )


def sentences(before: DatasetRecord, after: DatasetRecord) -> tuple[str, ...]:
    return tuple(one.sentence for one in differences(before, after))


Found = Iterator[tuple[str, str]]


def _plain(before: DatasetRecord, after: DatasetRecord) -> Found:
    for field, name in PLAIN:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield field, _changed(name, old, new)


def _first_of(
    name: str, fields: Sequence[str], before: DatasetRecord, after: DatasetRecord
) -> Found:
    """Fields that say the same thing in several ways are told of once, in the words of the first
    that differs."""
    for field in fields:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield field, _changed(name, old, new)
            return


def _changed(name: str, old: str, new: str) -> str:
    return f"{name} changed from {_quoted(old)} to {_quoted(new)}."


def _quoted(text: str) -> str:
    return f"“{text}”" if text else NOT_STATED


def _columns(before: Sequence[Column], after: Sequence[Column]) -> Found:
    old = {column.name: column for column in before}
    new = {column.name: column for column in after}
    if old and not new:
        yield "columns", f"Columns are no longer stated: {_count_and_names(before)}."
        return
    if new and not old:
        yield "columns", f"Columns are now stated: {_count_and_names(after)}."
        return
    if gone := [column for column in before if column.name not in new]:
        yield "columns", f"{count(len(gone), 'column')} gone: {_names(gone)}."
    if added := [column for column in after if column.name not in old]:
        yield "columns", f"{count(len(added), 'column')} new: {_names(added)}."
    both = [(old[column.name], column) for column in after if column.name in old]
    for one, other in both:
        if one.type != other.type:
            yield "columns", _changed(f"Type of column “{other.name}”", one.type, other.type)
    words = [new_one for old_one, new_one in both if _words(old_one) != _words(new_one)]
    if words:
        yield "columns", f"{count(len(words), 'column')} described otherwise: {_names(words)}."
    if not gone and not added and [*old] != [*new]:
        yield "columns", "The columns stand in another order."


def _words(column: Column) -> tuple[str, str]:
    return column.label, column.description


def _count_and_names(columns: Sequence[Column]) -> str:
    return f"{count(len(columns), 'column')} ({_names(columns)})"


def _names(columns: Iterable[Column]) -> str:
    names = [f"“{column.name}”" for column in columns]
    if len(names) <= NAMED:
        return listed(names)
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED:,} more"


def _rows(old: int | None, new: int | None) -> Found:
    if old == new:
        return
    if old is None or new is None:
        was, now = (NOT_STATED if rows is None else f"{rows:,}" for rows in (old, new))
        yield "row_count", f"Rows changed from {was} to {now}."
        return
    more = f"{abs(new - old):,} {'more' if new > old else 'fewer'}"
    yield "row_count", f"Rows changed from {old:,} to {new:,}: {more}."


def _times(before: DatasetRecord, after: DatasetRecord) -> Found:
    for field, name in (
        ("data_updated_at", "Data last updated"),
        ("metadata_updated_at", "Description last edited"),
    ):
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield field, f"{name}: {_day(old)}, now {_day(new)}."
    if before.issued_on != after.issued_on:
        old_day = day(before.issued_on) if before.issued_on else NOT_STATED
        new_day = day(after.issued_on) if after.issued_on else NOT_STATED
        yield "issued_on", f"First published: {old_day}, now {new_day}."


def _day(at: datetime | None) -> str:
    return day(at.date()) if at else NOT_STATED


def _texts(before: DatasetRecord, after: DatasetRecord) -> Found:
    if before.description != after.description:
        yield "description", _text_changed("The description", before.description, after.description)
    for field, name in (("temporal", "Period covered"), ("spatial", "Area covered")):
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield field, _changed(name, old, new)
    for field, name in (("themes", "Themes"), ("keywords", "Keywords")):
        old, new = getattr(before, field), getattr(after, field)
        if set(old) != set(new):
            yield field, f"{name} changed from {_list(old)} to {_list(new)}."


def _text_changed(name: str, old: str, new: str) -> str:
    if not old:
        return f"{name} is now stated."
    return f"{name} was rewritten." if new else f"{name} is no longer stated."


def _list(items: Sequence[str]) -> str:
    return listed([f"“{item}”" for item in items]) if items else NOT_STATED


def _ways(before: DatasetRecord, after: DatasetRecord) -> Found:
    old = {one.url: one for one in before.distributions}
    new = {one.url: one for one in after.distributions}
    if gone := [old[url].format or old[url].label for url in old if url not in new]:
        yield "distributions", f"{count(len(gone), 'link')} to the data gone: {listed(gone)}."
    if added := [new[url].format or new[url].label for url in new if url not in old]:
        yield "distributions", f"{count(len(added), 'link')} to the data new: {listed(added)}."
    pairs = (
        ("landing_url", "The dataset’s page"),
        ("contact_url", "The contact page"),
        ("contact_email", "The contact’s e-mail address"),
    )
    for field, name in pairs:
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            yield field, _changed(name, was, now)
