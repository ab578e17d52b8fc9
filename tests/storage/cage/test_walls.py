"""What a job can do with each of the walls alone, with all of them, and with none."""

from collections.abc import Iterator

import pytest

from requests_app.storage.cage import keeper as keepers
from requests_app.storage.cage import self_test
from requests_app.storage.cage.calling import call
from requests_app.storage.cage.confinement import LANDLOCK, SECCOMP, TCP_SINCE
from requests_app.storage.cage.errors import CageError
from requests_app.storage.cage.keeper import BUBBLEWRAP, Keeper

WALLS = {BUBBLEWRAP, LANDLOCK, SECCOMP}
ALONE = [pytest.param(WALLS - {wall}, id=f"{wall} alone") for wall in sorted(WALLS)]


@pytest.fixture
def keeper(request: pytest.FixtureRequest) -> Iterator[Keeper]:
    running = keepers.start(without=request.param)
    yield running
    running.stop()


@pytest.mark.parametrize(
    "keeper", [pytest.param((), id="all"), *ALONE, pytest.param(WALLS, id="none")], indirect=True
)
def test_each_wall_refuses_what_the_page_says_of_it(keeper: Keeper) -> None:
    """On a machine without one of the walls it is left out of what is said, and so is this."""
    tried = self_test.try_everything(within=keeper)

    assert [one.words for one in tried if one.walls and not one.is_refused] == []


@pytest.mark.parametrize("keeper", [pytest.param(WALLS, id="none")], indirect=True)
def test_without_any_wall_it_is_said_that_nothing_is_refused(keeper: Keeper) -> None:
    """So the attempts are real ones: each goes through where nothing stands before it."""
    tried = {one.key: one.is_refused for one in self_test.try_everything(within=keeper)}

    assert keeper.layers == {}
    assert tried == dict.fromkeys(self_test.WORDS, False)


@pytest.mark.parametrize("keeper", [pytest.param({BUBBLEWRAP}, id="in a container")], indirect=True)
def test_where_bubblewrap_does_not_start_the_kernel_still_refuses(keeper: Keeper) -> None:
    """As in a container whose own seccomp refuses user namespaces."""
    if not {LANDLOCK, SECCOMP} <= set(keeper.layers):
        pytest.skip("this kernel has not both Landlock and seccomp")

    assert all(one.is_refused for one in self_test.try_everything(within=keeper))


def test_bubblewrap_that_fails_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keepers.bubble, "program", lambda: "/bin/false")
    keepers._bubblewrap_starts.cache_clear()
    try:
        running = keepers.start()
        running.stop()
    finally:
        keepers._bubblewrap_starts.cache_clear()

    assert BUBBLEWRAP not in running.layers


def test_landlock_before_linux_6_7_is_not_said_to_refuse_tcp(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(self_test, "walls", lambda: {LANDLOCK: TCP_SINCE - 1})

    walls = {one.key: one.walls for one in self_test.try_everything()}

    assert walls["tcp"] == ()
    assert walls["secret"] == ("Landlock",)


def test_keeper_has_nothing_of_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "nobody may read this")
    running = keepers.start()
    try:
        given = call(f"{PROGRAM}:environment", b"", returns=dict[str, str], within=running).value
        loaded = call(f"{PROGRAM}:modules", b"", returns=list[str], within=running).value
    finally:
        running.stop()

    assert given.keys() <= {"PATH", "LANG", "LC_CTYPE", "PWD", "XDG_CACHE_HOME"}
    assert "nobody may read this" not in given.values()
    assert [name for name in loaded if name.split(".")[0] in {"django", "config"}] == []


PROGRAM = "requests_app.storage.cage.attempts"


def test_no_program_of_the_cage_brings_django() -> None:
    running = keepers.start(without=WALLS)
    try:
        for program in PROGRAMS:
            with pytest.raises(CageError):  # it knows no such argument: it was loaded
                call(program, b"", returns=object, within=running, nonsense=1)
        loaded = call(f"{PROGRAM}:modules", b"", returns=list[str], within=running).value
    finally:
        running.stop()

    assert {program.partition(":")[0] for program in PROGRAMS} <= set(loaded)
    assert [name for name in loaded if name.split(".")[0] in {"django", "psycopg", "config"}] == []


PROGRAMS = (
    "requests_app.casefile.pdf.placing_program:place",
    "requests_app.letters.forms.form_program:examine",
    "requests_app.letters.paper.pages_program:count",
    "requests_app.letters.paper.picture_program:write_anew",
    "requests_app.research.importing.reading.table_program:is_package",
    "requests_app.storage.reading_files.archives:entries",
    "requests_app.storage.reading_files.formats:write_words",
)
