"""What a search of a catalog finds, and how it is written down."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from cities.portals.dataset_record import Column
from requests_app.catalog.dataset_search import DatasetSearch
from requests_app.models import CatalogDataset
from tests.catalog.catalogs import dataset, portal, withdrawn
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def found(**asked: str) -> set[str]:
    datasets = CatalogDataset.objects.all()
    return {one.external_id for one in DatasetSearch(**asked).found_in(datasets, at=NOW)}


@pytest.fixture(autouse=True)
def _catalog() -> None:
    of = portal()
    dataset(of)
    dataset(
        of,
        external_id="dogs-0001",
        title="Dog licenses",
        description="Who keeps a dog.",
        steward="Neighborhoods — Animals",
        themes=("Pets & “Wildlife”",),
        keywords=("animals",),
        columns=(Column("breed"),),
        distributions=(),
        data_updated_at=NOW - timedelta(days=30),
    )
    gone = dataset(of, external_id="gone-0001", title="Withdrawn list", columns=())
    withdrawn(gone)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("permits", {"abcd-1234", "gone-0001"}),  # the second by its description
        ("building permits", {"abcd-1234"}),
        ("building dog", set()),  # every word has to be there
        ("BREED", {"dogs-0001"}),  # a column
        ("animals", {"dogs-0001"}),  # a keyword
        ("dogs-0001", {"dogs-0001"}),
        ("label", set()),  # a key of the stored JSON is no word of the portal's
        ("%", set()),
    ],
)
def test_every_word_stands_somewhere_in_the_record(words: str, expected: set[str]) -> None:
    assert found(q=words) == expected


def test_filters_take_a_value_whole() -> None:
    assert found(theme="Pets & “Wildlife”") == {"dogs-0001"}
    assert found(theme="Pets") == set()
    assert found(steward="Neighborhoods — Animals") == {"dogs-0001"}
    assert found(format="CSV") == {"abcd-1234", "gone-0001"}
    assert found(format="JSON") == {"abcd-1234", "gone-0001"}
    assert found(format="PDF") == set()


def test_states_are_told_apart() -> None:
    assert found(state="published") == {"abcd-1234", "dogs-0001"}
    assert found(state="stale") == {"dogs-0001"}
    assert found(state="withdrawn") == {"gone-0001"}


def test_a_search_is_written_as_its_address_and_read_back() -> None:
    search = DatasetSearch(q="dog & cat", theme="Pets & “Wildlife”", state="stale")

    assert DatasetSearch.written(search.write()) == search
    assert str(search.to_follow) == "“dog & cat”, theme Pets & “Wildlife”"


def test_what_an_address_makes_up_is_left_out() -> None:
    asked = QueryDict("q=%00a++b&state=nonsense&unknown=1")

    assert DatasetSearch.read(asked) == DatasetSearch(q="a b")
