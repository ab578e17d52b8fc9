"""kill -9 at every step of keeping an upload or a case file: whole and once, or not at all."""

from typing import Any

import pytest

from tests.own_desk import run_program

UPLOADED = {"died": True, "undone": True, "kept once": True, "whole": True, "events": 1}
MADE = {"died": True, "ready": True, "whole": True}


@pytest.fixture(scope="module")
def fates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    fates: dict[str, Any] = run_program("tests.storage.killed", var=tmp_path_factory.mktemp("desk"))
    return fates


@pytest.mark.own_servers
def test_an_upload_is_kept_whole_and_once_wherever_the_process_dies(fates: dict[str, Any]):
    assert len(fates["upload"]) == 8
    assert {step: fate for step, fate in fates["upload"].items() if fate != UPLOADED} == {}


@pytest.mark.own_servers
def test_a_case_file_is_made_whole_wherever_its_worker_dies(fates: dict[str, Any]):
    assert len(fates["case file"]) == 7
    assert {step: fate for step, fate in fates["case file"].items() if fate != MADE} == {}
