"""One job in the cage, from the desk's side."""

import atexit
import json
import os
import socket
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any, Generic, TypeAlias, TypeVar, cast

from django.conf import settings
from pydantic import TypeAdapter, ValidationError

from requests_app.storage.cage import keeper as keepers
from requests_app.storage.cage.errors import BrokenError, RefusalError, TooMuchError
from requests_app.storage.cage.keeper import Keeper
from requests_app.storage.cage.limits import Limits

T = TypeVar("T")
Source: TypeAlias = bytes | Path | Sequence[bytes]
"""One file, or several as one after the other: the function then takes their `sizes`."""

DEFAULT = Limits()
GRACE_SECONDS = 15.0  # beyond a job's own time, before the keeper itself is given up
_running: Keeper | None = None
_starting = threading.Lock()


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What the function returned, and what it wrote."""

    value: T
    written: bytes


def call(
    function: str,
    source: Source,
    *,
    returns: type[T],
    into: IO[bytes] | None = None,
    limits: Limits = DEFAULT,
    within: Keeper | None = None,
    **arguments: Any,
) -> Answer[T]:
    """Do `function`, "a.module:name", in the cage: `name(source, output, **arguments)`, both files.

    The arguments and what it returns are plain JSON; that is then held to the type `returns`. What
    it writes goes `into` a file, or comes back as bytes. RefusalError, TooMuchError, BrokenError:
    see `errors`. `keeper.NotStartedError` where there is no cage: then nothing was opened.
    """
    with (
        _opened(source) as opened,
        _target(into) as output,
        tempfile.TemporaryFile() as result,
    ):
        if not isinstance(source, bytes | Path):
            arguments["sizes"] = [len(one) for one in source]
        job = {"function": function, "arguments": arguments, "limits": asdict(limits)}
        files = [opened.fileno(), output.fileno(), result.fileno()]
        _done(_ended(within or _keeper(), json.dumps(job).encode(), files, limits), limits)
        value = _value(result, returns, limits)
        output.seek(0)
        return Answer(value, b"" if into else output.read(limits.output))


def walls() -> dict[str, int]:
    """The names of the walls that jobs have in this process, each with its version."""
    return dict(_keeper().layers)


def _keeper() -> Keeper:
    """This process's own: a forked server has not its parent's, and one that died is replaced."""
    global _running
    with _starting:
        if _running is not None and _running.process.poll() is not None:
            _running.stop()
            _running = None
        if _running is None:
            _running = keepers.start(hidden=[Path(settings.VAR)])
        return _running


def _forget() -> None:
    """After a fork: the keeper is the parent's, and so is its lock."""
    global _running, _starting
    if _running:
        _running.control.close()
        _running.process.returncode = 0  # not ours to wait for
    _running, _starting = None, threading.Lock()


def _stop() -> None:
    if _running:
        _running.stop()


os.register_at_fork(after_in_child=_forget)
atexit.register(_stop)


@contextmanager
def _opened(source: Source) -> Iterator[IO[bytes]]:
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as file:
        for piece in [source] if isinstance(source, bytes) else source:
            file.write(piece)
        file.seek(0)
        yield file


@contextmanager
def _target(into: IO[bytes] | None) -> Iterator[IO[bytes]]:
    if into is not None:
        into.flush()
        yield into
        return
    with tempfile.TemporaryFile() as file:
        yield file


def _ended(keeper: Keeper, job: bytes, files: list[int], limits: Limits) -> dict[str, Any]:
    """How the keeper says that the job ended."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        keeper.ask(job, [*files, theirs.fileno()])
        theirs.close()
        ours.settimeout(limits.wall_seconds + GRACE_SECONDS)
        try:
            said = b"".join(iter(lambda: ours.recv(65536), b""))
        except TimeoutError:
            keeper.process.kill()
            said = b""
    if not said:
        raise BrokenError("The program that opens files stopped: try again.")
    ended: dict[str, Any] = json.loads(said)
    return ended


def _done(ended: dict[str, Any], limits: Limits) -> None:
    if "not_begun" in ended:
        raise RuntimeError(f"The cage knows no such function: {ended['not_begun']}")
    if ended["late"]:
        raise TooMuchError(f"It was not read within {limits.wall_seconds:g} seconds.")
    if ended["code"] < 0:
        raise TooMuchError(
            f"Reading it took more time or memory than a file may have (signal {-ended['code']})."
        )
    if ended["code"]:
        raise BrokenError("It could not be read.")


@cache
def _type(returns: Any) -> TypeAdapter[Any]:
    return TypeAdapter(returns)


def _value(result: IO[bytes], returns: type[T], limits: Limits) -> T:
    """The result is a stranger's too: plain data of the type that was asked for, or none."""
    result.seek(0)
    try:
        said = json.loads(result.read(limits.output))
        if "refusal" in said:
            raise RefusalError(said["refusal"], kind=said["kind"])
        if "too_much" in said:
            raise TooMuchError("Reading it took more memory than a file may have.")
        if "broken" in said:
            raise BrokenError(said["broken"])
        return cast(T, _type(cast(Any, returns)).validate_python(said["value"]))
    except (ValueError, TypeError, LookupError, RecursionError, ValidationError) as error:
        raise BrokenError("It could not be read.") from error
