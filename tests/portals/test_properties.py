"""Whatever JSON a portal answers, reading it ends in records and a stated outcome."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cities.portals import arcgis_hub, ckan, dcat_us, socrata
from cities.portals.address import PortalAddress
from cities.portals.dataset_record import DatasetRecord
from cities.portals.json_stream import objects_of
from cities.portals.known_terms import days_of, period_of
from cities.portals.outcome import ReadingFailedError
from cities.portals.plain_values import moment, without_html
from tests.portals import made_up
from tests.portals.made_up import HOST

ADDRESS = PortalAddress("socrata", f"https://{HOST}", frozenset({HOST}), "franklin")
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    | st.sampled_from(["https://x.example/a", "2026-11-22", "R/P1D", "\0", "\ud800", "<b>x"])
)  # fmt: skip
ANY = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def bent(template: Any) -> st.SearchStrategy[Any]:
    """That value, any part of which may be something else."""
    if isinstance(template, dict):
        fixed = {key: bent(value) for key, value in template.items()}
        return st.one_of(st.fixed_dictionaries(fixed), ANY)
    if isinstance(template, list):
        return st.one_of(st.tuples(*map(bent, template)).map(list), ANY)
    return st.one_of(st.just(template), SCALARS)


@settings(max_examples=25)
@given(st.data())
@pytest.mark.parametrize("platform", ["socrata", "arcgis_hub", "ckan", "dcat_us"])
def test_any_entry_of_the_right_outer_shape_is_a_record(platform: str, data: st.DataObject) -> None:
    template: Any = {
        "socrata": made_up.asset(1),
        "arcgis_hub": made_up.feature(1)["properties"],
        "ckan": made_up.package(1),
        "dcat_us": made_up.entry(1),
    }[platform]
    raw = data.draw(st.fixed_dictionaries({key: bent(value) for key, value in template.items()}))

    record = {
        "socrata": lambda: socrata.to_record(raw, HOST),
        "arcgis_hub": lambda: arcgis_hub.to_record(raw, "1", ADDRESS),
        "ckan": lambda: ckan.to_record(raw, "1", ADDRESS),
        "dcat_us": lambda: dcat_us.to_record(raw, "1"),
    }[platform]()

    written = json.dumps(record.to_json(), allow_nan=False).encode()
    assert b"\\u0000" not in written
    assert DatasetRecord.from_json(json.loads(written)) == record


@settings(max_examples=25)
@given(ANY, st.integers(0, 200))
def test_a_file_cut_anywhere_ends_in_the_stated_error(value: Any, cut: int) -> None:
    whole = json.dumps({"a": value, "dataset": [value, value], "b": 1}).encode()
    body = whole[: max(1, len(whole) - 1 - cut)]

    with pytest.raises(ReadingFailedError):
        list(objects_of(io.BytesIO(body), ("dataset",)))
    assert len(list(objects_of(io.BytesIO(whole), ("dataset",)))) == 2


@given(st.text() | st.integers() | st.floats() | st.none())
def test_times_and_periods_of_anything(value: Any) -> None:
    found = moment(value)
    assert found is None or found.tzinfo is not None
    if isinstance(value, str):
        assert days_of(period_of(value)) is None or days_of(period_of(value)) > 0  # type: ignore[operator]
        assert "<script" not in without_html(f"{value}<script>x</script>").lower() or "&" in value
