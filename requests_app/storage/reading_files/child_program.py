"""`python -m requests_app.storage.reading_files.child_program PATH NAME` prints a file's words.

Exit 0: read, perhaps cut. 3: a kind that is not read. Anything else: it could not be read.
"""

import sys
from pathlib import Path

from requests_app.storage.reading_files.formats import NotRead, pieces
from requests_app.storage.reading_files.limits import MOST_TEXT_BYTES, NOT_READ, restrain


def main(path: str, name: str) -> int:
    """Writes one byte more than is kept where there would be more, so that the cut is seen."""
    restrain()
    written = 0
    try:
        for piece in pieces(Path(path), name):
            text = piece.replace("\x00", "").encode("utf-8", "replace")
            sys.stdout.buffer.write(text[: MOST_TEXT_BYTES + 1 - written])
            written += len(text)
            if written > MOST_TEXT_BYTES:
                break
    except NotRead as reason:
        sys.stderr.write(str(reason))
        return NOT_READ
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
