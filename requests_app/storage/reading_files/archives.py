"""What an archive says it holds. Runs in the cage, without Django; nothing is unpacked."""

import zipfile
from typing import IO

from requests_app.storage.cage.errors import RefusalError

LONGEST_NAME = 200


def entries(source: IO[bytes], output: IO[bytes], *, most: int) -> tuple[int, list[str]]:
    """How many there are, and name and size of the first of them."""
    try:
        with zipfile.ZipFile(source) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise RefusalError("It is damaged or not what it says.") from error
    return len(found), [_line(entry) for entry in found[:most]]


def _line(entry: zipfile.ZipInfo) -> str:
    line = f"{entry.filename[:LONGEST_NAME]} ({entry.file_size} bytes)".replace("\0", "")
    return line.encode("utf-8", "replace").decode()  # half a pair of surrogates is no text
