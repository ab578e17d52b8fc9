from pathlib import Path

import pytest

from bootstrap.machine import debian, libraries
from bootstrap.paths import ROOT
from bootstrap.terminal import StepFailed


def test_libraries_already_here_cost_no_package_manager(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(libraries, "missing", lambda: ([], []))
    monkeypatch.setattr(debian, "install", asked.append)

    libraries.bring()

    assert asked == []


def test_libraries_found_by_loading_them() -> None:
    assert not libraries.loads(("libno-such-thing-1.0.so.0", "no-such-thing"))
    assert libraries.loads(("libc.so.6", "c"))


def test_pango_that_cannot_be_brought_stops_with_the_command_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(libraries, "missing", lambda: (["libpango-1.0-0"], ["fonts-sil-charis"]))
    monkeypatch.setattr(debian, "install", lambda packages: ["no leave to"])

    with pytest.raises(StepFailed) as failure:
        libraries.bring()

    assert "libpango-1.0-0" in failure.value.why
    assert "libpango-1.0-0 fonts-sil-charis" in failure.value.do
    assert failure.value.tail == ("no leave to",)


def test_fonts_that_cannot_be_brought_are_named_and_do_not_stop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(libraries, "missing", lambda: ([], ["fonts-sil-charis"]))
    monkeypatch.setattr(debian, "install", lambda packages: ["no leave to"])

    libraries.bring()

    said = capsys.readouterr().out.strip().splitlines()
    assert len(said) == 1
    assert "fonts-sil-charis" in said[0]


def test_debian_refreshes_its_lists_only_when_an_install_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[str] = []
    codes = iter([100, 0, 0])

    def attempt(command, *, env=None):
        calls.append(next(word for word in command if word in {"install", "update"}))
        return type("Done", (), {"returncode": next(codes), "stdout": "E: not found"})()

    monkeypatch.setattr(debian, "apt_prefix", lambda: ())
    monkeypatch.setattr(debian, "attempt", attempt)

    assert debian.install(["chromium"]) is None
    assert calls == ["install", "update", "install"]


def test_fonts_that_are_missing_are_wanted_by_their_debian_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(libraries, "has_font", lambda pattern: False)

    _, wanted = libraries.missing()

    assert {"fonts-sil-charis", "fonts-noto-core", "fonts-wqy-microhei", "fonts-symbola"} <= set(
        wanted
    )


def test_data_that_is_missing_is_wanted_by_its_debian_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(libraries, "SHARED", tmp_path)
    assert "tesseract-ocr-eng" in libraries.missing()[1]

    data = tmp_path / "tesseract-ocr" / "5" / "tessdata" / "eng.traineddata"
    data.parent.mkdir(parents=True)
    data.touch()

    assert "tesseract-ocr-eng" not in libraries.missing()[1]


def test_image_brings_what_run_brings() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8").split()
    packages = {
        *libraries.NEEDED,
        *libraries.WANTED_LIBRARIES,
        *libraries.WANTED_FONTS,
        *libraries.WANTED_DATA,
    }

    assert packages - set(dockerfile) == set()
