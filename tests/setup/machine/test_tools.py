import pytest

from bootstrap.machine import debian, tools


def test_tools_already_here_cost_no_package_manager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "found", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(debian, "install", lambda packages: pytest.fail("nothing is missing"))

    assert tools.bring() is None


def test_tools_that_are_missing_are_installed_and_looked_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here: set[str] = {"qpdf"}
    asked: list[list[str]] = []

    def install(packages: list[str]) -> None:
        asked.append(packages)
        here.update(tools.TOOLS)

    monkeypatch.setattr(tools, "found", lambda program: program if program in here else None)
    monkeypatch.setattr(debian, "install", install)

    assert tools.bring() is None
    assert asked == [["poppler-utils", "dovecot-imapd"]]


def test_tools_that_cannot_be_had_are_named_with_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tools, "found", lambda program: None if program == "dovecot" else program)
    monkeypatch.setattr(debian, "install", lambda packages: ["no leave to"])

    why = tools.bring()

    assert why is not None
    assert why.startswith("no dovecot: ")
    assert "dovecot-imapd" in why
