from pathlib import Path

import pytest
from django.core.management import CommandError

from config.running import prepare
from requests_app.models import Deadline
from tests.factories import submitted


@pytest.fixture
def source(tmp_path: Path, settings) -> Path:
    """One file to collect, and an empty place to collect it to."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "desk.css").write_text("a { color: black }")
    settings.STATICFILES_DIRS = [folder]
    settings.STATIC_ROOT = tmp_path / "collected"
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": manifest}}
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    return folder / "desk.css"


def test_static_files_are_collected_once(source: Path, settings) -> None:
    first, second = prepare.collect_static(), prepare.collect_static()

    assert (first, second) == ("collected", "up to date")
    assert (settings.STATIC_ROOT / "staticfiles.json").exists()


def test_changed_static_file_is_collected_again(source: Path, settings) -> None:
    prepare.collect_static()
    source.write_text("a { color: darkblue }")

    assert prepare.collect_static() == "collected"
    (collected,) = settings.STATIC_ROOT.glob("desk.*.css")
    assert "darkblue" in collected.read_text()


@pytest.mark.django_db
def test_database_with_every_migration_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise AssertionError("migrate was called")

    monkeypatch.setattr(prepare, "call_command", fail)

    assert prepare.migrate() == "up to date"


@pytest.mark.django_db
def test_what_is_stored_is_counted_anew_when_the_law_in_the_packs_has_changed(
    tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR = tmp_path
    request = submitted()
    Deadline.objects.filter(records_request=request, clock="response").update(rule="An older law.")

    assert prepare.count_anew() == "1 of 1 requests were mended."
    assert prepare.count_anew() == "up to date"

    Deadline.objects.filter(records_request=request, clock="response").update(rule="An older law.")
    monkeypatch.setattr(prepare, "_fingerprint_of_the_count", lambda: "another law")
    assert prepare.count_anew() == "1 of 1 requests were mended."
    assert not Deadline.objects.filter(rule="An older law.").exists()


@pytest.mark.django_db
def test_a_ledger_that_cannot_be_counted_keeps_nobody_from_working(
    tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR = tmp_path
    submitted()

    def cannot(*args: object, **options: object) -> None:
        raise SystemExit(1)

    monkeypatch.setattr(prepare, "call_command", cannot)

    assert "rederive --check" in prepare.count_anew()
    assert not (tmp_path / prepare.COUNT_STAMP).exists()


def test_step_that_fails_names_itself_the_reason_and_the_way_out() -> None:
    def work() -> str:
        raise OSError("disk full")

    with pytest.raises(CommandError, match=r"(?s)demo failed.*Why: disk full.*Do: make room"):
        prepare.step("demo", work, do="make room")
