"""kill -9 in a filing: the draft is left as it was, or all of it is filed; never a half."""

from pathlib import Path

import pytest

from tests.own_desk import run_program

NOTHING = {"state": "draft", "letters": 0, "files": 0, "filings": 0, "deliveries": 0}


@pytest.mark.own_servers
def test_killed_on_the_way_it_leaves_the_draft_and_is_filed_by_the_next_try(tmp_path: Path):
    fates = run_program("tests.filings.dying", var=tmp_path)

    assert [fate["at"] for fate in fates] == [
        "open_source", "assemble", "_keep", "with_its_filing", "_keep_filing", "issue_and_promise",
    ]  # fmt: skip
    for fate in fates:
        assert (fate["killed"], fate["left"], fate["then"]) == (True, NOTHING, ["filed", 1]), fate
