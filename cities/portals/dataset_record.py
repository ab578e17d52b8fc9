"""One dataset as a portal describes it, the same whatever software the portal runs.

An empty text, an empty tuple and None all mean that the portal does not state it.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal, Self

DistributionKind = Literal["file", "api", "page"]


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the dataset: `name` is what a query uses, `label` what people read."""

    name: str
    label: str = ""
    type: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Distribution:
    """One way to have the data."""

    label: str
    url: str
    kind: DistributionKind
    format: str = ""  # "CSV", "GeoJSON", "ArcGIS GeoServices REST API"
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class DatasetRecord:
    """What a portal says of one dataset. Times know their zone; descriptions carry no HTML."""

    external_id: str  # the portal's own identifier, unique in its catalog
    title: str
    description: str = ""
    landing_url: str = ""
    publisher: str = ""
    steward: str = ""  # who answers for it, never the account that uploaded it
    contact_url: str = ""
    contact_email: str = ""
    license_text: str = ""  # as the portal writes it
    license_spdx: str = ""
    license_url: str = ""
    access_level: str = ""  # "public", "restricted public", "non-public"
    cadence_text: str = ""  # as the portal writes it
    cadence_iso: str = ""  # a period of ISO 8601, "P1D"; "" where none follows from the text
    themes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    data_updated_at: datetime | None = None
    metadata_updated_at: datetime | None = None
    issued_on: date | None = None
    temporal: str = ""
    spatial: str = ""
    columns: tuple[Column, ...] = ()
    distributions: tuple[Distribution, ...] = ()
    row_count: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As rows keep it: times as ISO 8601 text, columns and distributions as objects.

        Equal to what a database gives back, so that the two can be compared.
        """
        raw: dict[str, Any] = {}
        for name in _NAMES:
            value = getattr(self, name)
            raw[name] = [_plain(one) for one in value] if isinstance(value, tuple) else value
        for name in ("data_updated_at", "metadata_updated_at", "issued_on"):
            raw[name] = raw[name].isoformat() if raw[name] else None
        return raw

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """The record that `to_json` wrote. TypeError: a field that is none of ours."""
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(raw) - known):
            raise TypeError(f"A dataset has no field {', '.join(unknown)}.")
        values = dict(raw)
        for name in ("data_updated_at", "metadata_updated_at"):
            values[name] = datetime.fromisoformat(values[name]) if values.get(name) else None
        if values.get("issued_on"):
            values["issued_on"] = date.fromisoformat(values["issued_on"])
        values["columns"] = tuple(Column(**column) for column in values.get("columns", ()))
        values["distributions"] = tuple(
            Distribution(**one) for one in values.get("distributions", ())
        )
        values["themes"] = tuple(values.get("themes", ()))
        values["keywords"] = tuple(values.get("keywords", ()))
        return cls(**values)


_NAMES = tuple(field.name for field in fields(DatasetRecord))
_PARTS = {kind: tuple(field.name for field in fields(kind)) for kind in (Column, Distribution)}


def _plain(one: Any) -> Any:
    """A column or a distribution as an object. `dataclasses.asdict` takes ten times as long."""
    names = _PARTS.get(type(one))
    return {name: getattr(one, name) for name in names} if names else one
