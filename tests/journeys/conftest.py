"""One desk for all the journeys: five requests of one newsroom, as in life."""

from collections.abc import Iterator

import pytest

from tests.desk import running_desk
from tests.journeys.newsroom import Newsroom, founded


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with running_desk(tmp_path_factory.mktemp("journeys") / "var") as desk:
        yield founded(desk)
