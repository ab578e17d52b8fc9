"""age (age-encryption.org) around a stream, by pyrage: what one side writes, the other reads."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

import pyrage

BEGINS = b"age-encryption.org/v1"


class KeyProblem(Exception):
    """A recipient or an identity that is none, or not the one that the archive was made for."""


def new_identity(path: Path) -> str:
    """A new secret key into a new file of its owner's alone; returns the recipient that belongs to
    it. FileExistsError."""
    identity = pyrage.x25519.Identity.generate()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public())


def recipients_of(words: Sequence[str]) -> list[Any]:
    """Each is "age1…" or an SSH public key. KeyProblem."""
    try:
        return [
            pyrage.ssh.Recipient.from_str(word)
            if word.startswith("ssh-")
            else pyrage.x25519.Recipient.from_str(word)
            for word in words
        ]
    except pyrage.RecipientError as error:
        raise KeyProblem(f"{error}: a recipient is “age1…” or an SSH public key.") from error


def identities_in(path: Path) -> list[Any]:
    """Those of a file as `age-keygen` writes it, or of an SSH private key. KeyProblem."""
    try:
        words = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KeyProblem(f"The identity file {path} cannot be read: {error}") from error
    try:
        if "PRIVATE KEY-----" in words:
            return [pyrage.ssh.Identity.from_buffer(words.encode())]
        lines = [line.strip() for line in words.splitlines()]
        keys = [line for line in lines if line and not line.startswith("#")]
        return [pyrage.x25519.Identity.from_str(key) for key in keys]
    except pyrage.IdentityError as error:
        raise KeyProblem(f"{path} holds no age identity: {error}") from error


@contextmanager
def encrypted(out: BinaryIO, recipients: Sequence[Any]) -> Iterator[BinaryIO]:
    """What is written to the stream given, is encrypted into `out`; whole once the block ends."""
    yield from _through_a_pipe(
        lambda source: pyrage.encrypt_io(source, out, list(recipients)), writes=True
    )


@contextmanager
def decrypted(archive: BinaryIO, identities: Sequence[Any]) -> Iterator[BinaryIO]:
    """The plain content of `archive`. KeyProblem where none of the identities opens it, or where
    it is not as it was encrypted."""

    def work(sink: BinaryIO) -> None:
        try:
            pyrage.decrypt_io(archive, sink, list(identities))
        except pyrage.DecryptError as error:
            raise KeyProblem(f"The archive could not be decrypted: {error}.") from error
        except BrokenPipeError:
            raise
        except OSError as error:
            raise KeyProblem(f"The archive is damaged or cut short ({error}).") from error

    yield from _through_a_pipe(work, writes=False)


def _through_a_pipe(work: Callable[[BinaryIO], None], *, writes: bool) -> Iterator[BinaryIO]:
    """A thread does the work at one end of a pipe, the block has the other. What fails at the
    thread's end is raised in place of what the block made of it."""
    read_end, write_end = os.pipe()
    reading, writing = os.fdopen(read_end, "rb"), os.fdopen(write_end, "wb")
    ours, theirs = (writing, reading) if writes else (reading, writing)
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with theirs:
                work(theirs)
        except BaseException as error:  # noqa: BLE001  handed to the block's own thread
            failed.append(error)

    thread = Thread(target=run)
    thread.start()
    try:
        with ours:
            yield ours
            if not writes:
                ours.read()  # to its end, or the thread would wait for ever
    except BaseException as error:
        thread.join()
        if failed and not isinstance(failed[0], BrokenPipeError):
            raise failed[0] from error
        raise
    thread.join()
    if failed:
        raise failed[0]
