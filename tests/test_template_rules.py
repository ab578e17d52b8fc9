"""Rules of the house for templates and stylesheets, checked on the files themselves."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.ROOT) / "templates"
STATIC = Path(settings.ROOT) / "static"
LONGEST_LINE = 120
KINDS = {".html", ".txt", ".css", ".js"}
FILES = sorted(
    file for folder in (TEMPLATES, STATIC) for file in folder.rglob("*.*") if file.suffix in KINDS
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_line_is_too_long_to_read_beside_another(file: Path) -> None:
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)

    assert [number for number, line in lines if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("folder", ["requests", "sending", "mail", "cities", "newsroom"])
def test_pages_forms_templates_and_tests_have_rooms_of_one_name(folder: str) -> None:
    app = Path(settings.ROOT) / "requests_app"
    tests = Path(settings.ROOT) / "tests"

    rooms = [app / "views", app / "forms", TEMPLATES, tests / "views"]

    assert [room / folder for room in rooms if not (room / folder).is_dir()] == []


# What a component takes: `name: what it is`, with a question mark where it can do without.
INPUT = re.compile(r"^(?P<name>\w+)(?P<optional>\?)?: \S", re.MULTILINE)
DECLARED = re.compile(r"\{% comment %\}\n(?P<words>.*?)\{% endcomment %\}", re.DOTALL)
INCLUDE = re.compile(
    r'\{% include "(?P<name>(?:components|(?:requests|sending|mail)/parts)/[^"]+)"'
    r"(?P<rest>[^%]*)%\}"
)
GIVEN = re.compile(r'(\w+)=(?:"[^"]*"|\S+)')
COMPONENTS = sorted(
    component
    for room in ("components", "requests/parts", "sending/parts", "mail/parts")
    for component in (TEMPLATES / room).glob("*.html")
)


def inputs_of(component: Path) -> dict[str, bool]:
    """Each input that the comment at the top declares, and whether it has to be given."""
    declared = DECLARED.match(component.read_text(encoding="utf-8"))
    assert declared, f"{component.name} does not say what it takes"
    return {found["name"]: not found["optional"] for found in INPUT.finditer(declared["words"])}


def includes() -> Iterator[tuple[str, str, set[str], bool]]:
    """Each use of a component: where, which, what it is given, and whether it sees that alone."""
    for file in sorted(TEMPLATES.rglob("*.html")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            for found in INCLUDE.finditer(line):
                where = f"{file.relative_to(TEMPLATES)}:{number}"
                given = set(GIVEN.findall(found["rest"]))
                yield where, found["name"], given, found["rest"].split()[-1:] == ["only"]


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda file: file.name)
def test_component_says_what_it_takes_and_is_used(component: Path) -> None:
    assert inputs_of(component)
    assert [where for where, name, _, _ in includes() if TEMPLATES / name == component]


def test_component_is_given_what_it_declares_and_sees_nothing_else() -> None:
    wrong = []
    for where, name, given, is_alone in includes():
        inputs = inputs_of(TEMPLATES / name)
        required = {one for one, is_required in inputs.items() if is_required}
        if not (is_alone and required <= given <= inputs.keys()):
            wrong.append(f"{where} {name}: given {sorted(given)}, takes {sorted(inputs)}")

    assert wrong == []


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda file: file.name)
def test_component_uses_every_input_it_declares(component: Path) -> None:
    text = DECLARED.sub("", component.read_text(encoding="utf-8"))
    code = " ".join(re.findall(r"\{[%{].*?[%}]\}", text))

    unused = {name for name in inputs_of(component) if not re.search(rf"\b{name}\b", code)}

    assert unused - ASKED_FOR_BY_A_TAG.get(component.name, set()) == set()


# `how_it_leaves` reads them from the context; see `requests_app.templatetags.sending`.
ASKED_FOR_BY_A_TAG = {"how_it_leaves.html": {"channel", "rr", "appeal", "act", "preview"}}
